/** What others leave on the machine, or send to it, changes neither what serves nor anything else. */
import { chmod, mkdir, readdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layoutOf } from '../../../../src/platforms/local/layout.ts';
import { connect } from '../../../../src/platforms/local/connect.ts';
import { createToolbox } from '../../../../src/runner/toolbox.ts';
import { Redactor } from '../../../../src/core/redaction/redactor.ts';
import { fakeModel } from '../../../fakes/session.ts';
import { makeLocalBed, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

let bed: LocalBed;
beforeEach(async () => {
  bed = await makeLocalBed();
});
afterEach(() => bed.dispose());

const layout = () => layoutOf(bed.root, ENDPOINT);
const deploy = async (model: 'one' | 'two' | 'broken') =>
  bed.target.deploy(await bed.target.plan(bed.request(model)));

describe('the files of a version', () => {
  const folder = () => layout().versionDir(bed.archives.one.digest);
  const model = () => join(folder(), 'model.onnx');
  const CHANGES: Readonly<Record<string, () => Promise<void>>> = {
    'another model': () => writeFile(model(), fakeModel(2)),
    'a file more': () => writeFile(join(folder(), 'more.txt'), 'x'),
    'a file less': () => unlink(model()),
    'an executable': () => chmod(model(), 0o755),
    'a link to the same bytes': async () => {
      await writeFile(join(bed.root, 'same.onnx'), await readFile(model()));
      await unlink(model());
      await symlink(join(bed.root, 'same.onnx'), model());
    },
    'a link to a folder': () => symlink(bed.root, join(folder(), 'linked')),
    'a link in their place': async () => {
      await mkdir(join(bed.root, 'elsewhere'));
      await writeFile(join(bed.root, 'elsewhere/model.onnx'), await readFile(model()));
      await rm(folder(), { recursive: true });
      await symlink(join(bed.root, 'elsewhere'), folder());
    },
  };

  it.each(Object.entries(CHANGES))('are not served with %s', async (_, change) => {
    await deploy('one');
    await bed.stopServers();
    await change();
    await deploy('two');
    const back = await bed.target.rollback(ENDPOINT, bed.archives.one.digest);
    expect(back.outcome).toBe('failed');
    expect(back.message).toMatch(/files of version .* were changed on this machine/);
    expect((await bed.target.describe(ENDPOINT)).live?.version).toBe(bed.archives.two.digest);
  });

  it.each(Object.entries(CHANGES))(
    'are put there again with %s, where the version is deployed',
    async (_, change) => {
      await deploy('one');
      await deploy('two');
      await change();
      const { outcome, description } = await deploy('one');
      expect(outcome).toBe('deployed');
      expect(description.live?.version).toBe(bed.archives.one.digest);
      expect(bed.ports.log.text).toMatch(/were changed on this machine; they are unpacked again/);
      expect((await bed.target.describe(ENDPOINT)).status).toBe('serving');
    },
  );
});

describe('a link in the place of', () => {
  const PLACES = ['folder', 'versionsDir', 'stateFile', 'serverFile', 'lockFile', 'logFile'] as const;

  it.each(PLACES)('%s is not followed', async (place) => {
    const path = layout()[place];
    const elsewhere = join(bed.root, '..', 'elsewhere');
    await mkdir(elsewhere);
    await mkdir(join(path, '..'), { recursive: true });
    await symlink(elsewhere, path);
    await expect(deploy('one')).rejects.toThrow(
      /is a link, and the files of a local endpoint are not kept behind links/,
    );
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

describe('requests for another host', () => {
  const ask = (port: number, host: string, path: string) =>
    new Promise<number>((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      outgoing.on('error', reject);
      outgoing.end();
    });

  it.each([
    ['evil.test', 421],
    ['evil.test:80', 421],
    ['127.0.0.1.evil.test', 421],
    ['localhost.evil.test', 421],
    ['10.0.0.1', 421],
    ['evil', 421],
    ['127.0.0.1:1', 200],
    ['localhost', 200],
    ['LOCALHOST:8080', 200],
    ['[::1]:8080', 200],
  ])('%s get %i', async (host, status) => {
    const { description } = await deploy('one');
    const port = Number(new URL(description.url ?? '').port);
    expect(await ask(port, host, '/ping')).toBe(status);
    if (status === 421) expect(await ask(port, host, '/control/status')).toBe(421);
  });
});

describe('a first deployment that is refused', () => {
  it.each(['deploy', 'stage'] as const)('leaves no server and no endpoint: %s', async (command) => {
    const plan = await bed.target.plan(bed.request('broken'));
    expect(await bed.target[command](plan)).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(
        /^The local server did not accept \w+ for churn\S*\. The model/,
      ) as unknown,
    });
    expect((await connect(layout(), bed.options.processes, bed.ports.signal)).kind).toBe('none');
    expect(await readdir(bed.root)).toEqual([]);
    expect(await bed.target.describe(ENDPOINT)).toMatchObject({ status: 'absent', detail: '' });
  });

  it('leaves what served before', async () => {
    await deploy('one');
    const refused = await deploy('broken');
    expect(refused).toMatchObject({ outcome: 'failed', page: 'local-target' });
    expect(refused.message).toContain('the live version was not touched');
    expect(await readdir(layout().versionsDir)).toEqual([bed.archives.one.digest]);
    expect((await bed.target.describe(ENDPOINT)).live?.version).toBe(bed.archives.one.digest);
  });
});

it('the server gets where things are on this machine, and none of the job’s credentials', () => {
  const kept = {
    PATH: '/bin',
    HOME: '/root',
    LANG: 'C',
    LC_ALL: 'C',
    DOCKER_HOST: 'unix:///x',
    RUNNER_TRACKING_ID: 'github_1',
  };
  const dropped = {
    'INPUT_BEARER-TOKEN': 'x',
    STATE_x: 'x',
    GITHUB_TOKEN: 'x',
    GH_TOKEN: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_SESSION_TOKEN: 'x',
    AWS_WEB_IDENTITY_TOKEN_FILE: 'x',
    GOOGLE_APPLICATION_CREDENTIALS: 'x',
    AZURE_CLIENT_SECRET: 'x',
    HTTPS_PROXY: 'http://olga:x@proxy',
    NPM_TOKEN: 'x',
    DB_PASSWORD: 'x',
    NODE_OPTIONS: '--require x',
  };
  expect(createToolbox({ ...kept, ...dropped }, new Redactor()).settings.lastingEnvironment).toEqual(kept);
});

it('a command whose dead predecessor’s change arrives between its look and its own looks again', async () => {
  await deploy('one');
  const connection = await connect(layout(), bed.options.processes, bed.ports.signal);
  if (connection.kind !== 'running') throw new Error(connection.kind);
  const { client } = connection;
  let left = 1;
  const target = bed.targetWith({
    // Asked between the first look and the change: what a killed command had sent is done by then.
    openArchive: async (url) => {
      if (left-- > 0) {
        await client.send('mark', { version: bed.archives.one.digest, served: true }, bed.ports.signal);
      }
      return bed.options.openArchive(url);
    },
  });
  const plan = await target.plan(bed.request('two'));
  expect(await target.deploy(plan)).toMatchObject({ outcome: 'deployed' });
});
