/**
 * The policies of docs/iam/lambda, evaluated as those for SageMaker are: over everything that the flows ask for on the
 * fake, which is not AWS.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudSettings } from '../../src/core/plan/cloud-settings.ts';
import { messageOf } from '../../src/core/errors.ts';
import { keepDeployedImage } from '../../src/adapters/ecr/keep-image.ts';
import { lifecyclePolicy } from '../../src/core/image/ecr.ts';
import type { Strategy } from '../../src/documents/plan.ts';
import { isRead } from '../fakes/aws/calls.ts';
import { makeLambdaBed, type LambdaBed } from '../platforms/lambda-bed.ts';
import { ENDPOINT, type ModelName } from '../platforms/target-suite.ts';
import { triedOf } from '../share.ts';
import {
  actionsOf,
  askedBy,
  isAllowed,
  isTrusted,
  LAMBDA_ROLES,
  readPolicy,
  without,
  type Asked,
  type LambdaPolicyName,
  type Policy,
} from '../unit/docs/iam-policies.ts';

const ACCOUNT = '123456789012';
const NAMES = { 'eu-central-1': 'eu-west-1' };
const SCALED: CloudSettings = {
  provisionedConcurrency: 2,
  scaling: {
    minCapacity: 1,
    maxCapacity: 4,
    invocationsPerInstance: null,
    scaleInCooldown: null,
    scaleOutCooldown: null,
  },
  warmUp: 'rate(5 minutes)',
};
const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: ['p99'] };

/** `npm test` takes one of so many permissions of each role away, `npm run test:faults` each of them. */
const EVERY = 15;

let bed: LambdaBed;
const serve = async (model: ModelName, settings: CloudSettings = {}, changes = {}) =>
  bed.target.deploy(await bed.target.plan(bed.requestWith(model, settings, changes)));

async function keep(): Promise<unknown> {
  bed.aws.ecr.lifecycles.set(`${ACCOUNT}/churn-serving`, JSON.stringify(lifecyclePolicy()));
  const { signal } = new AbortController();
  return keepDeployedImage(bed.images.two.uri, {
    signal,
    config: bed.aws.client,
  });
}

async function call(candidate: string | null): Promise<unknown> {
  const invoker = await bed.target.invoker(ENDPOINT, candidate);
  return (await invoker.invoke('{}', 'application/json', AbortSignal.timeout(200_000))).status;
}

const BEFORE: Readonly<Record<LambdaPolicyName, () => Promise<void>>> = {
  'deploy-plan': async () => {
    await serve('one', SCALED);
  },
  deploy: () => Promise.resolve(),
  rollback: async () => {
    await serve('one', SCALED);
    await serve('two', SCALED);
  },
  'smoke-target': async () => {
    await serve('one');
    await bed.target.stage(await bed.target.plan(bed.request('two')));
  },
};

type Step = (run: () => Promise<unknown>) => Promise<void>;

const FLOWS: Readonly<Record<LambdaPolicyName, (step: Step) => Promise<void>>> = {
  'deploy-plan': async (step) => {
    await step(() => bed.target.plan(bed.requestWith('two', { ...SCALED, provisionedConcurrency: 3 })));
    await step(() => bed.target.plan(bed.requestWith('one', { api: 'function-url' })));
    await step(() => bed.target.plan(bed.requestWith('one', SCALED)));
    await step(async () => bed.target.plan(bed.requestWith('one', { ...SCALED, api: 'none' })));
    Object.assign(bed.aws.lambda.functions.get(ENDPOINT)?.tags ?? {}, { 'ml-deploy:door': 'rest' });
    await step(() => bed.target.plan(bed.requestWith('one', { api: 'rest' })));
    // As it is after a deployment with a function URL.
    Object.assign(bed.aws.lambda.functions.get(ENDPOINT)?.tags ?? {}, { 'ml-deploy:door': 'function-url' });
    await step(() => bed.target.plan(bed.requestWith('one', { api: 'function-url' })));
  },
  deploy: async (step) => {
    const { target, requestWith } = bed;
    await step(() => target.plan(requestWith('one', SCALED)));
    await step(() => serve('one', SCALED));
    await step(() =>
      target.markVerified(
        ENDPOINT,
        [...(bed.aws.lambda.functions.get(ENDPOINT)?.published ?? [])][0]?.description.slice(14, 30) ?? '',
      ),
    );
    await step(async () => {
      const plan = await target.plan(requestWith('two', { memoryMb: 2048 }));
      await target.stage(plan);
      await call(plan.candidate);
      await target.discard(plan);
    });
    await step(async () => {
      bed.aws.alarms.alarms.set('p99', { AlarmName: 'p99', StateValue: 'OK' });
      const plan = await target.plan(requestWith('two', SCALED, { strategy: CANARY }));
      await target.stage(plan);
      return target.promote(plan);
    });
    await step(() => keep());
    await step(() => serve('two', { ...SCALED, warmUp: 'rate(1 hour)', throttleRate: 7 }));
    await step(() =>
      serve('two', { provisionedConcurrency: 0, api: 'function-url', apiAuthorization: 'none' }),
    );
    await step(() => serve('two', { api: 'function-url' }));
    await step(() => serve('two', { api: 'rest', apiAuthorization: 'none' }));
    await step(() => serve('two', { api: 'rest', apiPath: '/v1/score', throttleRate: 7 }));
    await step(() => serve('broken'));
    await step(() => target.logs(ENDPOINT, 10));
    await step(() => serve('two', { warmUp: 'rate(5 minutes)' }));
    await step(() => target.reap(ENDPOINT, null));
    await step(() => target.teardown(ENDPOINT));
  },
  rollback: async (step) => {
    await step(() => bed.target.rollback(ENDPOINT, null));
  },
  'smoke-target': async (step) => {
    await step(() => call(null));
    await step(async () => call((await bed.target.describe(ENDPOINT)).candidates[0]?.name ?? null));
    await step(() => bed.target.logs(ENDPOINT, 10));
    await step(async () => {
      const { live } = await bed.target.describe(ENDPOINT);
      return bed.target.markVerified(ENDPOINT, live?.version ?? '');
    });
  },
};

class Enough extends Error {}

async function run(role: LambdaPolicyName, until?: string): Promise<string> {
  const said: string[] = [];
  const all = () => [...said, bed.ports.log.text].join('\n');
  const step: Step = async (make) => {
    const made = await make().catch((error: unknown) => messageOf(error));
    said.push(JSON.stringify(made ?? ''));
    if (until !== undefined && all().includes(until)) throw new Enough();
  };
  await FLOWS[role](step).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
  return all();
}

/**
 * The evaluator knows no resource of API Gateway's version 2, and cannot tell an alias of Lambda from a version: there the
 * statements are compared by hand, which have no condition.
 */
async function allows(policy: Policy, asked: Asked): Promise<boolean> {
  const { action, resource } = asked.permission;
  const isUnknown = action.startsWith('apigateway:') || /:function:\w+:\w+$/.test(resource);
  if (!isUnknown) return isAllowed(policy, asked, ACCOUNT);
  return policy.Statement.some(
    ({ Action, Resource, Condition }) =>
      Condition === undefined &&
      [Action].flat().includes(action) &&
      [Resource].flat().some((pattern) => matchesGlob(resource, pattern)),
  );
}

/** `*` stands for anything, slashes too, as in IAM. */
function matchesGlob(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** The artifact store is asked by deploy-endpoint itself, for every target alike. */
const ofStore = (action: string) => action.startsWith('s3:');

describe.each(LAMBDA_ROLES)('Lambda 14: docs/iam/lambda/%s.json', (role) => {
  beforeEach(async () => {
    bed = await makeLambdaBed({}, { listen: 'beside' });
  });
  afterEach(() => bed.dispose());

  it('suffices for everything that the role does, and holds nothing else', async () => {
    await BEFORE[role]();
    bed.aws.calls.length = 0;
    const said = await run(role);
    expect(said).not.toContain('not authorized');
    const asked = askedBy(bed.aws.calls);
    const policy = readPolicy(`lambda/${role}`, NAMES);
    const denied: string[] = [];
    for (const one of asked) {
      if (bed.aws.neighbours.owns(one.permission.resource)) continue;
      // Who the caller is may be asked by everybody.
      if (one.permission.action === 'sts:GetCallerIdentity') continue;
      if (!(await allows(policy, one)))
        denied.push(`${one.permission.action} ${one.permission.resource} ${JSON.stringify(one.context)}`);
    }
    expect(denied).toEqual([]);
    const used = new Set(asked.map(({ permission }) => permission.action));
    expect(actionsOf(policy).filter((action) => !used.has(action) && !ofStore(action))).toEqual([]);
  });

  const actions = actionsOf(readPolicy(`lambda/${role}`)).filter((action) => !ofStore(action));
  it.each(triedOf(actions, EVERY))('without %s, what is said names it', async (removed) => {
    const left = actionsOf(without(readPolicy(`lambda/${role}`), removed));
    await BEFORE[role]();
    bed.ports.log.lines.length = 0;
    bed.aws.allows = ({ action }) => action.startsWith('sts:') || left.includes(action);
    const said = await run(role, removed);
    expect(said.includes(removed), said.slice(-3000)).toBe(true);
  });
});

describe('the policies', () => {
  const may = (policy: Policy, action: string, resource: string, context: Record<string, string> = {}) =>
    isAllowed(policy, { permission: { action, resource }, context }, ACCOUNT);
  const deploy = readPolicy('lambda/deploy');
  const lambda = (name: string) => `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${name}`;

  it('ask the artifact store as those for SageMaker do', () => {
    for (const role of ['deploy-plan', 'deploy'] as const) {
      const own = readPolicy(`lambda/${role}`).Statement.filter(({ Sid }) =>
        /Store|Bucket|Records/.test(Sid),
      );
      const other = readPolicy(role).Statement.filter(({ Sid }) => /Store|Bucket|Records/.test(Sid));
      expect(own).toEqual(other);
    }
  });

  it('reach one function, one role and one rule', async () => {
    const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const toLambda = { 'iam:PassedToService': 'lambda.amazonaws.com' };
    expect(await may(deploy, 'iam:PassRole', role('churn-function'), toLambda)).toBe(true);
    expect(await may(deploy, 'iam:PassRole', role('admin'), toLambda)).toBe(false);
    expect(await may(deploy, 'iam:PassRole', role('churn-function'))).toBe(false);
    expect(await may(deploy, 'lambda:DeleteFunction', lambda('payments'))).toBe(false);
    expect(await may(readPolicy('lambda/rollback'), 'lambda:UpdateFunctionCode', lambda('churn'))).toBe(
      false,
    );
    expect(await may(readPolicy('lambda/smoke-target'), 'lambda:UpdateAlias', lambda('churn'))).toBe(false);
    const rule = `arn:aws:events:eu-central-1:${ACCOUNT}:rule/other`;
    expect(await may(deploy, 'events:DeleteRule', rule)).toBe(false);
  });

  it('read only, where they are for planning', () => {
    const verbs = new Set(['GET']);
    const changing = actionsOf(readPolicy('lambda/deploy-plan')).filter((action) => {
      const name = action.split(':')[1] ?? '';
      return !isRead(name) && !verbs.has(name);
    });
    expect(changing).toEqual([]);
  });

  it('have no wildcard in an action, and in a resource only where AWS knows none', () => {
    for (const name of LAMBDA_ROLES)
      for (const { Action, Resource, Sid } of readPolicy(`lambda/${name}`).Statement) {
        expect([Action].flat().join()).not.toContain('*');
        if ([Resource].flat().includes('*'))
          expect(['ReadAccount', 'ReadAutoscaling', 'ReadMetrics']).toContain(Sid);
      }
  });

  it('let the function write its log, and Lambda alone take its role', async () => {
    const role = readPolicy('lambda/execution-role');
    const log = `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/aws/lambda/churn`;
    expect(await may(role, 'logs:CreateLogGroup', log)).toBe(true);
    expect(await may(role, 'logs:PutLogEvents', `${log}:log-stream:2026/01/02/[2]abc`)).toBe(true);
    expect(await may(role, 'logs:PutLogEvents', `${log}-other:log-stream:x`)).toBe(false);
    const permission = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/churn-function` };
    const trusts = (who: string, account: string) =>
      isTrusted(
        readPolicy('lambda/execution-role-trust'),
        who,
        { permission, context: { 'aws:SourceAccount': account } },
        ACCOUNT,
      );
    expect(await trusts('lambda.amazonaws.com', ACCOUNT)).toBe(true);
    expect(await trusts('lambda.amazonaws.com', '999999999999')).toBe(false);
    expect(await trusts('sagemaker.amazonaws.com', ACCOUNT)).toBe(false);
  });
});
