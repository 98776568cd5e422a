/**
 * Follows the quick start of docs/lambda.md as far as it goes without AWS: sections 1 to 3 of docs/quick-start.md, its own
 * blocks in the place of others, sections 6 and 7 up to the push, and then what removes everything. IAM, STS, S3 and ECR are
 * moto's. What the push then does is test/conformance/workflows/lambda.conformance.test.ts.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { specs } from '../../../src/actions/specs.ts';
import { parseConfig } from '../../../src/core/config/config-file.ts';
import { blocksOf, readPage, type Block } from '../../contract/docs-pages.ts';
import { startMoto, whyNoAws, type Moto } from '../aws-fake/aws-bed.ts';
import { VENV } from '../beds/s3-bed.ts';
import { startGitHubSide, type GitHubSide } from './github-side.ts';
import { openGuideShell, type GuideShell } from './guide-shell.ts';

const missing = whyNoAws() ?? (spawnSync('jq', ['--version']).status === 0 ? null : 'jq is not installed');
if (missing !== null) console.log(`the quick start of Lambda is not followed: ${missing}`);

const [REGION, ACCOUNT] = ['eu-west-1', '444455556666'];
const shellOf = (page: string) => blocksOf(readPage(page)).filter(({ language }) => language === 'sh');
const own = shellOf('docs/lambda.md');
const general = (section: number) =>
  shellOf('docs/quick-start.md').filter(({ heading }) => heading.startsWith(`${section}. `));

/** What the page tells its reader to change, and the last line of the push, which nobody here watches. */
const CHANGED: Readonly<Record<string, string>> = {
  'export AWS_REGION=eu-central-1': `export AWS_REGION=${REGION}`,
  'REPOSITORY=acme/churn': 'REPOSITORY=olga/iris',
  'gh run watch --exit-status': '',
};

function asReader(block: Block): Block {
  const lines = block.text.split('\n').map((line) => CHANGED[line] ?? line);
  return { ...block, text: lines.join('\n') };
}

test('the page has its own blocks: policies, roles, configuration, removal', () => {
  expect(own.map(({ heading }) => heading)).toEqual(Array(4).fill('Quick start'));
  expect(general(3)).toHaveLength(3);
});

describe.skipIf(missing !== null)('the quick start of docs/lambda.md, followed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-lambda-guide-'));
  let moto: Moto;
  let github: GitHubSide;
  let shell: GuideShell;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    process.env.MOTO_ACCOUNT_ID = ACCOUNT;
    moto = await startMoto();
    delete process.env.MOTO_ACCOUNT_ID;
    github = await startGitHubSide(folder, {});
    const path = `${github.env.PATH?.split(':')[0] ?? ''}:${VENV}:${process.env.PATH ?? ''}`;
    env = {
      ...github.env,
      AWS_ENDPOINT_URL: moto.url,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      PATH: path,
    };
    shell = openGuideShell(folder, env);
  });
  afterAll(async () => {
    await github.close();
    await moto.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  let isStuck = false;
  beforeEach(({ skip }) => skip(isStuck, 'an earlier line of the page failed'));

  async function follow(...blocks: readonly (Block | undefined)[]): Promise<void> {
    isStuck = true;
    for (const block of blocks) {
      if (block === undefined) throw new Error('The page has no such block.');
      await shell.run(asReader(block));
    }
    isStuck = false;
  }

  const aws = (...args: string[]): unknown => {
    const printed = execFileSync(join(VENV, 'aws'), [...args, '--output', 'json'], {
      env: { ...process.env, ...env, AWS_DEFAULT_REGION: REGION },
      encoding: 'utf8',
    });
    return JSON.parse(printed || 'null');
  };
  const policyOf = (role: string, name: string): string => {
    const found = aws('iam', 'get-role-policy', '--role-name', role, '--policy-name', name);
    return JSON.stringify((found as { PolicyDocument: object }).PolicyDocument);
  };

  test('the roles have their policies, without a name of the examples, and within what a role may have', async () => {
    await follow(...general(1), ...general(2), ...general(3).slice(0, 2), own[0], own[1]);
    const names = ['package-model', 'push-image-ecr', 'deploy', 'smoke-target'];
    const policies = names.map((name) => policyOf('ml-deploy', name));
    const serve = policyOf('churn-function', 'serve');
    for (const policy of [...policies, serve])
      expect(policy).not.toMatch(/123456789012|eu-central-1|acme-models/);
    expect(policies.join()).toContain(`arn:aws:lambda:${REGION}:${ACCOUNT}:function:churn`);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (inline policies of a role)
    expect(policies.join('').length).toBeLessThan(10_240);
  });

  test('Lambda can pull from the repository', () => {
    const { policyText } = aws('ecr', 'get-repository-policy', '--repository-name', 'churn-serving') as {
      policyText: string;
    };
    expect(policyText).toContain('lambda.amazonaws.com');
    expect(policyText).toContain(`arn:aws:lambda:${REGION}:${ACCOUNT}:function:*`);
  });

  test('the configuration is taken, and is pushed with the workflows', async () => {
    await follow(own[2], ...general(6), general(7)[0]);
    const written = readFileSync(join(folder, 'quick-start/ml-deploy.yml'), 'utf8');
    expect(parseConfig(written, 'ml-deploy.yml', specs).environmentsOf(null)).toEqual(['dev']);
    expect(written).not.toContain('$ACCOUNT');
  });

  test('nothing is left', async () => {
    await follow(own[3]);
    expect(aws('iam', 'list-roles')).toMatchObject({ Roles: [] });
    expect(aws('ecr', 'describe-repositories')).toMatchObject({ repositories: [] });
    expect((aws('s3api', 'list-buckets') as { Buckets?: unknown[] } | null)?.Buckets ?? []).toEqual([]);
    expect(aws('iam', 'list-open-id-connect-providers')).toMatchObject({ OpenIDConnectProviderList: [] });
  });
});
