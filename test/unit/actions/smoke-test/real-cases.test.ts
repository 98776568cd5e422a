/** Models and data of public reports, small: what a smoke test of a good endpoint finds. */
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { answerRequest, type MediaType } from '../../../../src/core/inference/serve.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { FakeTarget } from './fake-target.ts';
import { LIVE, makeScene } from './scene.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = join(ROOT, 'test', 'fixtures', 'cases');
const openSession = createSessionOpener({
  moduleRoots: [ROOT],
  exec: async () => ({ exitCode: 1, stdout: '', stderr: 'not in this test' }),
  log: { info: () => undefined, debug: () => undefined },
});

/** Tests the model against itself, served as the local target serves it. */
async function smoke(model: string, cases: string, inputs: Record<string, string> = {}) {
  const path = join(FOLDER, model);
  const session = await openSession(await readFile(path), { label: model, runtime: 'auto' });
  const answer = async (body: string, type: string) => {
    try {
      return { status: 200, text: await answerRequest(session, body, type as MediaType) };
    } catch (error) {
      if (error instanceof UserError) return { status: 400, text: JSON.stringify({ error: error.message }) };
      throw error;
    }
  };
  const invoker = {
    url: 'http://fake',
    invoke: async (body: string | Uint8Array, type: string) => {
      const { status, text } = await answer(String(body), type);
      return {
        status,
        contentType: 'application/json',
        body: Buffer.from(text),
        latencyMs: 1,
        version: null,
      };
    },
  };
  const target = new FakeTarget({}, { '': invoker });
  const scene = await makeScene(target);
  const all = {
    ...LIVE,
    'model-path': path,
    cases: join(FOLDER, cases),
    'rollback-on-failure': 'true',
    ...inputs,
  };
  const error = await scene.run(all, { openSession }).then(
    () => '',
    (thrown: unknown) => String(thrown),
  );
  await session.close();
  const { compared, mismatches, accuracy } = scene.ports.outputs;
  return { error, found: `${compared} compared, ${mismatches} differ, accuracy ${accuracy}` };
}

const floor = { 'min-accuracy': '0.9' };

describe('a good endpoint passes', () => {
  it.each<[string, string, string, Record<string, string>?]>([
    ['sigmoid.onnx', 'sig.json', '30 compared, 0 differ, accuracy 1', floor],
    ['reg.onnx', 'reg.csv', '20 compared, 0 differ, accuracy ', { 'max-mae': '0.5', 'min-r2': '0.9' }],
    ['bool.onnx', 'bool.csv', '60 compared, 0 differ, accuracy 0.95', floor],
    ['xgb.onnx', 'null.json', '120 compared, 0 differ, accuracy 1', floor],
    ['xgb.onnx', 'nan.json', '120 compared, 0 differ, accuracy 1', { protocol: 'v2' }],
    ['xgb.onnx', 'empty.csv', '120 compared, 0 differ, accuracy 1', { protocol: 'csv' }],
    ['adult.onnx', 'adult.csv', '120 compared, 0 differ, accuracy 0.925', floor],
    ['bike.onnx', 'bike.csv', '60 compared, 0 differ, accuracy 1', floor],
    ['zip.onnx', 'numstr.csv', '60 compared, 0 differ, accuracy 0.95', floor],
    ['titanic.onnx', 'swapped.csv', '120 compared, 0 differ, accuracy 0.9', floor],
    ['titanic.onnx', 'extra.csv', '120 compared, 0 differ, accuracy 0.9', floor],
    ['titanic.onnx', 'fn_swapped.json', '120 compared, 0 differ, accuracy 0.9', floor],
  ])('%s with %s', async (model, cases, found, inputs) => {
    expect(await smoke(model, cases, inputs)).toEqual({ error: '', found });
  });
});
