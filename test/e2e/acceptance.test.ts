/** The run that proves the claims on real AWS, on the fake: the script works, and tells a claim that does not hold. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { createSessionOpener } from '../../src/adapters/onnx/open-session.ts';
import { answerRequest } from '../../src/core/inference/serve.ts';
import type { ModelSession } from '../../src/core/model-session.ts';
import { Claims, tableOf } from '../acceptance/claims.ts';
import { proveRelease, proveTeardown, type Place } from '../acceptance/flow.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { MemoryLogger } from '../fakes/ports.ts';

const archive = (name: string) => join(root, 'model/releases', name, 'archive/model.onnx');
let aws: FakeAws;
let work: string;
let place: Place;
let sessions: ModelSession[];

beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-acceptance-'));
  for (const name of ['v1', 'v2']) {
    mkdirSync(join(work, 'models', name), { recursive: true });
    cpSync(archive(name), join(work, 'models', name, 'model.onnx'));
  }
  const openSession = createSessionOpener({
    moduleRoots: [root],
    exec: () => Promise.reject(new Error('starts nothing')),
    log: new MemoryLogger(),
  });
  const open = async (name: string) =>
    openSession(readFileSync(archive(name)), { label: name, runtime: 'auto' });
  sessions = [await open('v1'), await open('v2')];
  aws = await FakeAws.start({ perCall: { on: /:Describe/, milliseconds: 30_000 } });
  aws.addBucket('models', aws.world.region);
  const image = aws.pushImage('acceptance', 'v1');
  const urls: string[] = [];
  aws.container = async ({ model, body }) => {
    const url = model.spec.PrimaryContainer?.ModelDataUrl ?? '';
    if (!urls.includes(url)) urls.push(url);
    // The first archive that is asked is the first that was deployed.
    const session = sessions[urls.indexOf(url)];
    if (session === undefined) return { status: 500, body: 'no such model' };
    return { body: await answerRequest(session, Buffer.from(body).toString('utf8'), 'application/json') };
  };
  place = {
    endpoint: 'ml-deploy-acceptance',
    store: 's3://models/acceptance',
    executionRole: aws.addRole('execution'),
    repository: '',
    imageUri: image.uri.replace(/:v1$/, `@${image.digest}`),
    models: join(work, 'models'),
    code: '',
    instanceType: '',
    env: {
      ...aws.env,
      GITHUB_WORKSPACE: work,
      RUNNER_TEMP: join(work, 'temp'),
      ML_DEPLOY_POLL_SECONDS: '0',
    },
  };
});

afterEach(async () => {
  for (const session of sessions) await session.close();
  await aws.close();
  rmSync(work, { recursive: true, force: true });
});

test('proves every claim, and leaves nothing', async () => {
  const claims = new Claims();
  await proveRelease(place, claims);
  await proveTeardown(place, claims);
  expect(
    claims.all.map(({ standing, name, seen }) =>
      `${standing}: ${name.split(':')[0] ?? ''} ${standing === 'failed' ? seen : ''}`.trim(),
    ),
  ).toEqual([
    'proven: package-model puts archives into S3',
    'not tried: push-image',
    'proven: plan',
    'proven: deploy',
    'proven: smoke-test',
    'proven: no-op',
    'proven: stage and discard',
    'proven: update',
    'proven: rollback',
    'proven: teardown',
  ]);
  const { endpoints, configs, models } = aws.ours;
  expect([endpoints.size, configs.size, models.size]).toEqual([0, 0, 0]);
  expect(tableOf(claims.all, 'the fake')).toContain(
    '| rollback: the version before serves again | proven | outcome rolled-back',
  );
});

test('says which claim does not hold, and removes everything all the same', async () => {
  aws.plan({ outcome: { kind: 'failure', reason: 'no' }, on: 'update' });
  const claims = new Claims();
  await proveRelease(place, claims);
  await proveTeardown(place, claims);
  expect(claims.failed).toBe(true);
  expect(claims.all.filter(({ standing }) => standing === 'failed')).toEqual([
    { name: expect.stringMatching(/^update:/), standing: 'failed', seen: expect.stringContaining('rolled') },
  ]);
  expect(claims.all.at(-1)).toMatchObject({ name: expect.stringMatching(/^teardown:/), standing: 'proven' });
  expect(aws.ours.endpoints.size).toBe(0);
});
