/** docs/iam/package-model.json, evaluated over the requests that package-model makes. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { ACCOUNT, missingForS3, startS3Bed, type Permission, type S3Bed } from '../beds/s3-bed.ts';
import { BUCKET, modelFiles, packageModel, writeFiles } from './support.ts';

interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string;
  }[];
}

const missing = await missingForS3();
if (missing !== null) console.log(`docs/iam/package-model.json: ${missing}`);
const policy = JSON.parse(await readFile(join(root, 'docs/iam/package-model.json'), 'utf8')) as Policy;
const ACTIONS = policy.Statement.flatMap(({ Action }) => Action);
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';

async function isAllowed(by: Policy, { action, resource }: Permission): Promise<boolean> {
  const answer = await runSimulation(
    {
      identityPolicies: [{ name: 'own', policy: by }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // The bucket and the key leave it to the account's own policies.
      ...(action.startsWith('kms:') ? { resourcePolicy: keyPolicy() } : {}),
      request: {
        action,
        principal: `arn:aws:iam::${ACCOUNT}:user/ci`,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {},
      },
    },
    {},
  );
  if (answer.resultType === 'error')
    throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
  return answer.overallResult === 'Allowed';
}

function keyPolicy(): object {
  const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }],
  };
}

function without(action: string): Policy {
  const Statement = policy.Statement.map((s) => ({
    ...s,
    Action: [s.Action].flat().filter((a) => a !== action),
  }));
  return { ...policy, Statement: Statement.filter(({ Action }) => Action.length > 0) };
}

describe.skipIf(missing !== null)(`docs/iam/package-model.json ${missing ?? ''}`, () => {
  let bed: S3Bed;
  let workspace: string;

  beforeAll(async () => {
    bed = await startS3Bed();
    workspace = await mkdtemp(join(tmpdir(), 'package-iam-'));
    await writeFiles(join(workspace, 'm'), modelFiles(17));
  });
  afterAll(async () => {
    await bed.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  /** A whole life: an upload was cut off (or not), then it works, then it is reused; the group is made and found. */
  async function runs(by: Policy, { interrupted }: { readonly interrupted: boolean }) {
    bed.decide = () => Promise.resolve(true);
    await fetch(`${bed.url}/moto-api/reset`, { method: 'POST' });
    await fetch(`${bed.url}/${BUCKET}`, { method: 'PUT' });
    await writeFile(join(workspace, 'm', 'salt'), randomUUID());
    const inputs = { 'kms-key-id': KEY, tags: 'team=churn', 'model-package-group': 'churn' };
    if (interrupted) await killedRun(inputs);
    bed.asked.length = 0;
    bed.decide = (permission) => isAllowed(by, permission);
    const first = await packageModel(bed, workspace, inputs);
    return first.exitCode === 0 ? packageModel(bed, workspace, inputs) : first;
  }

  async function killedRun(inputs: Record<string, string>) {
    let pid = 0;
    bed.before = ({ query }) => {
      if (query.has('partNumber')) process.kill(pid, 'SIGKILL');
      return Promise.resolve();
    };
    await packageModel(bed, workspace, inputs, { onStart: (started) => void (pid = started) });
    bed.before = () => Promise.resolve();
  }

  it('suffices, and has nothing that is not asked for', async () => {
    const { exitCode, log, outputs } = await runs(policy, { interrupted: true });
    expect(exitCode, log).toBe(0);
    expect(outputs.reused).toBe('true');
    const asked = new Set(bed.asked.flatMap(({ permissions }) => permissions.map(({ action }) => action)));
    expect([...asked].sort()).toEqual([...ACTIONS].sort());
  });

  it.each(ACTIONS.map((action) => [action]))('names %s where it is missing', async (action) => {
    const { exitCode, error, log } = await runs(without(action), {
      interrupted: action === 's3:AbortMultipartUpload',
    });
    expect(exitCode, log).toBe(1);
    expect(error).toContain(action);
    expect(error).toContain('docs/iam/package-model.md');
  });
});
