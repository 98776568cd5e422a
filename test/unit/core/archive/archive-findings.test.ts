import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveFindings } from '../../../../src/core/archive/archive-findings.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { chooseOnnxFile } from '../../../../src/core/archive/onnx-file.ts';
import { folderWith, modelRoot, tarGzOf, temporaryFolder } from './helpers.ts';

const inFolder = async (paths: readonly string[]) =>
  openModel(
    modelRoot(await folderWith(Object.fromEntries(paths.map((path) => [path, 'x'])))),
    null,
    undefined,
  );

async function inArchive(paths: readonly string[]) {
  const path = join(await temporaryFolder(), 'model.tar.gz');
  await writeFile(path, await tarGzOf(paths.map((name) => ({ name, content: 'x' }))));
  return openModel(modelRoot(path), null, undefined);
}

describe('archiveFindings', () => {
  it.each([
    [['model.tar.gz'], 'Give it as model-path, with "model.tar.gz" at its end'],
    [['output/model.tgz', 'code/inference.py'], '"output/model.tgz" at its end'],
    [['model.tar', 'README.md'], 'archive inside the archive'],
  ])('an archive in the place of the model: %j', async (paths, said) => {
    const [finding, ...others] = archiveFindings(await inFolder(paths));
    expect(finding?.message).toContain(said);
    expect(others).toEqual([]);
    expect(archiveFindings(await inArchive(paths))[0]?.rule).toBe('archive-inside');
  });

  it.each([[['model.onnx', 'vocabulary.tar.gz']], [['model.pt', 'code/wheels.tar']], [['agent.zip']]])(
    'an archive beside the model is none: %j',
    async (paths) => expect(archiveFindings(await inFolder(paths))).toEqual([]),
  );

  it('files of macOS are told in an archive, which has them still, and left out of a folder', async () => {
    const paths = ['model.onnx', '._model.onnx', '__MACOSX/._model.onnx', '.DS_Store'];
    const [finding] = archiveFindings(await inArchive(paths));
    expect(finding?.message).toContain('"._model.onnx", "__MACOSX/._model.onnx"');
    expect(finding?.message).toContain('COPYFILE_DISABLE=1');
    const folder = await inFolder(paths);
    expect(archiveFindings(folder)).toEqual([]);
    expect(folder.tree.map(({ path }) => path)).toEqual(['model.onnx']);
    expect(folder.leftOut.map(({ path }) => path).sort()).toEqual(['.DS_Store', '._model.onnx', '__MACOSX']);
  });
});

describe('chooseOnnxFile', () => {
  it.each([
    [['a/b.onnx', 'c.txt'], 'a/b.onnx'],
    [['A.ONNX'], 'A.ONNX'],
    [['model.onnx', 'other.onnx', 'deep/model.onnx'], 'model.onnx'],
    [['decoder.onnx', 'deep/model.onnx'], 'deep/model.onnx'],
    [['model.onnx', '._model.onnx', '__MACOSX/model.onnx', 'code/model.onnx'], 'model.onnx'],
    [['b.onnx', '._b.onnx'], 'b.onnx'],
    [['a/model.onnx', 'b/model.onnx'], null],
    [['a.onnx', 'b.onnx'], null],
    [['code/a.onnx'], null],
    [['a.onnx.data'], null],
  ])('%j: %s', (paths, chosen) => {
    expect(chooseOnnxFile(paths.map((path) => ({ path }))).chosen).toBe(chosen);
  });
});
