import { describe, expect, it } from 'vitest';
import { runnerFinder } from '../../../../src/adapters/container-engine/find-runner.ts';
import { UpstreamError, UserError } from '../../../../src/core/errors.ts';
import type { ContainerSpec } from '../../../../src/core/image/container-runner.ts';
import type { Exec, ExecResult } from '../../../../src/core/ports.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';

type Call = readonly [args: readonly string[], options: Parameters<Exec>[2]];
type Answers = Readonly<Record<string, Partial<ExecResult>>>;

const IMAGE = `registry.example/serve@sha256:${'1'.repeat(64)}`;
const spec: ContainerSpec = {
  name: 'ml-deploy-churn-1',
  image: IMAGE,
  args: ['serve'],
  environment: new Map([
    ['TOKEN', 'hunter22'],
    ['HTTPS_PROXY', 'http://me:word@proxy'],
  ]),
  labels: new Map([['ml-deploy.endpoint', 'churn']]),
  mount: { source: '/w/model', target: '/opt/ml/model' },
  port: 8080,
  portVariable: 'SAGEMAKER_BIND_TO_PORT',
};

/** A machine whose engine answers by the first words of its arguments. */
async function engine(answers: Answers, installed: readonly string[] = ['docker']) {
  const calls: Call[] = [];
  const known: Answers = {
    version: { stdout: '28.2.2\n' },
    'network ls': { stdout: 'bridge\n' },
    ...answers,
  };
  const exec: Exec = (_, args, options) => {
    calls.push([args, options]);
    const said = Object.entries(known).find(([words]) => args.join(' ').startsWith(words))?.[1];
    return Promise.resolve({ exitCode: 0, stdout: '', stderr: '', ...said });
  };
  const which = (name: string) => Promise.resolve(installed.includes(name) ? `/usr/bin/${name}` : null);
  const { signal } = new AbortController();
  const runner = await runnerFinder({ exec, which, log: new MemoryLogger(), signal, retryDelayMs: 1 })();
  const call = (words: string) => calls.find(([args]) => args.join(' ').startsWith(words));
  return { runner, calls, call };
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  if (error instanceof Error) return error;
  throw new Error('it did not fail');
}

describe('finding an engine', () => {
  it('takes docker, or else podman', async () => {
    expect((await engine({})).runner.name).toBe('docker 28.2.2');
    expect((await engine({}, ['podman'])).runner.name).toBe('podman 28.2.2');
  });

  it('says what to do where there is none, or none answers', async () => {
    const none = await failure(engine({}, []));
    expect(none).toBeInstanceOf(UserError);
    expect(none.message).toMatch(/neither docker nor podman.*leave image-uri out/);
    const down = await failure(engine({ version: { exitCode: 1, stderr: 'Cannot connect to the daemon' } }));
    expect(down.message).toMatch(/docker is installed, but does not answer: Cannot connect/);
  });
});

describe('an image', () => {
  it('that is there is not pulled', async () => {
    const { runner, call } = await engine({ 'image inspect': { stdout: 'sha256:1' } });
    await runner.fetch(IMAGE);
    expect(call('pull')).toBeUndefined();
  });

  it('is pulled otherwise', async () => {
    const { runner, call } = await engine({ 'image inspect': { exitCode: 1 } });
    await runner.fetch(IMAGE);
    expect(call('pull')?.[0]).toEqual(['pull', IMAGE]);
  });

  it.each([
    ['unauthorized: authentication required', UserError, /docker login registry\.example/],
    ['manifest unknown', UserError, /has no image/],
    ['i/o timeout', UpstreamError, /could not pull/],
  ])('that cannot be pulled (%s) is explained', async (stderr, kind, message) => {
    const { runner } = await engine({ 'image inspect': { exitCode: 1 }, pull: { exitCode: 1, stderr } });
    const error = await failure(runner.fetch(IMAGE));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
  });
});

describe('a container', () => {
  it('gets a port of its own on a bridge, and no value stands in an argument', async () => {
    const { runner, call } = await engine({ port: { stdout: '127.0.0.1:49153\n' } });
    const container = await runner.run(spec);
    expect(container.port).toBe(49153);
    const [args = [], options] = call('run') ?? [];
    expect(args.join(' ')).toBe(
      `run --detach --pull never --name ml-deploy-churn-1 --label ml-deploy.endpoint=churn --mount type=bind,source=/w/model,target=/opt/ml/model,readonly --publish 127.0.0.1::8080 --env TOKEN --env SAGEMAKER_BIND_TO_PORT --env-file /dev/stdin ${IMAGE} serve`,
    );
    expect(options).toMatchObject({
      env: { TOKEN: 'hunter22', SAGEMAKER_BIND_TO_PORT: '8080' },
      input: 'HTTPS_PROXY=http://me:word@proxy\n',
    });
  });

  it('is told a free port of the machine where there is no bridge', async () => {
    const { runner, call } = await engine({ 'network ls': { stdout: '' } });
    const { port } = await runner.run(spec);
    const [args = [], options] = call('run') ?? [];
    expect(args.join(' ')).toContain('--network host');
    expect(options?.env?.SAGEMAKER_BIND_TO_PORT).toBe(String(port));
    expect(port).toBeGreaterThan(1023);
  });

  it('that cannot be started leaves nothing behind', async () => {
    const { runner, call } = await engine({ run: { exitCode: 125, stderr: 'docker: no such image' } });
    const error = await failure(runner.run(spec));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/could not start registry.*no such image/);
    expect(call('rm')?.[0]).toEqual(['rm', '--force', 'ml-deploy-churn-1']);
  });

  it('that ended at once says what it printed', async () => {
    const { runner, call } = await engine({ port: { exitCode: 1 }, logs: { stderr: 'no module named x' } });
    const error = await failure(runner.run(spec));
    expect(error.message).toMatch(/ended as soon as it was started: no module named x/);
    expect(call('rm')).toBeDefined();
  });

  it.each([
    ['true 0', null],
    ['false 137', 137],
  ])('in the state "%s" has the exit code %s', async (stdout, code) => {
    const { runner } = await engine({ 'network ls': { stdout: '' }, inspect: { stdout } });
    expect(await (await runner.run(spec)).exitCode()).toBe(code);
  });

  it('is asked to end, and then removed', async () => {
    const { runner, calls } = await engine({ 'network ls': { stdout: '' } });
    await (await runner.run(spec)).remove();
    expect(calls.slice(-2).map(([args]) => args.join(' '))).toEqual([
      'stop --time 5 ml-deploy-churn-1',
      'rm --force ml-deploy-churn-1',
    ]);
  });

  it('is found by all its labels', async () => {
    const { runner, call, calls } = await engine({ ps: { stdout: 'a\nb\n' } });
    expect(
      await runner.removeAll(
        new Map([
          ['x', '1'],
          ['y', '2'],
        ]),
      ),
    ).toEqual(['a', 'b']);
    expect(call('ps')?.[0].join(' ')).toContain('--filter label=x=1 --filter label=y=2');
    expect(calls.filter(([args]) => args[0] === 'rm')).toHaveLength(2);
  });
});
