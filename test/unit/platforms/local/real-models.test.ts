/** The local target with the sample models and the real runtime. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import type { OpenSession } from '../../../../src/core/model-session.ts';
import { makeArchive } from '../../../fakes/archive.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { makeLocalBed, requestFor, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const root = join(import.meta.dirname, '../../../..');
const open = createSessionOpener({
  moduleRoots: [root],
  exec: () => Promise.reject(new Error('not here')),
  log: new MemoryLogger(),
});
const openWasm: OpenSession = (bytes, { label }) => open(bytes, { label, runtime: 'wasm' });

interface Cases {
  readonly instances: number[][];
  readonly labels: number[];
}

describe('the local target with real models', () => {
  let bed: LocalBed;
  beforeEach(async () => {
    bed = await makeLocalBed({}, openWasm);
  });
  afterEach(() => bed.dispose());

  const deploy = async (release: string) => {
    const model = await readFile(join(root, 'model/releases', release, 'archive/model.onnx'));
    const archive = await makeArchive({ 'model.onnx': model });
    const path = join(bed.root, '..', `${release}.tar.gz`);
    await writeFile(path, archive.bytes);
    return bed.target.deploy(await bed.target.plan(requestFor({ path, digest: archive.digest })));
  };
  const predict = async (body: string, type: string) => {
    const invoker = await bed.target.invoker(ENDPOINT, null);
    const answer = await invoker.invoke(body, type, AbortSignal.timeout(10_000));
    expect(answer.status).toBe(200);
    return JSON.parse(Buffer.from(answer.body).toString('utf8')) as {
      predictions: number[];
      probabilities: number[][];
    };
  };

  it('predicts the held-out cases, by JSON and by CSV alike, and by each version as its own', async () => {
    const text = await readFile(join(root, 'model/cases/held-out.json'), 'utf8');
    const { instances, labels } = JSON.parse(text) as Cases;
    await deploy('v1');
    const first = await predict(JSON.stringify({ instances }), 'application/json');
    const right = first.predictions.filter((label, row) => label === labels[row]).length;
    expect(right / labels.length).toBeGreaterThan(0.9);
    expect(first.probabilities[0]).toHaveLength(2);
    expect(await predict(instances.map((row) => row.join(',')).join('\n'), 'text/csv')).toEqual(first);
    await deploy('v2');
    expect(await predict(JSON.stringify({ instances }), 'application/json')).not.toEqual(first);
    await bed.target.rollback(ENDPOINT, null);
    expect(await predict(JSON.stringify({ instances }), 'application/json')).toEqual(first);
  });
});
