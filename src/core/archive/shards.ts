/**
 * Weights in several files, as Hugging Face writes them: model.safetensors.index.json names the file of each weight.
 * https://huggingface.co/docs/transformers/big_models#sharded-checkpoints
 */
import type { ArchiveFinding } from '../platform.ts';
import { isObject } from '../json-object.ts';
import { names } from './file-names.ts';
import { readSmall } from './small-file.ts';
import type { ModelSource } from './source.ts';

const INDEX = /(?:^|\/)[^/]+\.(?:safetensors|bin)\.index\.json$/;

/**
 * An index some of whose files are there and others not: whatever loads it fails. One of which no file is there is left
 * over from weights in another format.
 */
export async function missingShards(source: ModelSource): Promise<ArchiveFinding[]> {
  const paths = new Set(source.tree.map(({ path }) => path));
  const found = [...paths].filter((path) => INDEX.test(path)).map((path) => missingOf(path, paths, source));
  return (await Promise.all(found)).filter((finding) => finding !== null);
}

async function missingOf(
  index: string,
  paths: ReadonlySet<string>,
  source: ModelSource,
): Promise<ArchiveFinding | null> {
  const folder = index.slice(0, index.lastIndexOf('/') + 1);
  const shards = shardsOf(await readSmall(source, index)).map((name) => folder + name);
  const missing = shards.filter((path) => !paths.has(path));
  if (missing.length === 0 || missing.length === shards.length) return null;
  return {
    rule: 'missing-shards',
    message:
      `${names([index])} names ${shards.length} files of weights, and ${missing.length} of them are missing ` +
      `(${names(missing)}): the model cannot be loaded. Check that all of them were downloaded, and that no ignore file leaves them out.`,
  };
}

/** Empty for what is no such index. */
function shardsOf(text: string | null): string[] {
  try {
    const index: unknown = JSON.parse(text ?? '');
    const map = isObject(index) ? index.weight_map : null;
    const files = isObject(map) ? Object.values(map) : [];
    return [...new Set(files.filter((file) => typeof file === 'string'))].toSorted();
  } catch {
    return [];
  }
}
