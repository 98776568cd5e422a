import { describe, expect, it } from 'vitest';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { missingShards } from '../../../../src/core/archive/shards.ts';
import { folderWith, modelRoot } from './helpers.ts';

const index = (...files: readonly string[]) =>
  JSON.stringify({
    metadata: { total_size: 1 },
    weight_map: Object.fromEntries(files.map((file, at) => [`layer.${at}.weight`, file])),
  });
const [FIRST, SECOND] = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];

async function rulesOf(files: Readonly<Record<string, string>>) {
  return missingShards(await openModel(modelRoot(await folderWith(files)), null, undefined));
}

describe('weights in several files', () => {
  it('are whole where each file of the index is there, in a folder too', async () => {
    const files = { 'a/model.safetensors.index.json': index(FIRST, SECOND, FIRST) };
    expect(await rulesOf({ ...files, [`a/${FIRST}`]: 'x', [`a/${SECOND}`]: 'x' })).toEqual([]);
  });

  it('are told where one is missing', async () => {
    const [finding] = await rulesOf({ 'model.safetensors.index.json': index(FIRST, SECOND), [FIRST]: 'x' });
    expect(finding?.message).toContain(
      `"model.safetensors.index.json" names 2 files of weights, and 1 of them are missing ("${SECOND}")`,
    );
  });

  it.each([
    ['an index of another format, whose weights were not downloaded', index(FIRST, SECOND)],
    ['no JSON', '{'],
    ['another JSON', '[1]'],
    ['no map', '{"weight_map": 3}'],
  ])('are not asked for by %s', async (_, text) => {
    expect(await rulesOf({ 'pytorch_model.bin.index.json': text, 'model.safetensors': 'x' })).toEqual([]);
  });
});
