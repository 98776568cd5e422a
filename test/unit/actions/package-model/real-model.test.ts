import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import type { OpenSession } from '../../../../src/core/model-session.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { filesBelow, temporaryFolder, userErrorOf } from '../../core/archive/helpers.ts';
import { packageModel, prepare } from './helpers.ts';

const RELEASE = fileURLToPath(new URL('../../../../model/releases/v1/', import.meta.url));

const openSession: OpenSession = createSessionOpener({
  moduleRoots: [fileURLToPath(new URL('.', import.meta.url))],
  exec: () => Promise.reject(new Error('nothing is to be fetched')),
  log: new MemoryLogger(),
});

async function workspaceWithModel(): Promise<string> {
  const workspace = await temporaryFolder();
  await cp(RELEASE, workspace, { recursive: true });
  return workspace;
}

it('packs the sample model with its signature and its reference', async () => {
  const workspace = await workspaceWithModel();
  const inputs = { 'model-path': 'archive', 'reference-path': 'reference.onnx' };
  const { outputs } = await packageModel(inputs, { workspace, ports: { openSession } });
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
  ['a model that was cut short', null, 'cut short or damaged'],
])('refuses %s as model.onnx before anything is written', async (_, text, message) => {
  const workspace = await workspaceWithModel();
  const path = join(workspace, 'archive', 'model.onnx');
  await writeFile(path, text ?? (await readFile(path)).subarray(0, 700));
  const before = await filesBelow(workspace);
  const prepared = await prepare({ 'model-path': 'archive' }, { workspace, ports: { openSession } });
  expect((await userErrorOf(prepared.go())).message).toContain(message);
  expect(await filesBelow(workspace)).toEqual(before);
});
