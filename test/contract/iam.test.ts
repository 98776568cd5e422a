/**
 * The policies of docs/iam, evaluated by a real policy evaluator over everything that the flows ask for. The fake knows
 * which permissions a call needs, by AWS's service authorization reference; it is not AWS.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FRAMEWORKS } from '../../src/platforms/sagemaker/serving-images-data.ts';
import { isRead } from '../fakes/aws/calls.ts';
import type { SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { triedOf } from '../share.ts';
import { ACCOUNT, BEFORE, iamBed, NAMES, runFlow } from '../unit/docs/iam-flows.ts';
import {
  actionsOf,
  askedBy,
  isAllowed,
  isTrusted,
  readPolicy,
  ROLES,
  without,
  type PolicyName,
} from '../unit/docs/iam-policies.ts';

/** `npm test` takes one of so many permissions of each role away, `npm run test:faults` each of them. */
const EVERY = 15;

let bed: SageMakerBed;

describe.each(ROLES)('docs/iam/%s.json', (role) => {
  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKEFAKEFAKEFAKE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake-secret');
    bed = await iamBed();
  });

  afterEach(async () => {
    await bed.dispose();
    vi.unstubAllEnvs();
  });

  it('suffices for everything that the role does, and holds nothing else', async () => {
    await BEFORE[role](bed);
    bed.aws.calls.length = 0;
    const said = await runFlow(role, bed);
    expect(said).not.toContain('not authorized');
    const asked = askedBy(bed.aws.calls);
    expect(asked.length).toBeGreaterThan(0);
    const policy = readPolicy(role, NAMES);
    const denied: string[] = [];
    for (const one of asked) {
      // What is others' may not be looked at, and everything went well without.
      if (bed.aws.neighbours.owns(one.permission.resource)) continue;
      if (await isAllowed(policy, one, ACCOUNT)) continue;
      denied.push(`${one.permission.action} ${one.permission.resource} ${JSON.stringify(one.context)}`);
    }
    expect(denied).toEqual([]);
    const used = new Set(asked.map(({ permission }) => permission.action));
    expect(actionsOf(policy).filter((action) => !used.has(action))).toEqual([]);
  });

  it.each(triedOf(actionsOf(readPolicy(role)), EVERY))(
    'without %s, what is said names it',
    async (removed) => {
      const left = actionsOf(without(readPolicy(role), removed));
      expect(left).not.toContain(removed);
      await BEFORE[role](bed);
      bed.aws.calls.length = 0;
      bed.ports.log.lines.length = 0;
      bed.aws.allows = ({ action }) => left.includes(action);
      const said = await runFlow(role, bed, removed);
      expect(said.includes(removed), said.slice(0, 5000)).toBe(true);
    },
  );
});

describe('the policies', () => {
  const ask = (role: PolicyName, action: string, resource: string, context: Record<string, string> = {}) =>
    isAllowed(readPolicy(role), { permission: { action, resource }, context }, ACCOUNT);
  const sageMaker = (rest: string) => `arn:aws:sagemaker:eu-central-1:${ACCOUNT}:${rest}`;
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const toSageMaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };

  it('pass the execution role, to SageMaker, and nothing else', async () => {
    expect(await ask('deploy', 'iam:PassRole', role('sagemaker-churn'), toSageMaker)).toBe(true);
    expect(await ask('deploy', 'iam:PassRole', role('admin'), toSageMaker)).toBe(false);
    const toLambda = { 'iam:PassedToService': 'lambda.amazonaws.com' };
    expect(await ask('deploy', 'iam:PassRole', role('sagemaker-churn'), toLambda)).toBe(false);
    expect(await ask('deploy', 'iam:PassRole', role('sagemaker-churn'))).toBe(false);
    for (const other of ROLES.filter((name) => name !== 'deploy')) {
      expect(await ask(other, 'iam:PassRole', role('sagemaker-churn'), toSageMaker)).toBe(false);
    }
  });

  it.each([
    ['deploy', 'sagemaker:UpdateEndpoint', 'endpoint/payments'],
    ['deploy', 'sagemaker:DeleteEndpoint', 'endpoint/churn-prod'],
    ['deploy', 'sagemaker:DeleteModel', 'model/payments-0123456789abcdef'],
    ['rollback', 'sagemaker:UpdateEndpoint', 'endpoint/payments'],
    ['rollback', 'sagemaker:DeleteEndpoint', 'endpoint/churn'],
    ['rollback', 'sagemaker:CreateModel', 'model/churn-0123456789abcdef'],
    ['smoke', 'sagemaker:InvokeEndpoint', 'endpoint/payments'],
    ['smoke', 'sagemaker:DescribeEndpoint', 'endpoint/churn'],
    ['smoke-target', 'sagemaker:UpdateEndpoint', 'endpoint/churn'],
    ['deploy-plan', 'sagemaker:InvokeEndpoint', 'endpoint/churn'],
  ] as const)('%s may not %s on %s', async (policy, action, resource) => {
    expect(await ask(policy, action, sageMaker(resource))).toBe(false);
  });

  it('scale SageMaker only', async () => {
    const action = 'application-autoscaling:RegisterScalableTarget';
    const resource = `arn:aws:application-autoscaling:eu-central-1:${ACCOUNT}:scalable-target/x`;
    const of = (namespace: string) => ({ 'application-autoscaling:service-namespace': namespace });
    expect(await ask('deploy', action, resource, of('sagemaker'))).toBe(true);
    expect(await ask('deploy', action, resource, of('dynamodb'))).toBe(false);
  });

  it('read only, where they are for planning', () => {
    const changing = actionsOf(readPolicy('deploy-plan')).filter(
      (action) => !isRead(action.split(':')[1] ?? ''),
    );
    expect(changing).toEqual([]);
  });

  it.each(['deploy', 'deploy-plan'] as const)(
    'A2 %s.json lets a plan look at each serving image of AWS’s',
    async (policy) => {
      const region = 'eu-central-1';
      for (const { accounts, versions } of Object.values(FRAMEWORKS)) {
        for (const { repository } of Object.values(versions).flatMap((images) => Object.values(images))) {
          const resource = `arn:aws:ecr:${region}:${accounts[region] ?? ''}:repository/${repository}`;
          expect(await ask(policy, 'ecr:BatchGetImage', resource), resource).toBe(true);
          expect(await ask(policy, 'ecr:PutImage', resource), resource).toBe(false);
        }
      }
    },
  );

  it('have no wildcard in an action, and in a resource only where AWS knows none', () => {
    for (const name of ROLES) {
      for (const { Action, Resource, Sid } of readPolicy(name).Statement) {
        expect([Action].flat().join()).not.toContain('*');
        if ([Resource].flat().includes('*')) {
          expect(['ReadLists', 'ReadAutoscaling', 'ReadQuotas', 'ReadMetrics', 'ReadAlarms']).toContain(Sid);
        }
      }
    }
  });
});

/**
 * What SageMaker asks for as the execution role, for a container that is hosted.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (CreateModel: execution role permissions)
 */
describe('docs/iam/execution-role.json', () => {
  const bucket = 'arn:aws:s3:::acme-models';
  const repository = `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/churn-serving`;
  const log = (endpoint: string, rest = '') =>
    `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:/aws/sagemaker/Endpoints/${endpoint}:${rest}`;
  const metrics = { 'cloudwatch:namespace': 'AWS/SageMaker' };
  type Context = Readonly<Record<string, string>>;
  const needs: [action: string, resource: string, context: Context][] = [
    ['s3:GetObject', `${bucket}/churn/models/${'a'.repeat(64)}/model.tar.gz`, {}],
    ['s3:ListBucket', bucket, {}],
    ['ecr:GetAuthorizationToken', '*', {}],
    ['ecr:BatchCheckLayerAvailability', repository, {}],
    ['ecr:GetDownloadUrlForLayer', repository, {}],
    ['ecr:BatchGetImage', repository, {}],
    ['logs:CreateLogGroup', log('churn'), {}],
    ['logs:CreateLogStream', log('churn', 'log-stream:main/i-1'), {}],
    ['logs:PutLogEvents', log('churn-c-01234567', 'log-stream:main/i-1'), {}],
    ['logs:DescribeLogStreams', log('churn', 'log-stream:'), {}],
    ['cloudwatch:PutMetricData', '*', metrics],
    ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': '/aws/sagemaker/Endpoints' }],
    [
      'cloudwatch:DescribeAlarms',
      `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:ml-deploy-bake-churn.main.x.errors`,
      {},
    ],
  ];
  const policy = readPolicy('execution-role');
  const may = (own: typeof policy, action: string, resource: string, context: Context) =>
    isAllowed(own, { permission: { action, resource }, context }, ACCOUNT);

  it.each(needs)('allows %s on %s, by that action alone', async (action, resource, context) => {
    expect(await may(policy, action, resource, context)).toBe(true);
    expect(await may(without(policy, action), action, resource, context)).toBe(false);
  });

  it('holds nothing else', () => {
    expect(actionsOf(policy)).toEqual([...new Set(needs.map(([action]) => action))].toSorted());
  });

  it.each<[string, string, Context]>([
    ['s3:GetObject', `${bucket}/payments/models/a/model.tar.gz`, {}],
    ['s3:GetObject', 'arn:aws:s3:::other/churn/model.tar.gz', {}],
    ['s3:PutObject', `${bucket}/churn/models/a/model.tar.gz`, {}],
    ['ecr:BatchGetImage', repository.replace('churn-serving', 'payments'), {}],
    ['ecr:PutImage', repository, {}],
    ['logs:PutLogEvents', log('payments', 'log-stream:main/i-1'), {}],
    ['logs:GetLogEvents', log('churn', 'log-stream:main/i-1'), {}],
    ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'AWS/Lambda' }],
    [
      'cloudwatch:SetAlarmState',
      `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:ml-deploy-bake-churn.main.x.errors`,
      {},
    ],
    ['sagemaker:UpdateEndpoint', `arn:aws:sagemaker:eu-central-1:${ACCOUNT}:endpoint/churn`, {}],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/sagemaker-churn`, {}],
  ])('does not allow %s on %s', async (action, resource, context) => {
    expect(await may(policy, action, resource, context)).toBe(false);
  });

  it('may be taken by SageMaker, for this account, and by nobody else', async () => {
    const trust = readPolicy('execution-role-trust');
    const permission = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/sagemaker-churn` };
    const trusts = (who: string, account: string) =>
      isTrusted(trust, who, { permission, context: { 'aws:SourceAccount': account } }, ACCOUNT);
    expect(await trusts('sagemaker.amazonaws.com', ACCOUNT)).toBe(true);
    expect(await trusts('sagemaker.amazonaws.com', '999999999999')).toBe(false);
    expect(await trusts('lambda.amazonaws.com', ACCOUNT)).toBe(false);
    expect(await trusts(`arn:aws:iam::${ACCOUNT}:role/deployer`, ACCOUNT)).toBe(false);
  });
});
