/** What can go wrong with a local endpoint, and what is said then. */
import { stateText } from '../../../../src/documents/local-state.ts';
import { emptyState } from '../../../../src/platforms/local/state.ts';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { TimedOutError } from '../../../../src/core/targets.ts';
import { createLauncher } from '../../../../src/platforms/local/launch.ts';
import { layoutOf, type Layout } from '../../../../src/platforms/local/layout.ts';
import { isHeld, tryLock } from '../../../../src/platforms/local/process-lock.ts';
import { systemProcesses } from '../../../../src/platforms/local/process-table.ts';
import { makeArchive } from '../../../fakes/archive.ts';
import { systemClock } from '../../../../src/runner/clock.ts';
import { fakeModel } from '../../../fakes/session.ts';
import { makeLocalBed, requestFor, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: LocalBed;
let layout: Layout;
const use = async (overrides: Parameters<typeof makeLocalBed>[0] = {}) => {
  bed = await makeLocalBed(overrides);
  layout = layoutOf(bed.root, ENDPOINT);
};
afterEach(() => bed.dispose());

const deploy = async (model: ModelName, target = bed.target) =>
  target.deploy(await target.plan(bed.request(model)));
const listen = (port = 0): Promise<Server> => {
  const server = createServer((_, response) => response.end('{"hello":"world"}'));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const close = (server: Server) => new Promise((resolve) => server.close(resolve));
const textOf = (error: unknown) => (error as Error).message;

describe('an archive that is not the planned one', () => {
  beforeEach(() => use());
  const tryDeploy = async (
    files: Record<string, string>,
    change: (bytes: Buffer) => Buffer = (bytes) => bytes,
  ) => {
    const archive = await makeArchive(files);
    const path = join(bed.root, '..', 'given.tar.gz');
    await writeFile(path, change(archive.bytes));
    const plan = await bed.target.plan(requestFor({ path, digest: archive.digest }));
    return bed.target.deploy(plan).catch((error: unknown) => error);
  };
  const expectUnchanged = async (version: string | undefined) => {
    const description = await bed.target.describe(ENDPOINT);
    expect(description.live?.version).toBe(version);
    expect((await readdir(layout.versionsDir)).filter((name) => name.startsWith('.'))).toEqual([]);
  };

  it.each([
    [
      'another digest',
      () => Promise.resolve(),
      /contains another model than planned: its content has the digest/,
    ],
  ])('is refused for %s', async (_, __, message) => {
    const { description } = await deploy('one');
    const { path } = bed.archives.two;
    const plan = await bed.target.plan(requestFor({ path, digest: bed.archives.three.digest }));
    await expect(bed.target.deploy(plan)).rejects.toThrow(message);
    await expectUnchanged(description.live?.version);
  });

  it('is refused where it is cut short', async () => {
    const { description } = await deploy('one');
    const error = await tryDeploy({ 'model.onnx': fakeModel(7) }, (bytes) => bytes.subarray(0, -20));
    expect(error).toBeInstanceOf(UserError);
    expect(textOf(error)).toMatch(/given.tar.gz is truncated or damaged/);
    await expectUnchanged(description.live?.version);
  });

  it('is refused where it has no ONNX model', async () => {
    expect(textOf(await tryDeploy({ 'model.joblib': 'x' }))).toMatch(
      /no .onnx file.*serves ONNX models only/,
    );
    expect(await bed.target.describe(ENDPOINT)).toMatchObject({ status: 'absent' });
  });

  it('is refused where it has several, none of them called model.onnx', async () => {
    const error = await tryDeploy({ 'a.onnx': fakeModel(1), 'b/c.onnx': fakeModel(2) });
    expect(textOf(error)).toMatch(/2 .onnx files \(a.onnx, b\/c.onnx\)/);
  });

  it('serves model.onnx where there are several', async () => {
    const result = await tryDeploy({
      'a.onnx': fakeModel(1),
      'model.onnx': fakeModel(2),
      'sub/model.onnx': '?',
    });
    expect(result).toMatchObject({ outcome: 'deployed' });
  });

  it('is refused where it is gone', async () => {
    const plan = await bed.target.plan(bed.request('one'));
    await rm(bed.archives.one.path);
    await expect(bed.target.deploy(plan)).rejects.toThrow(UserError);
  });
});

describe('the port', () => {
  it('is the one that was asked for', async () => {
    const probe = await listen();
    const port = portOf(probe);
    await close(probe);
    await use({ port });
    expect((await deploy('one')).description.url).toBe(`http://127.0.0.1:${port}/invocations`);
  });

  it('is refused where it is taken, before anything is changed', async () => {
    const other = await listen();
    try {
      await use({ port: portOf(other) });
      await expect(deploy('one')).rejects.toThrow(
        `local: port: the port ${portOf(other)} of 127.0.0.1 is in use`,
      );
      expect(await readdir(layout.folder)).toEqual([]);
    } finally {
      await close(other);
    }
  });

  it('stays where the endpoint lives already', async () => {
    await use();
    const { description } = await deploy('one');
    const result = await deploy('two', bed.targetWith({ port: 1 }));
    expect(result.description.url).toBe(description.url);
  });
});

describe('a damaged state', () => {
  it('is written again by the server that lives', async () => {
    await use();
    await deploy('one');
    await writeFile(layout.stateFile, '{"schema":');
    expect((await bed.target.describe(ENDPOINT)).status).toBe('serving');
    expect((await deploy('two')).outcome).toBe('deployed');
    expect(bed.ports.log.text).toContain(
      `${layout.stateFile} was damaged, old or missing; it was written again`,
    );
    expect(JSON.parse(await readFile(layout.stateFile, 'utf8'))).toMatchObject({ endpoint: ENDPOINT });
  });

  it.each([
    ['no JSON', '{"schema":', /is not valid JSON/],
    ['another schema', '{"schema":"v0"}', /its schema is "v0"/],
    ['another endpoint', stateText(emptyState('other')), /belongs to the endpoint other/],
    [
      'a version that is a path',
      JSON.stringify({ ...emptyState(ENDPOINT), versions: [{ version: '../..' }] }),
      /versions\[0\].version must be a sha256/,
    ],
    [
      'an unknown live version',
      stateText({ ...emptyState(ENDPOINT), live: 'f'.repeat(64) }),
      /says that f{64} is live, but does not list it/,
    ],
  ])('is refused where there is %s and no server, and nothing is deleted', async (_, text, message) => {
    await use();
    await mkdir(layout.folder, { recursive: true });
    await writeFile(layout.stateFile, text);
    await expect(bed.target.describe(ENDPOINT)).rejects.toThrow(message);
    await expect(bed.target.describe(ENDPOINT)).rejects.toThrow(layout.stateFile);
    await expect(deploy('one')).rejects.toThrow(UserError);
    expect(await readFile(layout.stateFile, 'utf8')).toBe(text);
  });
});

describe('a server that is gone', () => {
  const launcher = createLauncher(
    join(import.meta.dirname, '../../../platforms/fake-server-process.ts'),
    [],
    {
      PATH: process.env.PATH ?? '',
    },
  );
  const real = { launch: launcher, processes: systemProcesses, clock: systemClock, pollMs: 20 };
  const kill = async () => {
    const { pid } = JSON.parse(await readFile(layout.serverFile, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    while (systemProcesses.alive({ pid, start: null })) await setImmediate();
    return pid;
  };
  beforeEach(() => use(real));
  afterEach(async () => {
    await bed.target.teardown(ENDPOINT);
  });

  it('is told with its process and the end of its log', async () => {
    const { description } = await deploy('one');
    const pid = await kill();
    const now = await bed.target.describe(ENDPOINT);
    expect(now).toMatchObject({ status: 'not-serving', live: { version: description.live?.version } });
    expect(now.detail).toContain(`The server process (pid ${pid}) of endpoint churn is gone`);
    expect(now.detail).toContain('serving churn on http://127.0.0.1:');
    await expect(bed.target.invoker(ENDPOINT, null)).rejects.toThrow(UpstreamError);
    expect((await bed.target.plan(bed.request('one'))).findings[0]).toMatchObject({ level: 'warning' });
  });

  it('comes back on its port, with what the state says, and goes on', async () => {
    const first = await deploy('one');
    await kill();
    expect(await deploy('one')).toMatchObject({ outcome: 'unchanged', description: { status: 'serving' } });
    await kill();
    const second = await deploy('two');
    expect(second).toMatchObject({ outcome: 'deployed', description: { url: first.description.url } });
    expect(second.description.previous?.version).toBe(first.description.live?.version);
    expect(bed.ports.log.text).toMatch(
      /server process \(pid \d+\) of endpoint churn has ended; it is started again/,
    );
  });

  it('gets another port where its own was taken, and says so', async () => {
    const first = await deploy('one');
    await kill();
    const port = Number(new URL(first.description.url ?? '').port);
    const other = await listen(port);
    try {
      const second = await deploy('two');
      expect(second.description.url).not.toBe(first.description.url);
      expect(bed.ports.log.text).toContain(`The port ${port} of endpoint churn was taken by another process`);
    } finally {
      await close(other);
    }
  });

  it('is rolled back and torn down like any other', async () => {
    const first = await deploy('one');
    await deploy('two');
    await kill();
    const back = await bed.target.rollback(ENDPOINT, null);
    expect(back).toMatchObject({
      outcome: 'rolled-back',
      description: { live: { version: first.description.live?.version } },
    });
    await kill();
    expect((await bed.target.teardown(ENDPOINT)).description.status).toBe('absent');
  });
});

describe('a process that is not the server', () => {
  it('is never taken for it', async () => {
    await use({ timeoutMs: 1000 });
    const stranger = await listen();
    try {
      await mkdir(layout.folder, { recursive: true });
      const server = {
        pid: process.pid,
        start: null,
        id: 'x',
        purpose: '',
        port: portOf(stranger),
        token: 'secret',
      };
      await writeFile(layout.serverFile, JSON.stringify(server));
      await expect(deploy('one')).rejects.toThrow(TimedOutError);
      await expect(deploy('one')).rejects.toThrow(/\(pid \d+\) of endpoint churn runs, but did not answer/);
    } finally {
      await close(stranger);
    }
  });
});

describe('a server that cannot start', () => {
  it('is said, with the last line of its log', async () => {
    await use();
    const target = bed.targetWith({
      launch: async ({ logFile }) => {
        await writeFile(logFile, 'first\ncannot serve: the disk is full\n');
        return 424_242;
      },
    });
    await expect(deploy('one', target)).rejects.toThrow(
      /ended while it started.*cannot serve: the disk is full/,
    );
  });
});

describe('two commands at once', () => {
  beforeEach(() => use());
  const hold = async () => {
    await mkdir(layout.folder, { recursive: true });
    const lock = await tryLock(layout.lockFile, 'deploy', bed.options.processes);
    if (!isHeld(lock)) throw new Error('The lock is taken.');
    return lock;
  };

  it('wait for each other, and say for what', async () => {
    const lock = await hold();
    bed.ports.clock.onSleep = () => lock.release();
    expect((await deploy('one')).outcome).toBe('deployed');
    expect(bed.ports.log.text).toContain(
      `Waiting for another command (deploy, process ${process.pid}), which is changing churn.`,
    );
  });

  it('give up after the timeout, without having changed anything', async () => {
    await hold();
    const waiting = deploy('one');
    await expect(waiting).rejects.toThrow(TimedOutError);
    await expect(waiting).rejects.toThrow(
      /After 1 minutes, another command \(deploy, process \d+\) is still changing/,
    );
    expect((await bed.target.describe(ENDPOINT)).status).toBe('absent');
  });

  it('stop waiting where they are cancelled', async () => {
    await hold();
    bed.ports.clock.onSleep = () => bed.ports.cancel();
    await expect(deploy('one')).rejects.toThrow(CancelledError);
  });

  it('do not mix', async () => {
    const plans = await Promise.all([
      bed.target.plan(bed.request('one')),
      bed.target.plan(bed.request('two')),
    ]);
    const results = await Promise.allSettled(plans.map((plan) => bed.target.deploy(plan)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const description = await bed.target.describe(ENDPOINT);
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    expect(description.live?.version).toBe(plans[won]?.version);
  });
});

describe('old things', () => {
  it('are removed beyond keep-versions, but never what a rollback needs', async () => {
    await use({ keepVersions: 1 });
    const first = await deploy('one');
    await bed.target.markVerified(ENDPOINT, first.description.live?.version ?? '');
    await deploy('two');
    await mkdir(join(layout.versionsDir, '.unfinished-0'));
    const third = await deploy('three');
    const kept = third.description.versions.map(({ modelDigest }) => modelDigest);
    const { one, two, three } = bed.archives;
    expect(kept).toEqual([three.digest, two.digest, one.digest]);
    expect((await readdir(layout.versionsDir)).sort()).toEqual([...kept].sort());
  });

  it('are removed where no rollback needs them', async () => {
    await use({ keepVersions: 0 });
    for (const model of ['one', 'two', 'three'] as const) await deploy(model);
    const archive = await makeArchive({ 'model.onnx': fakeModel(4) });
    const path = join(bed.root, '..', 'four.tar.gz');
    await writeFile(path, archive.bytes);
    await bed.target.deploy(await bed.target.plan(requestFor({ path, digest: archive.digest })));
    // A rollback goes to three, and one from there to two.
    const kept = [bed.archives.two.digest, bed.archives.three.digest, archive.digest];
    expect((await readdir(layout.versionsDir)).sort()).toEqual(kept.sort());
  });

  it('include candidates that expired', async () => {
    await use();
    await deploy('one');
    await bed.target.stage(await bed.target.plan(bed.request('two')));
    bed.ports.clock.advance(7 * 60 * 60 * 1000);
    const next = await bed.target.plan(bed.request('three'));
    const { description } = await bed.target.stage(next);
    expect(description.candidates.map(({ name }) => name)).toEqual([next.candidate]);
    expect(bed.ports.log.text).toMatch(/candidate churn-c-\w+ expired at .* and is removed/);
  });
});

describe('a rollback', () => {
  it('goes back once in one workflow run, and further in the next', async () => {
    await use({ context: { runId: '1001' } });
    const first = await deploy('one');
    const second = await deploy('two');
    await deploy('three');
    const back = await bed.target.rollback(ENDPOINT, null);
    expect(back.description.live?.version).toBe(second.description.live?.version);
    const again = await bed.target.rollback(ENDPOINT, null);
    expect(again).toMatchObject({ outcome: 'rolled-back', description: { live: back.description.live } });
    expect(again.message).toMatch(
      /^Nothing was rolled back: .* already serves \w+; it went back to it from \w+ before. To go back further/,
    );
    const later = await bed.targetWith({ context: { runId: '1002' } }).rollback(ENDPOINT, null);
    expect(later.description.live?.version).toBe(first.description.live?.version);
  });

  it('takes a version by its first digits', async () => {
    await use();
    const first = await deploy('one');
    await deploy('two');
    const version = first.description.live?.version ?? '';
    expect((await bed.target.rollback(ENDPOINT, version.slice(0, 12))).description.live?.version).toBe(
      version,
    );
    await expect(bed.target.rollback(ENDPOINT, version.slice(0, 4))).rejects.toThrow(
      /to-version: churn has no version/,
    );
  });
});
