import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spec } from '../../../../src/actions/deploy-endpoint/spec.ts';
import {
  CancelledError,
  OutcomeError,
  pageOf,
  UpstreamError,
  UserError,
} from '../../../../src/core/errors.ts';
import { candidateName } from '../../../../src/core/plan/candidate-name.ts';
import { releaseDigest } from '../../../../src/documents/release-record.ts';
import { TimedOutError, type DeploymentTarget } from '../../../../src/core/targets.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.bed.dispose());

const versionOf = (model: ModelName) => bench.bed.archives[model].digest;
const deploy = (model: ModelName) => bench.run({ ...bench.model(model) });
const expectServing = async (model: ModelName) => {
  const { status, live } = await bench.bed.target.describe(ENDPOINT);
  expect({ status, version: live?.version }).toEqual({ status: 'serving', version: versionOf(model) });
};

describe('plan', () => {
  it('writes the plan and changes nothing', async () => {
    const { outputs, summary, error } = await bench.run({ command: 'plan', ...bench.model('one') });
    expect(error).toBeNull();
    const digest = outputs['plan-digest'] ?? '';
    expect(outputs).toMatchObject({
      outcome: 'planned',
      'endpoint-name': ENDPOINT,
      'candidate-name': candidateName(ENDPOINT, digest),
      'running-version': '',
    });
    expect(await bench.plan(bench.model('one'))).toMatchObject({ digest, action: 'create' });
    expect(summary).toMatch(/^### `churn`: planned/);
    expect((await bench.bed.target.describe(ENDPOINT)).status).toBe('absent');
  });

  it('of a model that cannot be served fails before anybody is asked to approve it', async () => {
    const { outputs, error } = await bench.run({ command: 'plan', ...bench.model('broken') });
    expect(error?.message).toMatch(/^target: local cannot serve /);
    expect(outputs['plan-path'] ?? '').toBe('');
    expect((await bench.bed.target.describe(ENDPOINT)).status).toBe('absent');
  });

  it('has the same digest for another commit, run and time', async () => {
    const first = await bench.run({ command: 'plan', ...bench.model('one') });
    const context = { commit: 'beef', runId: '2', runUrl: 'https://elsewhere' };
    bench.bed.ports.clock.advance(1000);
    const second = await bench.run({ command: 'plan', ...bench.model('one') }, { context });
    expect(second.outputs['plan-digest']).toBe(first.outputs['plan-digest']);
  });

  it('has the same digest each time it is made of the same', async () => {
    const { path } = await bench.release('one');
    expect((await bench.plan({ release: path })).digest).toBe((await bench.plan({ release: path })).digest);
    expect((await bench.plan(bench.model('one'))).digest).toBe((await bench.plan(bench.model('one'))).digest);
  });

  it('holds where the release was built, in its digest', async () => {
    const { path } = await bench.release('one');
    const { origin, digest, desired } = await bench.plan({ release: path });
    const { repository, commit, runUrl: run, actor } = bench.bed.ports.context;
    expect(origin).toEqual({ repository, commit, run, actor });
    const byUrl = await bench.plan(bench.model('one'));
    expect(byUrl.desired).toEqual(desired);
    expect(byUrl).not.toHaveProperty('origin');
    expect(byUrl.digest).not.toBe(digest);
  });

  it('shows what would change, old and new', async () => {
    await deploy('one');
    const { summary } = await bench.run({ command: 'plan', ...bench.model('two') });
    expect(summary).toContain(`| \`model\` | \`${versionOf('one')}\` | \`${versionOf('two')}\` |`);
  });

  it('says unchanged where nothing would change', async () => {
    await deploy('one');
    const { outputs } = await bench.run({ command: 'plan', ...bench.model('one') });
    expect(outputs).toMatchObject({
      outcome: 'unchanged',
      'candidate-name': '',
      'running-version': versionOf('one'),
    });
  });

  it('carries no value of an environment variable', async () => {
    const given = { 'environment-variables': 'TOKEN=hunter2-secret', ...bench.model('one') };
    const { ports, summary } = await bench.run({ command: 'plan', ...given });
    expect(JSON.stringify(await bench.plan(given)) + summary + ports.log.text).not.toContain('hunter2');
  });
});

describe('deploy', () => {
  it('serves the model, and sets every output', async () => {
    const { outputs, summary, error } = await deploy('one');
    expect(error).toBeNull();
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(spec.outputs).sort());
    expect(outputs).toMatchObject({
      outcome: 'deployed',
      'running-version': versionOf('one'),
      'previous-version': '',
      'candidate-name': '',
      'endpoint-arn': '',
    });
    expect(outputs['endpoint-url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invocations$/);
    expect(summary).toContain(`curl -X POST ${outputs['endpoint-url']} `);
    await expectServing('one');
  });

  it('is unchanged the second time, and touches nothing', async () => {
    await deploy('one');
    const untouched = (target: DeploymentTarget) => ({
      ...target,
      deploy: () => Promise.reject(new Error('must not be called')),
    });
    const { outputs, error } = await bench.run(bench.model('one'), { target: untouched });
    expect(error).toBeNull();
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'running-version': versionOf('one') });
  });

  it('writes a release record that continues the one that was given', async () => {
    const given = await bench.release('one');
    const { outputs } = await bench.run({ release: given.path, environment: 'dev' });
    const record = await bench.record(outputs['release-record']);
    expect(releaseDigest(record)).toBe(outputs['release-digest']);
    expect(record).toMatchObject({
      parent: given.digest,
      approval: null,
      deployment: {
        environment: 'dev',
        target: 'local',
        endpoint: ENDPOINT,
        version: versionOf('one'),
        planDigest: outputs['plan-digest'],
        outcome: 'deployed',
      },
    });
    expect(outputs['release-record']).toContain('/store/releases/');
    // What is found out about this version later continues this record.
    expect((await bench.bed.target.describe(ENDPOINT)).live?.release).toBe(outputs['release-digest']);
  });

  it('finds a release by its digest in the artifact store', async () => {
    const { digest } = await bench.release('one');
    const { outputs } = await bench.run({ release: digest, 'artifact-store': bench.storeUrl });
    expect(outputs).toMatchObject({ outcome: 'deployed', 'running-version': versionOf('one') });
  });

  it('plans again where another command was faster', async () => {
    await deploy('one');
    let overtaken = false;
    const target = (real: DeploymentTarget): DeploymentTarget => ({
      ...real,
      deploy: async (plan) => {
        if (!overtaken) {
          overtaken = true;
          await real.deploy(await real.plan(bench.bed.request('three')));
        }
        return real.deploy(plan);
      },
    });
    const { outputs } = await bench.run(bench.model('two'), { target });
    expect(outputs).toMatchObject({ outcome: 'deployed', 'previous-version': versionOf('three') });
    await expectServing('two');
  });

  it('fails where the model does not load, and says what serves', async () => {
    await deploy('one');
    const { outputs, summary, error } = await deploy('broken');
    expect(error?.message).toMatch(
      /did not accept \w+ for churn\. The model of version \w+ is not an ONNX model/,
    );
    expect(outputs).toMatchObject({ outcome: 'failed', 'running-version': versionOf('one') });
    expect(outputs['plan-digest']).toMatch(/^[0-9a-f]{64}$/);
    expect(summary).toMatch(/^### `churn`: failed/);
    await expectServing('one');
  });
});

describe('an outcome that was not asked for', () => {
  it('fails the step after everything was said', async () => {
    const target = (real: DeploymentTarget): DeploymentTarget => ({
      ...real,
      deploy: async (plan) => ({
        ...(await real.deploy(plan)),
        outcome: 'rolled-back',
        message: 'It went back.',
      }),
    });
    const { outputs, error } = await bench.run(bench.model('one'), { target });
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error?.message).toBe('It went back.');
    expect(pageOf(error)).toBe('rolled-back');
    expect(outputs.outcome).toBe('rolled-back');
    expect((await bench.record(outputs['release-record'])).deployment?.outcome).toBe('rolled-back');
  });

  it.each([
    [new CancelledError(), 'cancelled'],
    [new TimedOutError('local endpoint', 'too long'), 'timed-out'],
    [new Error('a bug'), 'failed'],
  ])('is said for %s, with what serves', async (thrown, outcome) => {
    await deploy('one');
    const target = (real: DeploymentTarget) => ({ ...real, deploy: () => Promise.reject(thrown) });
    const { outputs, error } = await bench.run(bench.model('two'), { target });
    expect(error).toBe(thrown);
    expect(outputs).toMatchObject({ outcome, 'running-version': versionOf('one'), 'release-record': '' });
  });

  it('is not made up where the endpoint cannot be read', async () => {
    const target = (real: DeploymentTarget) => ({
      ...real,
      deploy: () => Promise.reject(new CancelledError()),
      describe: () => Promise.reject(new Error('no answer')),
    });
    const { outputs, ports, summary } = await bench.run(bench.model('one'), { target });
    expect(outputs).toMatchObject({ outcome: 'cancelled', 'running-version': '' });
    expect(ports.log.text).toContain('could not be read back: no answer');
    expect(summary).toContain('not known');
  });
});

describe('stage, promote and discard', () => {
  beforeEach(() => deploy('one'));

  it('find the candidate by the same inputs', async () => {
    const staged = await bench.run({ command: 'stage', ...bench.model('two') });
    expect(staged.outputs).toMatchObject({ outcome: 'staged', 'running-version': versionOf('one') });
    expect(staged.outputs['candidate-name']).toBe(
      candidateName(ENDPOINT, staged.outputs['plan-digest'] ?? ''),
    );
    expect((await bench.record(staged.outputs['release-record'])).deployment?.outcome).toBe('staged');
    const promoted = await bench.run({ command: 'promote', ...bench.model('two') });
    expect(promoted.outputs).toMatchObject({
      outcome: 'promoted',
      'candidate-name': '',
      'previous-version': versionOf('one'),
    });
    const again = await bench.run({ command: 'promote', ...bench.model('two') });
    expect(again.outputs.outcome).toBe('unchanged');
    await expectServing('two');
  });

  it('discard by the same inputs, and by the approved plan alone', async () => {
    await bench.run({ command: 'stage', ...bench.model('two') });
    const discarded = await bench.run({ command: 'discard', ...bench.model('two') });
    expect(discarded.outputs).toMatchObject({ outcome: 'discarded', 'candidate-name': '' });
    const plan = await bench.plan(bench.model('two'));
    await bench.run({ command: 'stage', ...bench.model('two') });
    await bench.run({ command: 'discard', 'approved-plan': JSON.stringify(plan) });
    expect((await bench.bed.target.describe(ENDPOINT)).candidates).toEqual([]);
    await expectServing('one');
  });

  it('say that what serves has changed since staging', async () => {
    await bench.run({ command: 'stage', ...bench.model('two') });
    await deploy('three');
    const { error, outputs } = await bench.run({ command: 'promote', ...bench.model('two') });
    expect(error?.message).toMatch(
      /The same version waits as churn-c-\w+, but that was planned when another version served/,
    );
    expect(outputs.outcome).toBe('failed');
    await expectServing('three');
  });

  it('do without a candidate where staging is none', async () => {
    const given = { staging: 'none', ...bench.model('two') };
    expect((await bench.run({ command: 'stage', ...given })).outputs.outcome).toBe('unchanged');
    await expectServing('one');
    expect((await bench.run({ command: 'promote', ...given })).outputs.outcome).toBe('deployed');
    await expectServing('two');
  });
});

describe('approved-plan', () => {
  const approval = (digest: string) => ({
    status: 'approved',
    by: [{ login: 'olga', at: '2026-01-02T04:00:00Z', url: 'https://github.com/acme/churn/issues/1' }],
    planDigest: digest,
  });
  const approve = async (values: Record<string, string>) => {
    const plan = await bench.plan(values);
    return JSON.stringify({ ...plan, approval: approval(plan.digest) });
  };

  it('is carried out, from a path or as JSON, and its approval is recorded', async () => {
    await deploy('one');
    const document = await approve(bench.model('two'));
    const path = await bench.file('approved.json', document);
    const staged = await bench.run({ command: 'stage', ...bench.model('two'), 'approved-plan': path });
    expect(staged.outputs.outcome).toBe('staged');
    const promoted = await bench.run({
      command: 'promote',
      ...bench.model('two'),
      'approved-plan': document,
    });
    expect(promoted.outputs.outcome).toBe('promoted');
    expect(promoted.outputs['plan-digest']).toBe(staged.outputs['plan-digest']);
    const record = await bench.record(promoted.outputs['release-record']);
    expect(record.approval).toEqual(approval(promoted.outputs['plan-digest'] ?? ''));
  });

  it('may be used again after a release that was cut short', async () => {
    await deploy('one');
    const document = await approve(bench.model('two'));
    await deploy('two');
    const { outputs, error } = await bench.run({ ...bench.model('two'), 'approved-plan': document });
    expect(error).toBeNull();
    expect(outputs).toMatchObject({
      outcome: 'unchanged',
      'plan-digest': (JSON.parse(document) as { digest: string }).digest,
    });
  });

  it('refuses another model, and shows what differs', async () => {
    await deploy('one');
    const document = await approve(bench.model('two'));
    const { error, summary, outputs } = await bench.run({
      ...bench.model('three'),
      'approved-plan': document,
    });
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toContain(`model: ${versionOf('two')} -> ${versionOf('three')}`);
    expect(summary).toContain(`| \`model\` | \`${versionOf('two')}\` | \`${versionOf('three')}\` |`);
    expect(outputs.outcome).toBe('failed');
    await expectServing('one');
  });

  it('refuses where something else serves by now', async () => {
    await deploy('one');
    const document = await approve(bench.model('two'));
    await deploy('three');
    const { error } = await bench.run({ ...bench.model('two'), 'approved-plan': document });
    expect(error?.message).toMatch(/Since the approval, the version that serves has changed/);
    await expectServing('three');
  });

  it('refuses an edited document, another endpoint and a file that is not there', async () => {
    const plan = await bench.plan(bench.model('one'));
    const edited = JSON.stringify({ ...plan, base: 'f'.repeat(64) });
    expect((await bench.run({ ...bench.model('one'), 'approved-plan': edited })).error?.message).toMatch(
      /was edited/,
    );
    const other = { ...bench.model('one'), 'endpoint-name': 'other', 'approved-plan': JSON.stringify(plan) };
    expect((await bench.run(other)).error?.message).toMatch(
      /is a plan for the endpoint churn of target local/,
    );
    const missing = { ...bench.model('one'), 'approved-plan': 'nowhere.json' };
    expect((await bench.run(missing)).error?.message).toMatch(/approved-plan: "nowhere.json" does not exist/);
    expect((await bench.bed.target.describe(ENDPOINT)).status).toBe('absent');
  });
});

it.each(['plan', 'deploy'])(
  '%s reads what serves once to tell what is new, and what serves',
  async (command) => {
    await deploy('one');
    let looks = 0;
    const counted = (target: DeploymentTarget) =>
      new Proxy(target, {
        get(found, name) {
          if (name === 'describe') looks++;
          const value: unknown = Reflect.get(found, name);
          return typeof value === 'function' ? (value.bind(found) as unknown) : value;
        },
      });
    // The same model again: nothing changes, whatever the command.
    const model = bench.model(command === 'plan' ? 'two' : 'one');
    expect((await bench.run({ command, ...model }, { target: counted })).error).toBeNull();
    expect(looks).toBe(1);
  },
);

describe('rollback and teardown', () => {
  it('goes back, and succeeds', async () => {
    await deploy('one');
    await deploy('two');
    const { outputs, error } = await bench.run({ command: 'rollback' });
    expect(error).toBeNull();
    expect(outputs).toMatchObject({
      outcome: 'rolled-back',
      'running-version': versionOf('one'),
      'plan-digest': '',
    });
  });

  it('warns of a second rollback that does nothing', async () => {
    await deploy('one');
    await deploy('two');
    await bench.run({ command: 'rollback' });
    const again = { command: 'rollback', 'to-version': versionOf('one'), confirm: versionOf('one') };
    const { outputs, error, ports } = await bench.run(again);
    expect(error).toBeNull();
    expect(outputs).toMatchObject({ outcome: 'rolled-back', 'running-version': versionOf('one') });
    expect(ports.log.lines).toContainEqual({
      level: 'warning',
      message: expect.stringMatching(
        /^Nothing was rolled back: churn already serves \w+\. To go back further, name the version with to-version\.$/,
      ) as string,
    });
  });

  it('removes the endpoint where its name is confirmed', async () => {
    await deploy('one');
    const { outputs } = await bench.run({ command: 'teardown', confirm: ENDPOINT });
    expect(outputs).toMatchObject({ outcome: 'torn-down', 'running-version': '', 'endpoint-url': '' });
  });

  it.each([undefined, 'other'])('does not remove it for confirm %s', async (confirm) => {
    await deploy('one');
    const { error } = await bench.run({ command: 'teardown', ...(confirm === undefined ? {} : { confirm }) });
    expect(error?.message).toMatch(/Set confirm to "churn"/);
    await expectServing('one');
  });
});

describe('reap', () => {
  it('removes what expired, and says so', async () => {
    await deploy('one');
    await bench.run({ command: 'stage', ...bench.model('two') });
    bench.bed.ports.clock.advance(7 * 3_600_000);
    const { outputs, ports, error } = await bench.run({ command: 'reap' });
    expect(error).toBeNull();
    expect(outputs).toMatchObject({ outcome: 'discarded', 'running-version': versionOf('one') });
    expect(ports.log.text).toMatch(/Removed the expired candidates of churn: churn-c-/);
    expect((await bench.run({ command: 'reap' })).outputs.outcome).toBe('unchanged');
  });
});

describe('what is noted for the post step', () => {
  it('is the endpoint and the version, before anything is changed, and that it ended', async () => {
    await deploy('one');
    const version = versionOf('one');
    expect(bench.remembered).toMatchObject([{ command: 'deploy', endpoint: ENDPOINT, version }, 'ended']);
  });

  it('is nothing for a plan', async () => {
    await bench.run({ command: 'plan', ...bench.model('one') });
    expect(bench.remembered).toEqual(['ended']);
  });

  it.each([
    ['is cancelled', new CancelledError()],
    ['fails', new UpstreamError('AWS', 'The connection was reset.')],
  ])('is no end where the command %s', async (_, error) => {
    const target = (real: DeploymentTarget) => ({ ...real, deploy: () => Promise.reject(error) });
    await bench.run(bench.model('one'), { target });
    expect(bench.remembered).toMatchObject([{ command: 'deploy' }]);
  });
});

describe('warnings of a plan', () => {
  it('are annotations', async () => {
    const target = (real: DeploymentTarget): DeploymentTarget => ({
      ...real,
      plan: async (request) => ({
        ...(await real.plan(request)),
        findings: [{ level: 'warning', message: 'The endpoint is Failed.' }],
      }),
    });
    const { ports } = await bench.run({ command: 'plan', ...bench.model('one') }, { target });
    expect(ports.log.lines).toContainEqual({ level: 'warning', message: 'The endpoint is Failed.' });
  });
});

describe('the model', () => {
  it('is refused, with every problem at once, where files are missing', async () => {
    const { error } = await bench.run({ 'model-data-url': 'none.tar.gz', 'reference-url': 'none.onnx' });
    const where = (error as UserError).problems.map((problem) => problem.where);
    expect(where).toEqual(['model-data-url', 'reference-url']);
  });

  it.each([
    ['a digest that the store does not have', 'f'.repeat(64), /has no release f+/],
    ['a path that is not there', 'nowhere.json', /release: /],
  ])('is refused for %s', async (_, release, message) => {
    const { error } = await bench.run({ release, 'artifact-store': bench.storeUrl });
    expect(error).toBeInstanceOf(UserError);
    expect(error?.message).toMatch(message);
  });

  it('is refused where the release was changed', async () => {
    const { path } = await bench.release('one');
    const record = await bench.record(path);
    await bench.file(
      `store/releases/${path.slice(-69)}`,
      JSON.stringify({ ...record, createdAt: '2020-01-01T00:00:00Z' }),
    );
    expect((await bench.run({ release: path })).error?.message).toMatch(/was changed: its digest is/);
  });

  it('is refused where the archive of the release is gone', async () => {
    const { path } = await bench.release('one');
    await rm(bench.bed.archives.one.path);
    expect((await bench.run({ release: path })).error).toBeInstanceOf(UserError);
  });

  it('has the reference by digest', async () => {
    const reference = await bench.file('reference.onnx', 'reference');
    const plan = await bench.plan({ ...bench.model('one'), 'reference-url': reference });
    expect(plan.desired.reference).toMatch(/^[0-9a-f]{64}$/);
    expect(plan.sources.referenceUrl).toBe(`file://${reference}`);
    const { outputs } = await bench.run({ ...bench.model('one'), 'reference-url': reference });
    expect(outputs.outcome).toBe('deployed');
    expect((await bench.bed.target.describe(ENDPOINT)).live?.referenceDigest).toBe(plan.desired.reference);
  });
});

describe('inputs that target local does not use', () => {
  it('are named in one notice', async () => {
    const given = { 'instance-type': 'ml.m5.large', tags: 'a=b', strategy: 'canary', 'step-percent': '10' };
    const { ports } = await bench.run({ command: 'plan', ...bench.model('one'), ...given });
    const notices = ports.log.lines.filter(({ level }) => level === 'notice').map(({ message }) => message);
    expect(notices).toEqual(['Not used by target local: instance-type, strategy, step-percent, tags.']);
  });

  it('do not change the plan', async () => {
    const plain = await bench.plan(bench.model('one'));
    expect((await bench.plan({ ...bench.model('one'), 'instance-type': 'ml.m5.large' })).digest).toBe(
      plain.digest,
    );
  });
});
