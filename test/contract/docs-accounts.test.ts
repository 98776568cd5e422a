/** The policies of docs/accounts.md, evaluated together with those of docs/iam: two accounts have to agree. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { blocksOf, readPage } from './docs-pages.ts';

const OWNER = '111111111111';
const STAGING = '222222222222';
const OBJECT = 'arn:aws:s3:::acme-models/churn/models/x/model.tar.gz';
const BUCKET = 'arn:aws:s3:::acme-models';
const REPOSITORY = `arn:aws:ecr:eu-central-1:${OWNER}:repository/churn-serving`;

const [bucketPolicy, repositoryPolicy] = blocksOf(readPage('docs/accounts.md'))
  .filter(({ language }) => language === 'json')
  .map(({ text }) => JSON.parse(text) as { Statement: object[] });

/** A policy of docs/iam as staging has it, with the repository where it lies. */
function policyOf(name: string): object {
  const text = readFileSync(join(root, `docs/iam/${name}.json`), 'utf8');
  const own = text.replaceAll('123456789012', STAGING);
  return JSON.parse(own.replaceAll(`${STAGING}:repository/`, `${OWNER}:repository/`)) as object;
}

interface Ask {
  readonly role: string;
  /** Of docs/iam; null for somebody whose own account allows everything. */
  readonly policy: string | null;
  readonly action: string;
  readonly resource: string;
}

async function isAllowed({ role, policy, action, resource }: Ask): Promise<boolean> {
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const isImage = resource === REPOSITORY;
  // A repository's policy is about the repository; the evaluator wants that said.
  const resourcePolicy = isImage
    ? {
        ...repositoryPolicy,
        Statement: (repositoryPolicy?.Statement ?? []).map((each) => ({ ...each, Resource: '*' })),
      }
    : bucketPolicy;
  const answer = await runSimulation(
    {
      identityPolicies: [{ name: 'own', policy: policy === null ? everything : policyOf(policy) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy,
      request: {
        action,
        principal: `arn:aws:iam::${role}`,
        resource: { resource, accountId: OWNER },
        contextVariables: {},
      },
    },
    {},
  );
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === 'Allowed';
}

const job = { role: `${STAGING}:role/ml-deploy`, policy: 'deploy' };
const model = { role: `${STAGING}:role/sagemaker-churn`, policy: 'execution-role' };
const stranger = { role: '999999999999:role/ml-deploy', policy: null };
const neighbour = { role: `${STAGING}:role/somebody`, policy: null };

describe('a role of another account', () => {
  test.each([
    ['job', { ...job, action: 's3:GetObject', resource: OBJECT }],
    ['job', { ...job, action: 's3:PutObject', resource: 'arn:aws:s3:::acme-models/churn/releases/x.json' }],
    ['job', { ...job, action: 's3:ListBucket', resource: BUCKET }],
    ['model', { ...model, action: 's3:GetObject', resource: OBJECT }],
    ['model', { ...model, action: 's3:ListBucket', resource: BUCKET }],
    ['job', { ...job, action: 'ecr:BatchGetImage', resource: REPOSITORY }],
    ['model', { ...model, action: 'ecr:BatchGetImage', resource: REPOSITORY }],
    ['model', { ...model, action: 'ecr:GetDownloadUrlForLayer', resource: REPOSITORY }],
    ['model', { ...model, action: 'ecr:BatchCheckLayerAvailability', resource: REPOSITORY }],
  ])('of the %s may: %o', async (_, ask) => {
    expect(await isAllowed(ask)).toBe(true);
  });

  test.each([
    ['the model may not write', { ...model, policy: null, action: 's3:PutObject', resource: OBJECT }],
    ['the job may not delete', { ...job, policy: null, action: 's3:DeleteObject', resource: OBJECT }],
    ['somebody else there may not read', { ...neighbour, action: 's3:GetObject', resource: OBJECT }],
    ['a stranger may not read', { ...stranger, action: 's3:GetObject', resource: OBJECT }],
    ['a stranger may not pull', { ...stranger, action: 'ecr:BatchGetImage', resource: REPOSITORY }],
    ['nobody there may push', { ...job, policy: null, action: 'ecr:PutImage', resource: REPOSITORY }],
  ])('%s', async (_, ask) => {
    expect(await isAllowed(ask)).toBe(false);
  });
});
