import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  editTensors,
  embedExternalData,
  externalFiles,
} from '../../../../src/adapters/onnx/external-data.ts';
import { GRAPH, MODEL, TENSOR } from '../../../../src/adapters/onnx/onnx-schema.ts';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { delimited, editFields } from '../../../../src/adapters/onnx/wire.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { filesBeside, type ReadBeside } from '../../../../src/core/onnx-reader.ts';
import { external, externalise } from '../../../fixtures/externalise.ts';
import { temporaryFolder, userErrorOf } from '../../core/archive/helpers.ts';
import { excess, fixture, fixtureCases, isFloat, open, openerOptions, RUNTIMES } from './support.ts';

const TOLERANCE = { rtol: 1e-5, atol: 1e-6 };
const readFrom =
  (files: Readonly<Record<string, Uint8Array>>): ReadBeside =>
  (location) =>
    Promise.resolve(files[location] ?? null);
/** A model that has this tensor alone. */
const modelOf = (tensor: Uint8Array) => delimited(MODEL.graph, delimited(GRAPH.initializer, tensor));
const withoutPlace = (tensor: Uint8Array) =>
  editFields(tensor, ({ number }) => (number === TENSOR.externalData ? 'drop' : 'keep'));
const openSession = createSessionOpener(openerOptions());

const cases = fixtureCases()
  .map((known) => ({ ...known, ...externalise(fixture(known.name), ['w.bin', 'sub/more.data']) }))
  .filter(({ files }) => Object.values(files).some(({ length }) => length > 0));

it('has models with weights to move', () => expect(cases.length).toBeGreaterThan(8));

describe.each(RUNTIMES)('weights in files of their own on the %s runtime', (runtime) => {
  it.each(cases)('$name computes the same', async ({ name, model, files, feeds, expected }) => {
    const label = `${name}.onnx`;
    const session = await openSession(model, { label, runtime, beside: readFrom(files) });
    const found = await session.run(feeds);
    for (const [output, tensor] of Object.entries(expected)) {
      const other = found[output];
      expect(other?.dims).toEqual(tensor.dims);
      if (other !== undefined && isFloat(tensor))
        expect(excess(other, tensor, TOLERANCE)).toBeLessThanOrEqual(0);
      else expect(other?.data).toEqual(tensor.data);
    }
    await session.close();
  });

  it('are refused where nothing lies beside the model', async () => {
    const { message } = await userErrorOf(open(fixture('refused_external_data'), runtime));
    expect(message).toContain('keeps its weights in "weights.bin", which does not exist');
  });
});

describe('the files of a model', () => {
  it('are named, each once, with the bytes that they must have', () => {
    const { model, files } = externalise(fixture('lstm'), ['w.bin']);
    expect(externalFiles(model, 'm')).toEqual([
      { location: 'w.bin', bytes: (files['w.bin']?.length ?? 0) - 7 },
    ]);
    expect(externalFiles(fixture('lstm'), 'm')).toEqual([]);
    expect(externalFiles(fixture('refused_external_data_in_branch'), 'm')).toMatchObject([
      { location: 'weights.bin' },
    ]);
  });

  it('a model without any stays what it is, byte for byte', async () => {
    const model = fixture('conv');
    expect(await embedExternalData(model, 'm', readFrom({}))).toBe(model);
  });

  it('without a length and an offset is a whole file', async () => {
    const { model, files } = externalise(fixture('gemm'), ['a.bin', 'b.bin']);
    const whole = editTensors(model, 'model', (tensor) => {
      const location = externalFiles(modelOf(tensor), 'm')[0]?.location ?? '';
      return external(withoutPlace(tensor), { location });
    });
    const exact = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, bytes.subarray(0, -7)]),
    );
    const embedded = await embedExternalData(whole, 'm', readFrom(exact));
    expect(await embedExternalData(model, 'm', readFrom(files))).toEqual(embedded);
  });

  it('that is too short is refused', async () => {
    const { model, files } = externalise(fixture('gemm'), ['w.bin']);
    const short = { 'w.bin': (files['w.bin'] ?? new Uint8Array(0)).subarray(0, 9) };
    const { message } = await userErrorOf(embedExternalData(model, 'm.onnx', readFrom(short)));
    expect(message).toMatch(/m\.onnx needs \d+ bytes of "w\.bin", which has 9/);
  });

  it.each(['/etc/passwd', '../w.bin', 'sub/../../w.bin', 'C:\\w.bin', 'a\\b', ''])(
    'a path out of the folder is refused: %j',
    async (location) => {
      const { model } = externalise(fixture('gemm'), [location]);
      const read = () => Promise.reject(new Error('nothing may be read'));
      const { message } = await userErrorOf(embedExternalData(model, 'm.onnx', read));
      expect(message).toContain("not a path inside the model's folder");
      await expect(openSession(model, { label: 'm', runtime: 'wasm' })).rejects.toThrow(UserError);
    },
  );
});

describe('filesBeside', () => {
  it('reads below the folder of the model, and never through a link out of it', async () => {
    const folder = await temporaryFolder();
    const write = async (path: string) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), path);
    };
    await write('model/w.bin');
    await write('model/sub/w.bin');
    await write('secret');
    await symlink(join(folder, 'secret'), join(folder, 'model/link.bin'));
    const read = filesBeside(join(folder, 'model/model.onnx'));
    expect(Buffer.from((await read('w.bin')) ?? []).toString()).toBe('model/w.bin');
    expect(Buffer.from((await read('sub/w.bin')) ?? []).toString()).toBe('model/sub/w.bin');
    for (const location of ['link.bin', '../secret', 'none', 'sub', 'sub/w.bin/x']) {
      expect(await read(location)).toBeNull();
    }
  });
});
