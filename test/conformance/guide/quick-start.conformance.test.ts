/**
 * Follows docs/quick-start.md: every shell block of it, in its order, in one shell, with nothing left out and nothing added.
 * Where a line fails, the test fails with that line of the page. AWS and GitHub are stand-ins: aws-side.ts, github-side.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blocksOf, readPage, type Block } from '../../contract/docs-pages.ts';
import { askedBy, isAllowed, type Policy } from '../../unit/docs/iam-policies.ts';
import { whyNoAws } from '../aws-fake/aws-bed.ts';
import { VENV } from '../beds/s3-bed.ts';
import { python, whyNoPython } from '../python/python-bed.ts';
import { missingAct } from '../workflows/act.ts';
import { ACCOUNT, IMAGE, REGION, startAwsSide, type AwsSide } from './aws-side.ts';
import { OWNER_ID, RELEASE, REPOSITORY_ID, startGitHubSide, type GitHubSide } from './github-side.ts';
import { openGuideShell, type GuideShell } from './guide-shell.ts';

const missing =
  whyNoAws() ??
  whyNoPython() ??
  missingAct() ??
  (spawnSync('jq', ['--version']).status === 0 ? null : 'jq is not installed');
if (missing !== null) console.log(`the guide is not followed: ${missing}`);

const PAGE = 'docs/quick-start.md';
const shellBlocks = blocksOf(readPage(PAGE)).filter(({ language }) => language === 'sh');
const sections = [...new Set(shellBlocks.map(({ heading }) => heading))];

/** What the page tells its reader to change. */
const CHANGED: Readonly<Record<string, string>> = {
  'export AWS_REGION=eu-central-1': `export AWS_REGION=${REGION}`,
  'REPOSITORY=acme/churn': 'REPOSITORY=olga/iris',
};

function asReader(block: Block): Block {
  const lines = block.text.split('\n').map((line) => CHANGED[line] ?? line);
  return { ...block, text: lines.join('\n') };
}

test('the page has blocks for a shell, and the lines that are to be changed', () => {
  expect(shellBlocks.length).toBeGreaterThan(10);
  const lines = shellBlocks.flatMap(({ text }) => text.split('\n'));
  for (const line of Object.keys(CHANGED)) expect(lines.filter((other) => other === line)).toHaveLength(1);
});

describe.skipIf(missing !== null)('docs/quick-start.md, followed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-guide-'));
  let aws: AwsSide;
  let github: GitHubSide;
  let shell: GuideShell;
  /** What each section printed. */
  const said = new Map<string, string>();

  beforeAll(async () => {
    aws = await startAwsSide(folder);
    const jobs = {
      ...aws.env,
      ML_DEPLOY_BED_AWS: join(VENV, 'aws'),
      ML_DEPLOY_BED_PYTHON: python,
      ML_DEPLOY_POLL_SECONDS: '0.05',
    };
    github = await startGitHubSide(folder, jobs);
    const path = `${github.env.PATH?.split(':')[0] ?? ''}:${VENV}:${process.env.PATH ?? ''}`;
    shell = openGuideShell(folder, { ...aws.env, ...aws.credentials, ...github.env, PATH: path });
  });
  afterAll(async () => {
    await github.close();
    await aws.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Set by the first line that failed: what comes after it would fail for its sake only. */
  let isStuck = false;
  beforeEach(({ skip }) => skip(isStuck, 'an earlier line of the page failed'));

  async function follow(section: string): Promise<string> {
    isStuck = true;
    let printed = '';
    for (const block of shellBlocks.filter(({ heading }) => heading === section)) {
      printed += await shell.run(asReader(block));
    }
    said.set(section, printed);
    isStuck = false;
    return printed;
  }

  const [last = ''] = sections.slice(-1);
  test.each(sections.slice(0, -1))('%s', async (section) => {
    await follow(section);
  });

  test('the first push trained, packed, staged, compared and promoted the model', () => {
    const [run] = github.runs;
    expect(run?.jobs).toEqual({ train: true, prepare: true, release: true });
    // Without what Markdown wants before signs of its own.
    const printed = (said.get('7. The first push') ?? '').replaceAll(/\\(?=[^\w\s])/g, '');
    const shown = blocksOf(readPage(PAGE)).filter(({ language }) => language === 'text');
    const pieces = shown.flatMap(({ text }) => text.split(/…|\n/)).filter((piece) => piece.length > 3);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.filter((piece) => !printed.includes(piece))).toEqual([]);
    expect(said.get('7. The first push')).toMatch(/"predictions": \[0\]/);
  });

  test('the second push made another version, and the rollback brought the first one back', () => {
    const [first] = versionsIn(said.get('7. The first push'));
    expect(github.runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(versionsIn(said.get('8. A second version, and a rollback'))).toEqual([first]);
    const updates = aws.aws.calls.filter(({ name }) => name === 'sagemaker:UpdateEndpoint');
    expect(updates).toHaveLength(2);
  });

  test('a pull request is checked on the runner, with the same file and no credentials', async () => {
    const run = await github.pullRequest();
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, verify: true });
    expect(run.log).toContain('429 values');
  });

  test('the role is for jobs of one release’s workflows, of this repository, on main, and for nobody else', async () => {
    const { Role } = aws.cli(...['iam', 'get-role', '--role-name', 'ml-deploy']) as {
      Role: { AssumeRolePolicyDocument: { Statement: object[] } };
    };
    const provider = 'token.actions.githubusercontent.com';
    // B9: both forms, since an older repository has the one without numbers.
    const subjects = [
      `repo:olga@${OWNER_ID}/iris@${REPOSITORY_ID}:ref:refs/heads/main`,
      'repo:olga/iris:ref:refs/heads/main',
    ];
    expect(Role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${provider}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        // Equal, and not alike: without a wildcard there is nothing to be clever about.
        Condition: {
          StringEquals: {
            [`${provider}:aud`]: 'sts.amazonaws.com',
            [`${provider}:sub`]: subjects,
            [`${provider}:job_workflow_ref`]: [
              `org/ml-deploy/.github/workflows/deploy.yml@refs/tags/${RELEASE}`,
              `org/ml-deploy/.github/workflows/rollback.yml@refs/tags/${RELEASE}`,
              'olga/iris/.github/workflows/teardown.yml@refs/heads/main',
            ],
          },
        },
      },
    ]);
    const { Url, ClientIDList } = aws.cli(
      ...['iam', 'get-open-id-connect-provider', '--open-id-connect-provider-arn'],
      `arn:aws:iam::${ACCOUNT}:oidc-provider/${provider}`,
    ) as { Url: string; ClientIDList: string[] };
    expect({ Url, ClientIDList }).toEqual({ Url: provider, ClientIDList: ['sts.amazonaws.com'] });
  });

  test('its policies suffice for everything that the jobs asked SageMaker and its neighbours for', async () => {
    const denied: string[] = [];
    const policies = ['package-model', 'deploy', 'smoke-target'].map((name) => rolePolicy('ml-deploy', name));
    const policy = {
      Version: '2012-10-17',
      Statement: policies.flatMap(({ Statement: statements }) => statements),
    };
    for (const asked of askedBy(aws.aws.calls)) {
      // Looks at AWS's own image are refused, here as there; the plan says so.
      if (asked.permission.resource.includes(`:${IMAGE.account}:`)) continue;
      // Other people's things may be denied: what cannot be looked at is left alone.
      if (aws.aws.neighbours.owns(asked.permission.resource)) continue;
      if (await isAllowed(policy, asked, ACCOUNT)) continue;
      denied.push(`${asked.permission.action} ${asked.permission.resource}`);
    }
    expect(denied).toEqual([]);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (inline policies of a role)
    const size = policies.map((one) => JSON.stringify(one).length).reduce((sum, length) => sum + length);
    expect(size).toBeLessThan(10_240);
  });

  function rolePolicy(role: string, name: string): Policy {
    const found = aws.cli(...['iam', 'get-role-policy', '--role-name', role, '--policy-name', name]) as {
      PolicyDocument: Policy;
    };
    expect(JSON.stringify(found.PolicyDocument)).not.toMatch(/123456789012|eu-central-1|acme-models/);
    return found.PolicyDocument;
  }

  test(`${last}: nothing is left`, async () => {
    await follow(last);
    expect(aws.aws.ours.endpoints.size).toBe(0);
    expect(aws.aws.ours.configs.size).toBe(0);
    expect(aws.aws.ours.models.size).toBe(0);
    const roles = aws.cli('iam', 'list-roles') as { Roles: { RoleName: string }[] };
    expect(roles.Roles.map(({ RoleName }) => RoleName)).toEqual([]);
    expect((aws.cli('s3api', 'list-buckets') as { Buckets?: unknown[] }).Buckets ?? []).toEqual([]);
    const providers = aws.cli('iam', 'list-open-id-connect-providers') as {
      OpenIDConnectProviderList: unknown[];
    };
    expect(providers.OpenIDConnectProviderList).toEqual([]);
  });
});

/** Names of endpoint configs that the AWS CLI printed by themselves. */
function versionsIn(printed = ''): string[] {
  return [...printed.matchAll(/^"(churn-[0-9a-f]{16})"$/gm)].map(([, version = '']) => version);
}
