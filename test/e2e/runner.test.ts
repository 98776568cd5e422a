/** The runner boundary, seen from outside: the built bundle, run by the runner protocol. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { specs } from '../../src/actions/specs.ts';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';

let work = '';
let env: Record<string, string> = {};

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-runner-'));
  env = { GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp'), GITHUB_ACTIONS: 'true' };
});

afterEach(() => rmSync(work, { recursive: true, force: true }));

const configure = (yaml: string) => writeFileSync(join(work, 'ml-deploy.yml'), yaml);

describe('runtime', () => {
  /** This process in the clothes of an older Node. */
  const asNode = (version: string) => [
    '--import',
    `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
  ];

  test.each([...specs.map((spec) => spec.name), 'local-server', 'model-process', 'resolve'])(
    '%s says which Node it needs, before anything of it is loaded',
    async (name) => {
      const run = await runAction(name, { env, cwd: work, nodeArgs: asNode('20.20.2') });
      expect(run.exitCode).toBe(1);
      expect(run.log.trim()).toBe(
        "::error::ml-deploy needs Node 24 or newer; this is Node 20.20.2. GitHub's runner brings it from version " +
          '2.327.1 on: update the runner, or start the action with a newer Node.',
      );
    },
  );
});

describe('inputs', () => {
  test('every problem is reported at once, and nothing is made', async () => {
    const inputs = { command: 'depoly', 'endpoint-name': 'a_b', 'bake-minutes': 'long', adopt: 'maybe' };
    const run = await runAction('deploy-endpoint', { inputs, env, cwd: work });
    expect(run.exitCode).toBe(1);
    expect(run.error).toContain('There are 5 problems with the inputs:');
    expect(run.error).toContain('- command: "depoly" must be one of plan, deploy,');
    expect(run.error).toContain('Did you mean "deploy"?');
    expect(run.error).toContain('- target: is required.');
    expect(run.error).toContain(
      '- endpoint-name: "a_b" must be letters, digits and inner hyphens, 63 at most.',
    );
    expect(run.summary).toContain('deploy-endpoint: failed');
  });

  test('an input that the action does not have fails the step, and a former name is told where it lives', async () => {
    const inputs = {
      target: 'local',
      'endpoint-name': 'churn',
      'endpont-url': 'x',
      'local-port': '8080',
      'container-startup-timeout': '60',
      'serverless-memory-mb': '',
    };
    const run = await runAction('deploy-endpoint', { inputs, env, cwd: work });
    expect(run.exitCode).toBe(1);
    expect(run.error).toContain('- endpont-url: is not an input of deploy-endpoint.');
    expect(run.error).toContain(
      '- local-port: is not an input of deploy-endpoint. It is in a group now: "local: port".',
    );
    expect(run.error).toContain(
      '- container-startup-timeout: is not an input of deploy-endpoint. It is called "startup-timeout" now.',
    );
    expect(run.error).toContain('It is in a group now: "sagemaker: serverless-memory-mb".');
  });

  test('a group is read key by key: the step before the environment, before the defaults; others are noticed', async () => {
    configure(
      'defaults:\n  target: local\n  endpoint-name: churn\n  local: { port: 1 }\n  sagemaker: { variant-name: a }\n' +
        'environments:\n  dev:\n    local: { port: 70 }\n    sagemaker: { variant-name: b }\n',
    );
    const given = { environment: 'dev', command: 'plan', 'model-data-url': 'none.tar.gz' };
    const quiet = await runAction('deploy-endpoint', { inputs: given, env, cwd: work });
    expect(quiet.log).toContain(
      '::notice::sagemaker: variant-name (ml-deploy.yml, environments.dev) is not used: the target is "local".',
    );
    const foreign = { ...given, sagemaker: 'variant-name=c', local: 'port: 70000' };
    const wrong = await runAction('deploy-endpoint', { inputs: foreign, env, cwd: work });
    expect(wrong.error).toContain(
      '- sagemaker: the group sagemaker is for target: sagemaker, and the target is "local".',
    );
    expect(wrong.error).toContain('- local, line 1: port: "70000" must be from 1 to 65535.');
  });

  test.each(specs.map((spec) => spec.name))(
    '%s without any input ends with an error that says what to do',
    async (name) => {
      const run = await runAction(name, { env, cwd: work });
      expect(run.exitCode).toBe(1);
      expect(run.error).toMatch(/problem|needs|give|set/i);
      expect(run.error).not.toMatch(/undefined|TypeError|Cannot read/);
      expect(run.log).not.toMatch(/\n\s+at /);
    },
  );

  test('ml-deploy.yml gives what the step does not', async () => {
    configure('defaults:\n  framework: custom\nenvironments:\n  dev:\n    model-path: model.bin\n');
    writeFileSync(join(work, 'model.bin'), 'weights');
    const run = await runAction('package-model', { inputs: { environment: 'dev' }, env, cwd: work });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.outputs['model-digest']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a slip in ml-deploy.yml is named with its line, and an unknown environment with the known ones', async () => {
    configure('environments:\n  dev:\n    model-pth: x\n');
    const slip = await runAction('package-model', { inputs: { environment: 'dev' }, env, cwd: work });
    expect(slip.error).toContain(
      'ml-deploy.yml:3: "model-pth" in environments.dev is not an input. Did you mean "model-path"?',
    );
    expect(slip.summary).toContain('/org/ml-deploy/blob/main/docs/failures/wrong-config.md)');
    configure('environments:\n  staging: {}\n  prod: {}\n');
    const unknown = await runAction('package-model', {
      inputs: { environment: 'stagin', 'model-path': 'x' },
      env,
    });
    expect(unknown.error).toContain('"stagin" is not in the configuration file, which has staging, prod.');
  });

  test('a config-file that is named has to be there', async () => {
    const run = await runAction('package-model', { inputs: { 'config-file': 'other.yml' }, env });
    expect(run.error).toContain('config-file: "other.yml" does not exist, because the workspace is empty');
  });

  test.each(['ml-deploy.yaml', '.ml-deploy.yml', 'ml_deploy.yml'])('%s is not passed over', async (name) => {
    writeFileSync(join(work, name), 'defaults: {}\n');
    const run = await runAction('package-model', { inputs: { 'model-path': 'x' }, env, cwd: work });
    rmSync(join(work, name));
    expect(run.error).toContain(
      `config-file: There is ${name}, and no ml-deploy.yml. Rename it to ml-deploy.yml, or set config-file to ${name}.`,
    );
  });
});

describe('secrets', () => {
  test('are masked before anything else is said', async () => {
    const inputs = { token: 'xoxb-very-secret', channel: 'C1', status: 'nonsense' };
    const run = await runAction('notify-slack', { inputs, env });
    expect(run.exitCode).toBe(1);
    expect(run.log.split('\n').find((line) => line !== '')).toBe('::add-mask::xoxb-very-secret');
    expect(run.log.replace('::add-mask::xoxb-very-secret', '') + run.summary).not.toContain('very-secret');
  });

  test('every line and every value of a secret map is masked', async () => {
    for (const secrets of ['npm=one-secret\npip=two-secret', '{"npm": "one-secret", "pip": "two-secret"}']) {
      const inputs = { 'build-secrets': secrets, repository: 'UPPER CASE' };
      const run = await runAction('push-image', { inputs, env });
      const masks = run.log.split('\n').filter((line) => line.startsWith('::add-mask::'));
      expect(masks).toEqual(expect.arrayContaining(['::add-mask::one-secret', '::add-mask::two-secret']));
    }
  });
});

test('text of a user cannot become a workflow command', async () => {
  const inputs = { status: 'success', title: 'x\n::stop-commands::abc\n##[error]boom' };
  const run = await runAction('notify-slack', { inputs, env });
  const commands = run.log.split('\n').filter((line) => /^\s*::stop-commands|##\[/.test(line));
  expect(commands).toEqual([]);
});

describe('cancellation', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends a wait at once, and the step says so',
    async (signal) => {
      const server = createServer(); // takes the request and never answers
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      let pid = 0;
      server.on('request', () => process.kill(pid, signal));
      try {
        const cases = join(work, 'cases.json');
        writeFileSync(cases, '{"instances": [[1, 2]]}');
        const inputs = { 'endpoint-url': `http://127.0.0.1:${port}/invocations`, reference: 'none', cases };
        const run = await runAction('smoke-test', { inputs, env, onStart: (started) => (pid = started) });
        expect(run.exitCode).toBe(1);
        expect(run.error).toContain('cancelled');
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  );
});

test('the bundle needs nothing beside it: no node_modules, no repository', async () => {
  const run = await runAction('package-model', {
    inputs: { 'model-path': join(root, 'model/releases/v1/archive') },
    env,
    cwd: work,
  });
  expect(run.exitCode, run.log).toBe(0);
});
