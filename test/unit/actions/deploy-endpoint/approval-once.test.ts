/** An approval is used once: each replay is refused with its reason, and a release that was cut short goes on. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseApprovedPlan } from '../../../../src/documents/approved-plan.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import { makePlan } from '../../../../src/documents/plan.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';
import { checkUnused } from '../../../../src/actions/deploy-endpoint/approval-use.ts';
import type { DeployPorts } from '../../../../src/actions/deploy-endpoint/report.ts';
import type { Sources } from '../../../../src/actions/deploy-endpoint/source-ports.ts';
import { Bench, type Ran } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
  await bench.run(bench.model('one'));
  bench.bed.ports.clock.advance(60_000);
});
afterEach(() => bench.bed.dispose());

const versionOf = (model: ModelName) => bench.bed.archives[model].digest;
const serving = async () => (await bench.bed.target.describe(ENDPOINT)).live?.version;
const minute = () => bench.bed.ports.clock.advance(60_000);

let comments = 0;
async function approve(model: ModelName): Promise<string> {
  const plan = await bench.plan(bench.model(model));
  const url = `https://github.com/acme/churn/issues/1#issuecomment-${++comments}`;
  const by = [{ login: 'alice', at: bench.bed.ports.clock.now().toISOString(), url }];
  minute();
  return JSON.stringify({ ...plan, approval: { status: 'approved', by, planDigest: plan.digest } });
}

async function carryOut(document: string, model: ModelName, command = 'deploy'): Promise<Ran> {
  const ran = await bench.run({
    command,
    ...bench.model(model),
    'artifact-store': bench.storeUrl,
    'approved-plan': document,
  });
  minute();
  return ran;
}

async function refused(document: string, model: ModelName, reason: RegExp, live: ModelName): Promise<void> {
  for (const command of ['stage', 'deploy', 'promote']) {
    const { error } = await carryOut(document, model, command);
    expect(error, command).toBeInstanceOf(UserError);
    expect(error?.message).toMatch(reason);
    expect(error?.message).toContain('Nothing was changed');
  }
  expect(await serving()).toBe(versionOf(live));
}

it('does not deploy again after a rollback', async () => {
  const document = await approve('two');
  expect((await carryOut(document, 'two')).outputs.outcome).toBe('deployed');
  await bench.run({ command: 'rollback' });
  await refused(document, 'two', /was used: https:.* deployed .* serves/, 'one');
});

it('does not deploy what another run deployed and a rollback took away', async () => {
  const document = await approve('two');
  await bench.run(bench.model('two'));
  minute();
  await bench.run({ command: 'rollback' });
  await refused(document, 'two', /since the plan was made, version .* was rolled back from/, 'one');
});

it('does not deploy after the endpoint went elsewhere and came back', async () => {
  const document = await approve('two');
  await bench.run(bench.model('three'));
  minute();
  await refused(document, 'two', /Since the approval, the version that serves has changed from/, 'three');
  await bench.run(bench.model('one'));
  await refused(document, 'two', /since the plan was made, version .* was deployed/, 'one');
});

it('does not make an endpoint again that was torn down', async () => {
  await bench.run({ command: 'teardown', confirm: ENDPOINT });
  const document = await approve('two');
  expect((await carryOut(document, 'two')).outputs.outcome).toBe('deployed');
  await bench.run({ command: 'teardown', confirm: ENDPOINT });
  const { error } = await carryOut(document, 'two');
  expect(error?.message).toMatch(/was used: .* serves nothing now/);
  expect((await bench.bed.target.describe(ENDPOINT)).status).toBe('absent');
});

it('takes a new approval after the rollback, of a plan that says when that was', async () => {
  const first = await approve('two');
  await carryOut(first, 'two');
  await bench.run({ command: 'rollback' });
  minute();
  const second = await approve('two');
  const [before, after] = [first, second].map((document) => parseApprovedPlan(document, 'it').plan);
  expect(before?.withdrawn).toBeUndefined();
  expect(Date.parse(after?.withdrawn ?? '')).toBeGreaterThan(Date.parse(before?.createdAt ?? ''));
  expect(after?.digest).not.toBe(before?.digest);
  expect((await carryOut(second, 'two')).outputs.outcome).toBe('deployed');
  await refused(first, 'one', /differs from the approved plan|used/, 'two');
});

describe('a release that was cut short goes on', () => {
  it('before the version serves', async () => {
    const document = await approve('two');
    const dies = (target: DeploymentTarget) => ({
      ...target,
      deploy: () => Promise.reject(new Error('killed')),
    });
    const given = { ...bench.model('two'), 'artifact-store': bench.storeUrl, 'approved-plan': document };
    const cut = await bench.run(given, { target: dies });
    expect(cut.error?.message).toBe('killed');
    expect((await carryOut(document, 'two')).outputs.outcome).toBe('deployed');
  });

  it('when its requests arrive between the plan and the look at the versions', async () => {
    const document = await approve('two');
    const approved = parseApprovedPlan(document, 'it');
    const now = await bench.plan(bench.model('two'));
    await bench.run(bench.model('two'));
    const { target } = bench.bed;
    const approval = null;
    const check = () => checkUnused({ ...approved, approval }, now, {} as Sources, target, {} as DeployPorts);
    await expect(check()).resolves.toBeUndefined();
    await bench.run({ command: 'rollback' });
    await expect(check()).rejects.toThrow('no longer holds');
  });

  it('between stage and promotion, and after promotion', async () => {
    const document = await approve('two');
    for (const command of ['stage', 'stage', 'promote', 'stage', 'promote']) {
      expect((await carryOut(document, 'two', command)).error).toBeNull();
    }
    expect(await serving()).toBe(versionOf('two'));
  });
});

it('is not used where whether it was cannot be read', async () => {
  const document = await approve('two');
  await carryOut(document, 'two');
  await bench.run({ command: 'rollback' });
  const folder = join(bench.workspace, 'store', 'approvals');
  const [name = ''] = await readdir(folder);
  await writeFile(join(folder, name), 'not JSON');
  await refused(document, 'two', /cannot be read from/, 'one');
});

it('is of one repository: a plan of another one is refused, handed over as it is', async () => {
  const document = await approve('two');
  const { plan, approval } = parseApprovedPlan(document, 'it');
  const foreign = makePlan({ ...plan, repository: 'acme/other' }, plan);
  const moved = { ...foreign, approval: { ...approval, planDigest: foreign.digest } };
  await refused(
    JSON.stringify(moved),
    'two',
    /is a plan of the repository acme\/other, not of acme\/churn/,
    'one',
  );
  const none = makePlan({ ...plan, repository: '' }, plan);
  await refused(JSON.stringify(none), 'two', /is a plan of the repository \(none\)/, 'one');
  expect((await carryOut(document, 'two')).outputs.outcome).toBe('deployed');
});

it('is of one environment and one endpoint', async () => {
  const plan = await bench.plan({ ...bench.model('two'), environment: 'prod' });
  const by = [{ login: 'alice', at: plan.createdAt, url: '' }];
  const approval = { status: 'approved', by, planDigest: plan.digest };
  const given = { ...bench.model('two'), 'approved-plan': JSON.stringify({ ...plan, approval }) };
  const elsewhere = await bench.run({ ...given, environment: 'dev' });
  expect(elsewhere.error?.message).toMatch(/is a plan for the environment prod, not for dev/);
  const other = await bench.run({ ...given, environment: 'prod', 'endpoint-name': 'other' });
  expect(other.error?.message).toMatch(/is a plan for the endpoint churn of target local, not for other/);
  expect(await serving()).toBe(versionOf('one'));
  expect((await bench.run({ ...given, environment: 'prod' })).outputs.outcome).toBe('deployed');
});

describe('require-approval', () => {
  it('refuses a plan that nobody approved, and takes an approved one', async () => {
    const document = await approve('two');
    const { approval, ...plan } = JSON.parse(document) as { approval: unknown };
    expect(approval).toBeDefined();
    const given = { ...bench.model('two'), 'require-approval': 'true' };
    const bare = await bench.run({ ...given, 'approved-plan': JSON.stringify(plan) });
    expect(bare.error?.message).toMatch(/does not say who approved it, but require-approval is true/);
    const lost = await bench.run(given);
    expect(lost.error?.message).toMatch(/approved-plan: is required by require-approval, and it is empty/);
    expect(await serving()).toBe(versionOf('one'));
    const done = await bench.run({ ...given, 'approved-plan': document });
    expect(done.outputs.outcome).toBe('deployed');
    expect(done.summary).toContain('| Approval | alice |');
  });

  it('is not needed, but an absent approval is said', async () => {
    const { summary } = await bench.run(bench.model('two'));
    expect(summary).toContain('| Approval | none |');
  });
});

describe('a rollback by name is no way forward', () => {
  const back = (version: string, confirm?: string) =>
    bench.run({ command: 'rollback', 'to-version': version, ...(confirm ? { confirm } : {}) });

  it('to a version that was rolled back from', async () => {
    await bench.run(bench.model('two'));
    await bench.bed.target.markVerified(ENDPOINT, versionOf('two'));
    await bench.run({ command: 'rollback' });
    for (const name of [versionOf('two'), versionOf('two').slice(0, 12)]) {
      const { error } = await back(name);
      expect(error).toBeInstanceOf(UserError);
      expect(error?.message).toMatch(/was rolled back from at .*no smoke test has passed on it since/);
      expect((await back(name, 'yes')).error?.message).toMatch(/set confirm to/);
    }
    expect(await serving()).toBe(versionOf('one'));
    expect((await back(versionOf('two'), versionOf('two'))).outputs.outcome).toBe('rolled-back');
  });

  it('to a version that no smoke test passed on; one that was verified needs no word', async () => {
    await bench.run(bench.model('two'));
    expect((await back(versionOf('one'))).error?.message).toMatch(/on which no smoke test has passed/);
    await bench.bed.target.markVerified(ENDPOINT, versionOf('one'));
    expect((await back(versionOf('one'))).outputs.outcome).toBe('rolled-back');
    expect((await back(versionOf('one'))).outputs.outcome).toBe('rolled-back');
  });
});
