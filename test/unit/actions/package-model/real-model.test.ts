import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { onnxReader } from '../../../../src/adapters/onnx/reader.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import type { OpenSession } from '../../../../src/core/model-session.ts';
import { servedModels } from '../../../../src/core/smoke/release-store.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { externalise } from '../../../fixtures/externalise.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { filesBelow, temporaryFolder, userErrorOf, write } from '../../core/archive/helpers.ts';
import { packageModel, prepare } from './helpers.ts';

const RELEASE = fileURLToPath(new URL('../../../../model/releases/v1/', import.meta.url));

const openSession: OpenSession = createSessionOpener({
  moduleRoots: [fileURLToPath(new URL('.', import.meta.url))],
  exec: () => Promise.reject(new Error('nothing is to be fetched')),
  log: new MemoryLogger(),
});

const REAL = { openSession, onnx: onnxReader };

async function workspaceWithModel(): Promise<string> {
  const workspace = await temporaryFolder();
  await cp(RELEASE, workspace, { recursive: true });
  return workspace;
}

it('packs the sample model with its signature and its reference', async () => {
  const workspace = await workspaceWithModel();
  const inputs = { 'model-path': 'archive', 'reference-path': 'reference.onnx' };
  const { outputs } = await packageModel(inputs, { workspace, ports: REAL });
  const signature = JSON.parse(outputs.signature ?? '') as {
    inputs: { type: string; shape: unknown[] }[];
  };
  expect(signature.inputs).toHaveLength(1);
  expect(signature.inputs[0]?.type).toBe('float32');
  expect(signature.inputs[0]?.shape.at(-1)).toBe(30);
  expect(outputs['reference-digest']).toBe(sha256(await readFile(join(RELEASE, 'reference.onnx'))));
});

it.each([
  ['a text', 'hello', 'is a text file'],
  ['a model that was cut short', null, 'truncated or damaged'],
])('refuses %s as model.onnx before anything is written', async (_, text, message) => {
  const workspace = await workspaceWithModel();
  const path = join(workspace, 'archive', 'model.onnx');
  await writeFile(path, text ?? (await readFile(path)).subarray(0, 700));
  const before = await filesBelow(workspace);
  const prepared = await prepare({ 'model-path': 'archive' }, { workspace, ports: REAL });
  expect((await userErrorOf(prepared.go())).message).toContain(message);
  expect(await filesBelow(workspace)).toEqual(before);
});

const ONNX = fileURLToPath(new URL('../../../fixtures/onnx/', import.meta.url));
const onnxFile = (name: string) => readFile(join(ONNX, `${name}.onnx`));
const warningsOf = ({ log }: { log: MemoryLogger }) =>
  log.lines.filter(({ level }) => level === 'warning').map(({ message }) => message);

describe('a model that the built-in runtime cannot open is packed', () => {
  const CANNOT = [
    ['refused_custom_operator', 'Magic of the domain my.ops', ['float32'], ['float32']],
    ['refused_operator', 'operator Magic, which opset 17', ['float32'], ['float32']],
    ['refused_opset', 'opset 90', ['float32'], ['float32']],
    ['refused_opset_ml', 'opset 90 of ai.onnx.ml', ['float32'], ['float32']],
    ['refused_ir_version', 'IR version 90', ['float32'], ['float32']],
    ['refused_sequence_output', 'output "parts" is a sequence', ['float32'], ['sequence']],
    ['refused_bfloat16', 'of type bfloat16', ['float32'], ['bfloat16']],
  ] as const;

  it.each(CANNOT)('%s, with what its graph declares', async (name, why, inputs, outputs) => {
    const workspace = await temporaryFolder();
    await writeFile(join(workspace, 'model.onnx'), await onnxFile(name));
    const packed = await packageModel({ 'model-path': 'model.onnx' }, { workspace, ports: REAL });
    const signature = JSON.parse(packed.outputs.signature ?? '') as Record<string, { type: string }[]>;
    expect(signature.inputs?.map(({ type }) => type)).toEqual(inputs);
    expect(signature.outputs?.map(({ type }) => type)).toEqual(outputs);
    expect(packed.outputs['reference-digest']).toBe('');
    const warnings = warningsOf(packed).filter((text) => text.includes(why));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('It is packed all the same. ');
    // Again, from the store: nothing is packed twice, and it is still said.
    const again = await packageModel({ 'model-path': 'model.onnx' }, { workspace, ports: REAL });
    expect(again.outputs.reused).toBe('true');
    expect(again.outputs.signature).toBe(packed.outputs.signature);
    expect(warningsOf(again)).toContain(warnings[0]);
  });

  it.each(CANNOT)('%s, beside a reference that can be opened', async (name) => {
    const workspace = await temporaryFolder();
    await writeFile(join(workspace, 'model.onnx'), await onnxFile(name));
    await writeFile(join(workspace, 'reference.onnx'), await onnxFile('softmax'));
    const inputs = { 'model-path': 'model.onnx', 'reference-path': 'reference.onnx', framework: 'custom' };
    const { outputs } = await packageModel(inputs, { workspace, ports: REAL });
    expect(outputs['reference-digest']).toBe(sha256(await onnxFile('softmax')));
  });

  it('and such a reference is refused, since it is there to be run', async () => {
    const workspace = await workspaceWithModel();
    await writeFile(join(workspace, 'other.onnx'), await onnxFile('refused_custom_operator'));
    const inputs = { 'model-path': 'archive', 'reference-path': 'other.onnx' };
    const prepared = await prepare(inputs, { workspace, ports: REAL });
    expect((await userErrorOf(prepared.go())).message).toContain('operator Magic');
  });

  it('in a format of its own, without a signature', async () => {
    const workspace = await temporaryFolder();
    for (const bytes of ['\x20\0\0\0ORTM\0\0', '\xff\xfe\0\x01encrypted']) {
      await writeFile(join(workspace, 'model.onnx'), Buffer.from(bytes, 'latin1'));
      const packed = await packageModel({ 'model-path': 'model.onnx' }, { workspace, ports: REAL });
      expect(packed.outputs.signature).toBe('');
      expect(warningsOf(packed).join()).toContain('It is packed all the same, without a signature.');
    }
  });
});

describe('a model with its weights in a file of their own', () => {
  async function folderOf(name: string, folder = 'm') {
    const workspace = await temporaryFolder();
    const { model, files } = externalise(await onnxFile(name), ['model.onnx.data', 'sub/more.bin']);
    await write(workspace, {
      [`${folder}/model.onnx`]: model,
      ...Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${folder}/${path}`, bytes])),
    });
    return workspace;
  }

  it('is packed, and its reference holds the weights', async () => {
    const workspace = await folderOf('lstm');
    const { outputs, store } = await packageModel({ 'model-path': 'm' }, { workspace, ports: REAL });
    const digest = outputs['reference-digest'] ?? '';
    const reference = await readFile(join(store, 'references', digest, 'reference.onnx'));
    expect(sha256(reference)).toBe(digest);
    const session = await openSession(reference, { label: 'reference', runtime: 'auto' });
    expect(JSON.parse(outputs.signature ?? '')).toEqual(session.signature);
    await session.close();
    const models = await servedModels(
      await openStore(pathToFileURL(store).href),
      outputs['model-digest'] ?? '',
    );
    expect(models).toEqual([digest]);
    const again = await packageModel({ 'model-path': 'm' }, { workspace, ports: REAL });
    expect(again.outputs['reference-digest']).toBe(digest);
  });

  it('is packed from an archive and from a folder below the root alike', async () => {
    const workspace = await folderOf('gemm', 'm/onnx');
    const { outputs } = await packageModel({ 'model-path': 'm' }, { workspace, ports: REAL });
    await cp(fileURLToPath(outputs['model-data-url'] ?? ''), join(workspace, 'given.tar.gz'));
    const given = await packageModel({ 'model-path': 'given.tar.gz' }, { workspace, ports: REAL });
    expect(outputs['reference-digest']).toMatch(/^[0-9a-f]{64}$/);
    expect(given.outputs['reference-digest']).toBe(outputs['reference-digest']);
  });

  it('as reference-path gives the same reference', async () => {
    const workspace = await folderOf('gemm');
    const own = await packageModel({ 'model-path': 'm' }, { workspace, ports: REAL });
    const inputs = { 'model-path': 'm', 'reference-path': 'm/model.onnx' };
    const named = await packageModel(inputs, { workspace, ports: REAL });
    expect(named.outputs['reference-digest']).toBe(own.outputs['reference-digest']);
  });

  it.each([
    [
      'the file alone',
      'm/model.onnx',
      '"model.onnx" keeps its weights in "model.onnx.data", which does not exist. Set',
    ],
    ['weights that are cut short', 'm', 'has 3. Export or download both files again.'],
  ])('is refused as %s', async (_, path, said) => {
    const workspace = await folderOf('gemm');
    await writeFile(join(workspace, 'm/model.onnx.data'), 'abc');
    const prepared = await prepare({ 'model-path': path }, { workspace, ports: REAL });
    expect((await userErrorOf(prepared.go())).message).toContain(said);
  });
});
