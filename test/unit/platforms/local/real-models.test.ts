/** The local target with the sample models and the real runtime. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { answerRequest } from '../../../../src/core/inference/serve.ts';
import type { OpenSession } from '../../../../src/core/model-session.ts';
import { makeArchive } from '../../../fakes/archive.ts';
import { externalise } from '../../../fixtures/externalise.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { userErrorOf } from '../../core/archive/helpers.ts';
import { makeLocalBed, requestFor, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const root = join(import.meta.dirname, '../../../..');
const open = createSessionOpener({
  moduleRoots: [root],
  exec: () => Promise.reject(new Error('not here')),
  log: new MemoryLogger(),
});
const openWasm: OpenSession = (bytes, options) => open(bytes, { ...options, runtime: 'wasm' });

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
    const answer = await invoker.invoke(body, type, AbortSignal.timeout(200_000));
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

  describe('a plan', () => {
    const fixture = (name: string) => readFile(join(root, 'test/fixtures/onnx', `${name}.onnx`));
    const planOf = async (files: Readonly<Record<string, Uint8Array>>) => {
      const archive = await makeArchive(files);
      const path = join(bed.root, '..', 'planned.tar.gz');
      await writeFile(path, archive.bytes);
      return bed.target.plan(requestFor({ path, digest: archive.digest }));
    };

    it('of a model that can be served is tried out, and leaves nothing', async () => {
      const { model, files } = externalise(await fixture('gemm'), ['w.bin', 'sub/more.bin']);
      const plan = await planOf({ 'm/model.onnx': model, ...below(files) });
      await bed.target.rehearse?.(plan);
      expect(await bed.target.describe(ENDPOINT)).toMatchObject({ live: null });
      expect((await readdir(tmpdir())).filter((name) => name.startsWith('ml-deploy-plan-'))).toEqual([]);
      expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
      const x = [new Array<number>(30).fill(0.5)];
      expect(await ask(x)).toEqual(await directly(await fixture('gemm'), x));
    });

    it.each([
      ['refused_custom_operator', 'operator Magic of the domain my.ops'],
      ['refused_sequence_output', 'output "parts" is a sequence'],
      ['refused_bfloat16', 'bfloat16'],
      ['refused_ir_version', 'IR version 90'],
      ['refused_opset', 'opset 90'],
      ['refused_external_data', '"weights.bin", which does not exist'],
    ])('of %s is refused, with what to do', async (name, why) => {
      const plan = await planOf({ 'model.onnx': await fixture(name) });
      const error = await userErrorOf(Promise.resolve(bed.target.rehearse?.(plan)));
      expect(error.message).toContain(why);
      expect(error.message).toMatch(
        /^target: local cannot serve .*Set image-uri to an image that serves it/s,
      );
    });

    it('of an archive without an ONNX file is refused', async () => {
      const plan = await planOf({ 'model.joblib': Buffer.from('x') });
      const error = await userErrorOf(Promise.resolve(bed.target.rehearse?.(plan)));
      expect(error.message).toContain('The archive has no .onnx file');
    });

    const below = (files: Readonly<Record<string, Uint8Array>>) =>
      Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`m/${path}`, bytes]));
    const ask = async (instances: number[][]) => {
      const invoker = await bed.target.invoker(ENDPOINT, null);
      const body = JSON.stringify({ instances });
      const answer = await invoker.invoke(body, 'application/json', AbortSignal.timeout(200_000));
      return JSON.parse(Buffer.from(answer.body).toString('utf8')) as unknown;
    };
    const directly = async (model: Uint8Array, instances: number[][]) => {
      const session = await openWasm(model, { label: 'm', runtime: 'wasm' });
      const text = await answerRequest(session, JSON.stringify({ instances }), 'application/json');
      await session.close();
      return JSON.parse(text) as unknown;
    };
  });
});
