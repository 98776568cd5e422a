/**
 * Proves on real AWS what the documentation claims: `node test/acceptance/main.ts prove`, `... decide` or `... teardown`, and
 * `... decide-lambda`. Everything comes from the environment, as .github/workflows/acceptance-aws.yml and
 * acceptance-lambda.yml set it. It costs money: little, and only while it runs.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { createAwsClients } from '../../src/clouds/aws/clients.ts';
import { currentCredentials } from '../../src/clouds/aws/credentials.ts';
import type { Account } from './account.ts';
import { Claims, tableOf } from './claims.ts';
import { proveRelease, proveTeardown, type Place } from './flow.ts';
import { LAMBDA_LOOKS, signedBy, type FunctionPlace } from './undecided-lambda.ts';
import { decideAll, UNDECIDED } from './undecided.ts';

/** What a step of a job has, and a step of ours wants. */
const HANDED_ON = /^(AWS_|GITHUB_|RUNNER_|ML_DEPLOY_|DOCKER_|HTTPS?_PROXY$|NO_PROXY$|NODE_EXTRA_CA_CERTS$)/;
/** These are the job's own: each of our steps has files of its own. */
const NOT_HANDED_ON = new Set(['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_STEP_SUMMARY']);

const command = process.argv[2] ?? '';
if (!['prove', 'decide', 'decide-lambda', 'teardown'].includes(command)) {
  console.error('node test/acceptance/main.ts prove|decide|decide-lambda|teardown');
  process.exit(2);
}
const claims = new Claims();
if (command === 'decide') await decideAll(UNDECIDED, accountOf(process.env), claims);
else if (command === 'decide-lambda') await decideAll(LAMBDA_LOOKS, functionOf(process.env), claims);
else await prove(placeOf(process.env));
report(claims);
process.exitCode = claims.failed ? 1 : 0;

async function prove(place: Place): Promise<void> {
  try {
    if (command === 'prove') await proveRelease(place, claims);
  } finally {
    await proveTeardown(place, claims);
  }
}

/** The endpoint serves, and is left as it was. */
function accountOf(env: NodeJS.ProcessEnv): Account {
  const { ACCEPTANCE_BUCKET: bucket = '', ACCEPTANCE_EXECUTION_ROLE: executionRole = '' } = env;
  if (bucket === '' || executionRole === '')
    throw new Error('Set ACCEPTANCE_BUCKET and ACCEPTANCE_EXECUTION_ROLE.');
  return {
    clients: createAwsClients({ region: env.AWS_REGION ?? null }),
    endpoint: env.ACCEPTANCE_ENDPOINT || 'ml-deploy-acceptance',
    executionRole,
    repository: env.ACCEPTANCE_REPOSITORY || 'ml-deploy-acceptance',
    bucket,
    prefix: 'acceptance/undecided',
    sociImage: env.ACCEPTANCE_SOCI_IMAGE ?? '',
    kmsKeyId: env.ACCEPTANCE_KMS_KEY_ID ?? '',
    sleep,
  };
}

/** Its live alias serves, and is left as it was. */
function functionOf(env: NodeJS.ProcessEnv): FunctionPlace {
  const { AWS_REGION: region = '', ACCEPTANCE_URL: url = '' } = env;
  const body = readFileSync(join(root, 'model', 'cases', 'one-row.json'));
  return {
    clients: createAwsClients({ region: region === '' ? null : region }),
    endpoint: env.ACCEPTANCE_ENDPOINT || 'ml-deploy-acceptance',
    url,
    body,
    sign: signedBy({ url, body, region, credentials: currentCredentials }),
    now: () => new Date(),
    sleep,
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function placeOf(env: NodeJS.ProcessEnv): Place {
  const missing = ['ACCEPTANCE_STORE', 'ACCEPTANCE_EXECUTION_ROLE', 'AWS_REGION'].filter(
    (name) => !env[name],
  );
  if (command === 'prove' && missing.length > 0) throw new Error(`Set ${missing.join(', ')}.`);
  const handedOn = Object.entries(env).filter(([name]) => HANDED_ON.test(name) && !NOT_HANDED_ON.has(name));
  return {
    endpoint: env.ACCEPTANCE_ENDPOINT || 'ml-deploy-acceptance',
    store: env.ACCEPTANCE_STORE ?? '',
    executionRole: env.ACCEPTANCE_EXECUTION_ROLE ?? '',
    repository: env.ACCEPTANCE_REPOSITORY || 'ml-deploy-acceptance',
    imageUri: env.ACCEPTANCE_IMAGE_URI ?? '',
    models: env.ACCEPTANCE_MODELS || join(root, 'model', 'build'),
    code: env.ACCEPTANCE_CODE ?? join(root, 'model', 'code'),
    instanceType: env.ACCEPTANCE_INSTANCE_TYPE ?? '',
    env: Object.fromEntries(handedOn.map(([name, value = '']) => [name, value])),
    onLine: (line) => console.log(line),
  };
}

function report({ all }: Claims): void {
  const folder = process.env.ACCEPTANCE_REPORT || join(root, 'build', 'acceptance');
  const {
    AWS_REGION: region = '',
    GITHUB_SHA: commit = '',
    ACCEPTANCE_INSTANCE_TYPE: type = '',
  } = process.env;
  const where = `AWS, ${region}, ${command === 'decide-lambda' ? 'Lambda' : type || 'serverless'}`;
  mkdirSync(folder, { recursive: true });
  const facts = {
    schema: 'ml-deploy/acceptance/v1',
    where,
    commit,
    at: new Date().toISOString(),
    claims: all,
  };
  writeFileSync(join(folder, 'claims.json'), `${JSON.stringify(facts, null, 2)}\n`);
  const table = tableOf(all, where);
  console.log(`\n${table}`);
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, table);
}
