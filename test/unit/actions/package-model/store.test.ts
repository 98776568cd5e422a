import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { folderWith, tarGzOf } from '../../core/archive/helpers.ts';
import { packageModel } from './helpers.ts';

async function packedOnce() {
  const workspace = await folderWith({ 'm/model.joblib': 'j'.repeat(3000) });
  const first = await packageModel({ 'model-path': 'm' }, { workspace });
  const digest = first.outputs['model-digest'] ?? '';
  const archive = join(first.store, storeKeys.archive(digest));
  const manifest = join(first.store, storeKeys.manifest(digest));
  const again = () => packageModel({ 'model-path': 'm' }, { workspace });
  return { workspace, first, digest, archive, manifest, again };
}

describe('a manifest that is', () => {
  it.each([
    ['missing', (path: string) => rm(path)],
    ['cut short', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 40))],
    ['about something else', (path: string) => writeFile(path, '{}')],
    [
      'about another archive',
      async (path: string) => {
        const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
        await writeFile(path, JSON.stringify({ ...manifest, bytes: 1 }));
      },
    ],
  ])('%s is written again, and the archive that it belongs to is kept', async (_, damage) => {
    const { first, archive, manifest, again } = await packedOnce();
    const good = await readFile(manifest, 'utf8');
    const before = await stat(archive);
    await damage(manifest);
    const second = await again();
    expect(second.outputs.reused).toBe('false');
    expect(second.outputs['model-sha256']).toBe(first.outputs['model-sha256']);
    expect(await readFile(manifest, 'utf8')).toBe(good);
    expect((await stat(archive)).ino).toBe(before.ino);
    expect((await again()).outputs.reused).toBe('true');
  });
});

describe('an archive that is', () => {
  it('missing is packed again', async () => {
    const { first, archive, again } = await packedOnce();
    await rm(archive);
    const second = await again();
    expect(second.outputs.reused).toBe('false');
    expect(sha256(await readFile(archive))).toBe(first.outputs['model-sha256']);
  });

  it.each([
    ['cut short', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 40))],
    ['another one', async (path: string) => writeFile(path, await tarGzOf([{ name: 'x', content: 'x' }]))],
  ])('%s is packed again, and said', async (_, damage) => {
    const { first, archive, again } = await packedOnce();
    await damage(archive);
    const second = await again();
    expect(second.outputs.reused).toBe('false');
    expect(sha256(await readFile(archive))).toBe(first.outputs['model-sha256']);
    expect(second.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringContaining('is damaged and is packed again'),
      }),
    );
  });

  it('written by another run meanwhile is the one that counts', async () => {
    const workspace = await folderWith({ 'm/a.joblib': 'a' });
    const theirs = await tarGzOf([{ name: './a.joblib', content: 'a' }]);
    const overtaken = async (url: string) => {
      const store = await openStore(url);
      const put = store.put.bind(store);
      store.put = async (key, data, options) => {
        if (key.endsWith('.tar.gz')) await put(key, theirs);
        return put(key, data, options);
      };
      return store;
    };
    const { outputs } = await packageModel(
      { 'model-path': 'm' },
      { workspace, ports: { openStore: overtaken } },
    );
    expect(outputs['model-sha256']).toBe(sha256(theirs));
    expect(outputs['archive-bytes']).toBe(String(theirs.length));
  });
});

it('finds a reference again that was removed from the store', async () => {
  const workspace = await folderWith({ 'm/model.onnx': `ONNX{"inputs":[],"outputs":[]}` });
  const first = await packageModel({ 'model-path': 'm' }, { workspace });
  const path = join(first.store, storeKeys.reference(first.outputs['reference-digest'] ?? ''));
  await rm(path);
  const second = await packageModel({ 'model-path': 'm' }, { workspace });
  expect(second.outputs.reused).toBe('true');
  expect(sha256(await readFile(path))).toBe(first.outputs['reference-digest']);
});
