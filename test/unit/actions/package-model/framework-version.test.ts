import { describe, expect, it } from 'vitest';
import { readVersion } from '../../../../src/actions/package-model/framework-version.ts';
import type { Framework } from '../../../../src/core/archive/framework.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { folderWith, modelRoot } from '../../core/archive/helpers.ts';

const open = async (files: Record<string, string>) =>
  openModel(modelRoot(await folderWith(files)), null, undefined);

describe('readVersion', () => {
  it.each<[Framework, Record<string, string>, string | null]>([
    ['huggingface', { 'config.json': '{"transformers_version":"4.41.2"}' }, '4.41.2'],
    ['huggingface', { 'config.json': 'not JSON', a: 'x' }, null],
    ['sklearn', { MLmodel: 'flavors:\n  sklearn:\n    sklearn_version: 1.4.2\n' }, '1.4.2'],
    ['sklearn', { 'code/requirements.txt': 'numpy==2\nscikit-learn==1.5.0\n' }, '1.5.0'],
    ['sklearn', { 'code/requirements.txt': 'scikit-learn>=1.5.0\n' }, null],
    ['huggingface', { 'requirements.txt': 'transformers[torch]==4.40.0' }, '4.40.0'],
    ['custom', { 'requirements.txt': 'torch==2' }, null],
  ])('%s %j: %s', async (framework, files, version) => {
    expect(await readVersion(framework, await open(files))).toBe(version);
  });
});
