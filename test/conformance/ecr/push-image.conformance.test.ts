/** push-image to ECR, behind a proxy: moto's API and a real registry behind the host names of AWS, and a real Docker. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { mediaTypes } from '../../../src/core/image/manifest.ts';
import { missingForDocker, startDockerBed, type Client, type DockerBed } from '../beds/docker-bed.ts';
import {
  ACCOUNT,
  HOST,
  OTHER_HOST,
  missingForEcr,
  startEcrBed,
  type EcrBed,
  type Permission,
} from '../beds/ecr-bed.ts';
import { runAction } from '../beds/run-action.ts';

const missing = (await missingForEcr()) ?? (await missingForDocker());
if (missing !== null) console.log(`push-image to ECR: ${missing}`);

/** The name in docs/iam/push-image-ecr.json. */
const REPOSITORY = 'churn-serving';
const DOCKERFILE = `FROM scratch
COPY busybox /bin/busybox
COPY seed /seed
RUN ["/bin/busybox", "sh", "-c", "echo built > /built"]
ENTRYPOINT ["/bin/busybox", "cat", "/built"]
`;

interface Policy {
  readonly Version: string;
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

describe.skipIf(missing !== null)(`push-image to ECR, behind a proxy ${missing ?? ''}`, () => {
  let ecr: EcrBed;
  let docker: DockerBed;
  let client: Client;
  let workspace: string;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    ecr = await startEcrBed();
    stops.push(() => ecr.stop());
    docker = await startDockerBed(ecr.daemonEnv);
    stops.push(() => docker.stop());
    const found = docker.clients.find(({ title }) => title.includes('classic')) ?? docker.clients[0];
    if (found === undefined) throw new Error('the bed has no client');
    client = found;
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'push-image-ecr-'));
    await copyFile(docker.busybox, join(workspace, 'busybox'));
    await writeFile(join(workspace, 'seed'), String(Math.random()));
    await writeFile(join(workspace, 'Dockerfile'), DOCKERFILE);
    ecr.allow(() => Promise.resolve(true));
    ecr.asked.length = 0;
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const push = (inputs: Record<string, string> = {}, env: Record<string, string> = {}) =>
    runAction(
      'push-image',
      { repository: REPOSITORY, 'build-network': 'host', ...inputs },
      { workspace, env: { ...client.env, ...ecr.env, ...env } },
    );
  const forget = () => ecr.ecr('DeleteRepository', { repositoryName: REPOSITORY, force: true });

  it('says what to do where the repository is missing, before it builds', async () => {
    const done = await push({ repository: 'acme/missing' });
    expect(done.exitCode).toBe(1);
    expect(done.error).toMatch(/no ECR repository "acme\/missing" in the account 123456789012/);
    expect(done.log).not.toContain('Building with');
  });

  it('makes the repository on request, pushes, reads back and runs; a re-run pushes nothing', async () => {
    const inputs = { 'create-repository': 'true', 'image-tags': 'v1', tags: 'team=churn' };
    const first = await push(inputs);
    expect(first.exitCode, first.log).toBe(0);
    const repository = `${HOST}/${REPOSITORY}`;
    expect(first.outputs).toMatchObject({
      repository,
      'media-type': mediaTypes.dockerManifest,
      'image-uri': `${repository}@${first.outputs['image-digest']}`,
      reused: 'false',
    });
    const uri = first.outputs['image-uri'] ?? '';
    expect(await docker.docker(client, ['run', '--rm', '--network', 'host', uri])).toBe('built');

    const described = await ecr.ecr('DescribeRepositories', { repositoryNames: [REPOSITORY] });
    expect(described.repositories).toMatchObject([
      { imageTagMutability: 'IMMUTABLE', imageScanningConfiguration: { scanOnPush: true } },
    ]);
    const { lifecyclePolicyText } = await ecr.ecr('GetLifecyclePolicy', { repositoryName: REPOSITORY });
    expect(String(lifecyclePolicyText)).toContain('deployed-');
    const resourceArn = `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${REPOSITORY}`;
    const { tags } = await ecr.ecr('ListTagsForResource', { resourceArn });
    expect(tags).toEqual(
      expect.arrayContaining([
        { Key: 'ml-deploy:repository', Value: 'acme/churn' },
        { Key: 'team', Value: 'churn' },
      ]),
    );

    const pushes = ecr.pushes();
    const second = await push(inputs);
    expect(second.exitCode, second.log).toBe(0);
    expect(second.outputs).toEqual({ ...first.outputs, reused: 'true' });
    expect(ecr.pushes()).toBe(pushes);

    await writeFile(join(workspace, 'seed'), 'another');
    const moved = await push(inputs);
    expect(moved.exitCode).toBe(1);
    expect(moved.error).toMatch(
      /image-tags: "v1" is the image sha256:.* already, and the tags .* are immutable/,
    );
  });

  it('asked for everything through the proxy, and left no login and no secret behind', async () => {
    const { log, exitCode } = await push({ 'create-repository': 'true' });
    expect(exitCode, log).toBe(0);
    expect(new Set(ecr.proxy.hosts)).toEqual(
      new Set([
        'sts.eu-central-1.amazonaws.com:443',
        'api.ecr.eu-central-1.amazonaws.com:443',
        `${HOST}:443`,
      ]),
    );
    const shown = log.replace(/^::add-mask::.*$/gm, '');
    for (const secret of ['auth-token', 'secret-access-key', 'proxy-password']) {
      expect(shown).not.toContain(secret);
    }
    const config = await readFile(join(client.env.DOCKER_CONFIG ?? '', 'config.json'), 'utf8');
    expect(config).not.toContain(HOST);
  });

  it('takes a whole URI, and another account’s registry', async () => {
    const whole = await push({ repository: `${HOST}/${REPOSITORY}`, 'create-repository': 'true' });
    expect(whole.exitCode, whole.log).toBe(0);
    const other = await push({ repository: REPOSITORY, registry: OTHER_HOST });
    expect(other.exitCode, other.log).toBe(0);
    expect(other.outputs['image-uri']).toMatch(`${OTHER_HOST}/${REPOSITORY}@sha256:`);
    expect(ecr.proxy.hosts).toContain(`${OTHER_HOST}:443`);
  });

  it('waits for the scan, reports it, and blocks above a level', async () => {
    ecr.delayScan(1);
    const reported = await push({ 'create-repository': 'true', scan: 'report' });
    expect(reported.exitCode, reported.log).toBe(0);
    expect(reported.log).toMatch(/There is no scan yet[^]*Scan: IN_PROGRESS: on it[^]*Scan: COMPLETE/);
    expect(reported.outputs['scan-findings']).toBe('{"HIGH":1}');
    expect(reported.summary).toMatch(/\| HIGH \|[^]*CVE\\-9999\\-9999.*moto_fake 9\.9\.9/);
    const blocked = await push({ scan: 'block', 'scan-severity': 'HIGH' });
    expect(blocked.exitCode).toBe(1);
    expect(blocked.error).toMatch(/found 1 vulnerability of the severity HIGH or worse/);
    expect(blocked.outputs['image-uri']).toBe('');
  });

  it('says which credentials are missing', async () => {
    const none = {
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: workspace,
    };
    const done = await push({}, none);
    expect(done.error).toMatch(/no AWS credentials\. .*configure-aws-credentials/);
  });

  describe('with the permissions of docs/iam/push-image-ecr.json', () => {
    // For Lambda, which alone needs a policy on the repository.
    const everything = {
      'create-repository': 'true',
      scan: 'report',
      'image-tags': 'v1',
      'for-target': 'lambda',
    };
    let policy: Policy;
    beforeAll(async () => {
      policy = JSON.parse(await readFile(join(root, 'docs/iam/push-image-ecr.json'), 'utf8')) as Policy;
    });
    beforeEach(forget);

    it('everything works', async () => {
      ecr.allow((permission) => isAllowed(policy, permission));
      const done = await push(everything);
      expect(done.exitCode, done.log).toBe(0);
      const used = new Set(ecr.asked.map(({ action }) => action));
      expect(actionsOf(policy).filter((action) => !used.has(action))).toEqual([]);
    });

    it('and without any one of them, the run fails and names it', async () => {
      for (const action of actionsOf(policy)) {
        await forget();
        await writeFile(join(workspace, 'seed'), action);
        ecr.allow((permission) => isAllowed(without(policy, action), permission));
        const done = await push(everything);
        expect(done.exitCode, `without ${action}:\n${done.log}`).toBe(1);
        expect(done.error).toContain(action);
        console.log(`without ${action}: ${done.error.split('\n')[0]}`);
      }
    });
  });
});

function actionsOf({ Statement }: Policy): string[] {
  return Statement.flatMap(({ Action }) => Action);
}

function without(policy: Policy, action: string): Policy {
  const Statement = policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((name) => name !== action),
  })).filter(({ Action }) => Action.length > 0);
  return { ...policy, Statement };
}

async function isAllowed(policy: Policy, { action, resource }: Permission): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:user/ci`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'push-image-ecr', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}
