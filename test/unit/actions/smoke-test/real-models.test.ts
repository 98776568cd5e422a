/** The releases of model/, as they are served, against the references that they name. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { answerOf } from '../../../../src/core/inference/answer.ts';
import { feedsOfInstances } from '../../../../src/core/inference/instances.ts';
import type { ModelSession } from '../../../../src/core/model-session.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { candidateInfo, FakeTarget, versionInfo } from './fake-target.ts';
import { invokerOf, makeScene, storeUrl, type FakeInvoker } from './scene.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const RELEASES = join(ROOT, 'model', 'releases');
const openSession = createSessionOpener({
  moduleRoots: [ROOT],
  exec: async () => ({ exitCode: 1, stdout: '', stderr: 'not in this test' }),
  log: { info: () => undefined, debug: () => undefined },
});

/** Serves a model as the local target does. */
async function serve(release: string): Promise<{ invoker: FakeInvoker; session: ModelSession }> {
  const bytes = await readFile(join(RELEASES, release, 'archive', 'model.onnx'));
  const session = await openSession(bytes, { label: release, runtime: 'auto' });
  const plain = invokerOf(() => ({}));
  return {
    session,
    invoker: {
      ...plain,
      async invoke(body, contentType, signal) {
        const refused = await plain.invoke(body, contentType, signal);
        if (refused.status !== 200) return refused;
        const { instances } = JSON.parse(String(body)) as { instances: unknown[] };
        const outputs = await session.run(feedsOfInstances(instances, session.signature));
        return { ...refused, body: Buffer.from(JSON.stringify(answerOf(outputs, session.signature))) };
      },
    },
  };
}

async function versionOf(release: string, version: string, folder: string) {
  const store = await openStore(storeUrl(folder));
  const bytes = await readFile(join(RELEASES, release, 'reference.onnx'));
  const key = `references/${sha256(bytes)}/reference.onnx`;
  await store.put(key, bytes);
  return versionInfo(version.repeat(64), { referenceDigest: sha256(bytes), referenceUrl: store.urlOf(key) });
}

/** Tests a release as a candidate beside version 2, with version 1 before it. */
async function testRelease(release: string) {
  const scene = await makeScene();
  const { invoker, session } = await serve(release);
  const name = 'churn-c-00000000';
  const live = await versionOf('v2', '2', scene.folder);
  const previous = await versionOf('v1', '1', scene.folder);
  const candidate = candidateInfo(name, await versionOf(release, '3', scene.folder));
  const description = { live, previous, versions: [live, previous], candidates: [candidate] };
  const target = new FakeTarget(description, { [name]: invoker });
  const inputs = {
    target: 'local',
    'endpoint-name': 'churn',
    'candidate-name': name,
    cases: join(ROOT, 'model', 'cases', 'held-out.json'),
    'min-accuracy': '0.95',
  };
  const error = await scene.run(inputs, { openTarget: async () => target, openSession }).then(
    () => '',
    (thrown: unknown) => String(thrown),
  );
  await session.close();
  return { error, outputs: scene.ports.outputs };
}

describe.skipIf(!existsSync(RELEASES))('the releases of model/', () => {
  it.each(['v1', 'v2'])('%s passes over all held-out rows', async (release) => {
    const { error, outputs } = await testRelease(release);
    expect(error).toBe('');
    expect(outputs).toMatchObject({ passed: 'true', compared: '429', mismatches: '0' });
    expect(Number(outputs.accuracy)).toBeGreaterThan(0.95);
  });

  it('bad-stale fails parity, and is named as the model of version 1', async () => {
    const { error } = await testRelease('bad-stale');
    expect(error).toMatch(/\d+ of 429 values.*differ from the reference/);
    expect(error).toContain(
      'exactly those of the version before (111111111111): a stale model is being served',
    );
  });

  it('bad-swapped fails parity, and the two features are named', async () => {
    const { error } = await testRelease('bad-swapped');
    expect(error).toMatch(/\d+ of 429 values.*differ from the reference/);
    expect(error).toContain('"mean concavity" and "mean concave points" swapped');
  });

  it('bad-accuracy agrees with its reference and falls below the floor', async () => {
    const { error, outputs } = await testRelease('bad-accuracy');
    expect(outputs).toMatchObject({ passed: 'false', mismatches: '0', compared: '429' });
    expect(error).toContain('below the floor of 0.95');
  });
});
