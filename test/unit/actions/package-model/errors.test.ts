import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../../src/stores/open-store.ts';
import { filesBelow, folderWith, tarGzOf, userErrorOf, write } from '../../core/archive/helpers.ts';
import { fakeOnnx, prepare, tensor, urlOf } from './helpers.ts';

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 10\n';

/** The error of a run, and a check that it wrote nothing. */
async function refusal(files: Record<string, string | Uint8Array>, inputs: Record<string, string>) {
  const workspace = await folderWith(files);
  const before = await filesBelow(workspace);
  const prepared = await prepare(inputs, { workspace });
  const error = await userErrorOf(prepared.go());
  expect(await filesBelow(workspace)).toEqual(before);
  return error;
}

describe('inputs for AWS', () => {
  it('are refused all at once where the store is a folder', async () => {
    const error = await refusal(
      {},
      {
        'model-path': 'm',
        'code-path': 's3://bucket/code',
        'reference-path': 's3://bucket/ref.onnx',
        'kms-key-id': 'key',
        'model-package-group': 'group',
      },
    );
    expect(error.problems.map(({ where }) => where)).toEqual([
      'code-path',
      'reference-path',
      'kms-key-id',
      'model-package-group',
    ]);
    expect(error.message).toContain('Set destination to s3://bucket/prefix');
  });

  it('refuses a name that no group may have', async () => {
    const error = await refusal(
      {},
      { 'model-path': 'm', destination: 's3://bucket/x', 'model-package-group': 'a_b' },
    );
    expect(error.message).toContain('model-package-group: "a_b" is not a valid name of a group');
  });

  it('refuses tags that S3 would not take', async () => {
    const lines = [...Array.from({ length: 10 }, (_, i) => `t${i}=v`), 'bad=a&b'];
    const inputs = { 'model-path': 'm', destination: 's3://bucket', tags: lines.join('\n') };
    const error = await refusal({}, inputs);
    expect(error.message).toContain('has 11 tags; an object in S3 can have 10');
    expect(error.message).toContain('"bad=a&b" is not a valid S3 tag');
  });

  it('ignores tags, and says so', async () => {
    const workspace = await folderWith({ 'model.onnx': fakeOnnx() });
    const prepared = await prepare({ 'model-path': 'model.onnx', tags: 'team=ml' }, { workspace });
    await prepared.go();
    expect(prepared.log.lines).toContainEqual(expect.objectContaining({ level: 'notice' }));
    expect(prepared.log.text).toContain('tags');
  });
});

describe('a destination', () => {
  it('is refused inside of the model', async () => {
    const workspace = await folderWith({ 'm/a': 'a' });
    const destination = urlOf(join(workspace, 'm', 'store'));
    const prepared = await prepare({ 'model-path': 'm', destination }, { workspace });
    expect((await userErrorOf(prepared.go())).message).toContain('is inside model-path');
  });

  it('is refused where it is no path', async () => {
    const error = await refusal({ 'm/a': 'a' }, { 'model-path': 'm', destination: 'file:///a%2Fb' });
    expect(error.message).toContain('destination: "file:///a%2Fb" is not a valid file URL');
  });

  it('is refused where it is a file', async () => {
    const workspace = await folderWith({ 'm/a': 'a', file: 'f' });
    const inputs = { 'model-path': 'm', destination: urlOf(join(workspace, 'file')) };
    const prepared = await prepare(inputs, { workspace });
    expect((await userErrorOf(prepared.go())).message).toContain('is a file');
  });
});

describe('files that cannot be used', () => {
  it.each([
    ['a missing model', { 'n/a': 'a' }, 'm', '"m" does not exist. It is relative to /'],
    ['a missing model, and what is there', { 'n/a': 'a' }, 'm', ', which has n.'],
    [
      'a missing model in an empty workspace',
      {},
      'm',
      'because the workspace is empty. Run actions/checkout',
    ],
    ['a text file as model.onnx', { 'm/model.onnx': 'hello' }, 'm', 'is a text file'],
    ['a Git LFS pointer as model.onnx', { 'm/model.onnx': POINTER }, 'm', 'Git LFS pointer'],
    [
      'a text file as the only ONNX file',
      { 'm/x/net.onnx': 'hello', 'm/a': 'a' },
      'm',
      'x/net.onnx is a text',
    ],
    ['an empty folder', { 'm/.env': 'x' }, 'm', 'nothing to pack'],
  ])('%s', async (_, files, path, message) => {
    expect((await refusal(files as Record<string, string>, { 'model-path': path })).message).toContain(
      message,
    );
  });

  it('a link that leads out', async () => {
    const workspace = await folderWith({ 'm/a': 'a', secret: 's' });
    await symlink('../secret', join(workspace, 'm', 'l'));
    const error = await userErrorOf((await prepare({ 'model-path': 'm' }, { workspace })).go());
    expect(error.message).toContain('"m/l" is a link to');
  });

  it('an archive with compression none', async () => {
    const archive = await tarGzOf([{ name: 'a', content: 'a' }]);
    const error = await refusal({ 'm.tar.gz': archive }, { 'model-path': 'm.tar.gz', compression: 'none' });
    expect(error.message).toContain('compression: "none" does not go with "m.tar.gz"');
  });
});

describe('reference-path', () => {
  const model = { 'm/model.onnx': fakeOnnx() };
  const inputs = { 'model-path': 'm', 'reference-path': 'ref.onnx' };

  it('may have other outputs and other names of free dimensions', async () => {
    const reference = fakeOnnx({ inputs: [tensor('x', ['batch', 30])], outputs: [tensor('other')] });
    const workspace = await folderWith({ ...model, 'ref.onnx': reference });
    const prepared = await prepare(inputs, { workspace });
    await prepared.go();
    expect(prepared.runtime.opened).toEqual(['model.onnx', 'ref.onnx']);
    expect(prepared.outputs['reference-digest']).not.toBe('');
  });

  it('is only opened where it is not the model itself', async () => {
    const workspace = await folderWith({ ...model, 'ref.onnx': fakeOnnx() });
    const prepared = await prepare(inputs, { workspace });
    await prepared.go();
    expect(prepared.runtime.opened).toEqual(['model.onnx']);
  });

  it('goes with a model of any kind', async () => {
    const workspace = await folderWith({ 'm/model.joblib': 'j', 'ref.onnx': fakeOnnx() });
    const prepared = await prepare(inputs, { workspace });
    await prepared.go();
    expect(prepared.outputs.signature).toBe('');
    expect(prepared.outputs['reference-url']).toMatch(/reference\.onnx$/);
  });

  it('is checked again where the archive is reused', async () => {
    const workspace = await folderWith(model);
    await (await prepare({ 'model-path': 'm' }, { workspace })).go();
    await write(workspace, { 'ref.onnx': fakeOnnx({ inputs: [], outputs: [] }) });
    await expect((await prepare(inputs, { workspace })).go()).rejects.toThrow(
      "does not have the model's inputs",
    );
  });

  it.each([
    ['another name', [tensor('y')], 'it has no input "x"; it has an input "y" that the model has not'],
    [
      'another rank',
      [tensor('x', ['n', 30, 1])],
      'its input "x" is float32[n, 30, 1], the model\'s is float32[n, 30]',
    ],
    ['another size', [tensor('x', ['n', 29])], 'float32[n, 29]'],
    ['another type', [{ ...tensor('x'), type: 'float64' as const }], 'float64[n, 30]'],
    ['one more input', [tensor('x'), tensor('z')], 'an input "z" that the model has not'],
  ])('is refused with %s', async (_, taken, message) => {
    const reference = fakeOnnx({ inputs: taken, outputs: [] });
    expect((await refusal({ ...model, 'ref.onnx': reference }, inputs)).message).toContain(message);
  });

  it.each([
    ['missing', model, 'reference-path: "ref.onnx" does not exist'],
    ['a text', { ...model, 'ref.onnx': 'text' }, 'ref.onnx is a text file'],
  ])('is refused where it is %s', async (_, files, message) => {
    expect((await refusal(files as Record<string, string>, inputs)).message).toContain(message);
  });
});

it('leaves no output behind that promises more than is there', async () => {
  const workspace = await folderWith({ 'm/model.onnx': fakeOnnx() });
  const full = async (url: string) => {
    const store = await openStore(url);
    store.put = async () => Promise.reject(new Error('the disk is full'));
    return store;
  };
  const prepared = await prepare({ 'model-path': 'm' }, { workspace, ports: { openStore: full } });
  await expect(prepared.go()).rejects.toThrow('the disk is full');
  expect(Object.keys(prepared.outputs).sort()).toEqual(['model-digest', 'signature']);
});
