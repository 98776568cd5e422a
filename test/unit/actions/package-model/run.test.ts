import { readFile, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { spec } from '../../../../src/actions/package-model/spec.ts';
import { unpackArchive } from '../../../../src/core/archive/unpack.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { parseRelease } from '../../../../src/documents/release-record.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import { filesBelow, folderWith, tarGzOf, temporaryFolder, write } from '../../core/archive/helpers.ts';
import { fakeOnnx, packageModel, prepare, SIGNATURE, urlOf, type Run } from './helpers.ts';

const MODEL = { 'm/model.onnx': fakeOnnx(), 'm/labels.txt': 'a\nb\n' };

async function recordOf({ outputs }: Run) {
  const path = outputs['release-record'] ?? '';
  return parseRelease(await readFile(path, 'utf8'), { label: path, digest: outputs['release-digest'] ?? '' });
}

/** What identifies the files of a store as untouched. */
async function traces(store: string): Promise<Record<string, string>> {
  const files = (await filesBelow(store)).filter((path) => !path.startsWith('releases/'));
  const entries = files.map(async (path) => {
    const { ino, mtimeMs } = await stat(join(store, path));
    return [path, `${ino} ${mtimeMs}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('a model with an ONNX file', () => {
  it('is packed, stored, recorded and explained', async () => {
    const workspace = await folderWith(MODEL);
    const result = await packageModel({ 'model-path': 'm' }, { workspace });
    const { outputs, store, runtime } = result;
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(spec.outputs).sort());
    const digest = outputs['model-digest'] ?? '';
    const archive = join(store, storeKeys.archive(digest));
    const bytes = await readFile(archive);
    expect(fileURLToPath(outputs['model-data-url'] ?? '')).toBe(archive);
    expect(outputs['model-sha256']).toBe(sha256(bytes));
    expect(outputs['archive-bytes']).toBe(String(bytes.length));
    expect(outputs.reused).toBe('false');
    expect(outputs['model-package-arn']).toBe('');
    expect(JSON.parse(outputs.signature ?? '')).toEqual(SIGNATURE);
    expect(runtime.opened).toEqual(['model.onnx']);
    expect(runtime.closed).toEqual(['model.onnx']);
    const unpacked = await unpackArchive(createReadStream(archive), await temporaryFolder());
    expect(unpacked.digest).toBe(digest);
    expect(unpacked.tree.map(({ path }) => path)).toEqual(['labels.txt', 'model.onnx']);
  });

  it('has a manifest in the store and one of the run', async () => {
    const workspace = await folderWith(MODEL);
    const { outputs, store } = await packageModel(
      { 'model-path': 'm', 'framework-version': '1.18' },
      { workspace },
    );
    const stored = await readFile(join(store, storeKeys.manifest(outputs['model-digest'] ?? '')), 'utf8');
    expect(await readFile(outputs['manifest-path'] ?? '', 'utf8')).toBe(stored);
    expect(JSON.parse(stored)).toMatchObject({
      schema: 'ml-deploy/manifest/v1',
      digest: outputs['model-digest'],
      sha256: outputs['model-sha256'],
      compression: 'gzip',
      framework: 'onnx',
      frameworkVersion: '1.18',
      signature: SIGNATURE,
      files: [
        { path: 'labels.txt', mode: '644', size: 4, sha256: sha256('a\nb\n') },
        { path: 'model.onnx', mode: '644' },
      ],
    });
  });

  it('is its own reference', async () => {
    const workspace = await folderWith(MODEL);
    const { outputs, store } = await packageModel({ 'model-path': 'm' }, { workspace });
    const digest = sha256(fakeOnnx());
    expect(outputs['reference-digest']).toBe(digest);
    expect(fileURLToPath(outputs['reference-url'] ?? '')).toBe(join(store, storeKeys.reference(digest)));
    expect(await readFile(join(store, storeKeys.reference(digest)), 'utf8')).toBe(fakeOnnx());
  });

  it('has a release record that says where it comes from', async () => {
    const workspace = await folderWith(MODEL);
    const result = await packageModel({ 'model-path': 'm' }, { workspace });
    expect(await recordOf(result)).toEqual({
      schema: 'ml-deploy/release/v1',
      model: {
        digest: result.outputs['model-digest'],
        url: result.outputs['model-data-url'],
        sha256: result.outputs['model-sha256'],
        bytes: Number(result.outputs['archive-bytes']),
        framework: 'onnx',
        frameworkVersion: null,
        signature: SIGNATURE,
      },
      image: null,
      reference: { digest: result.outputs['reference-digest'], url: result.outputs['reference-url'] },
      source: {
        repository: 'acme/churn',
        commit: result.context.commit,
        ref: 'refs/heads/main',
        run: result.context.runUrl,
        actor: 'olga',
      },
      deployment: null,
      approval: null,
      smoke: null,
      parent: null,
      createdAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it('has a summary in which no name can do harm', async () => {
    const workspace = await folderWith({ 'a|b <x>/model.onnx': fakeOnnx(), 'a|b <x>/.env': 'S=1' });
    const { summaries, outputs, log } = await packageModel({ 'model-path': 'a|b <x>' }, { workspace });
    const summary = summaries.join('\n');
    expect(summary).toContain(outputs['model-digest']);
    expect(summary).toContain('float32[n, 30]');
    expect(summary).toContain('`.env` | secret');
    expect(summary).toContain('a\\|b &lt;x&gt;');
    expect(log.lines).toContainEqual({
      level: 'warning',
      message: 'Left out, because they look like secrets: ".env"',
    });
    expect(await filesBelow(join(workspace, '.ml-deploy'))).toContain('.gitignore');
  });
});

describe('the same content again', () => {
  it('is not packed and writes no archive', async () => {
    const workspace = await folderWith(MODEL);
    const first = await packageModel({ 'model-path': 'm' }, { workspace });
    const before = await traces(first.store);
    await write(workspace, MODEL);
    const second = await packageModel({ 'model-path': 'm' }, { workspace });
    expect(await traces(second.store)).toEqual(before);
    expect(second.outputs.reused).toBe('true');
    expect(second.runtime.opened).toEqual([]);
    const paths: ReadonlySet<string> = new Set(['reused', 'manifest-path']);
    for (const name of Object.keys(spec.outputs).filter((output) => !paths.has(output))) {
      expect([name, second.outputs[name as keyof typeof second.outputs]]).toEqual([
        name,
        first.outputs[name as keyof typeof first.outputs],
      ]);
    }
    expect(second.summaries.join()).toContain('the store already had this content');
  });

  it('is a release of its own for another run', async () => {
    const workspace = await folderWith(MODEL);
    const first = await packageModel({ 'model-path': 'm' }, { workspace });
    const second = await prepare({ 'model-path': 'm', 'framework-version': '2' }, { workspace });
    second.clock.advance(1000);
    await second.go();
    expect(second.outputs['release-digest']).not.toBe(first.outputs['release-digest']);
    expect((await recordOf(second)).model.frameworkVersion).toBe('2');
  });

  it('is the same digest without compression, in an archive of its own', async () => {
    const workspace = await folderWith(MODEL);
    const gzip = await packageModel({ 'model-path': 'm' }, { workspace });
    const none = await packageModel({ 'model-path': 'm', compression: 'none' }, { workspace });
    expect(none.outputs['model-digest']).toBe(gzip.outputs['model-digest']);
    expect(none.outputs['model-data-url']).toMatch(/\/model\.tar$/);
    expect(none.outputs.reused).toBe('false');
    expect(none.outputs['model-sha256']).not.toBe(gzip.outputs['model-sha256']);
    const again = await packageModel({ 'model-path': 'm', compression: 'none' }, { workspace });
    expect(again.outputs.reused).toBe('true');
    expect(again.outputs['model-sha256']).toBe(none.outputs['model-sha256']);
  });

  it('is the same as an archive of it', async () => {
    const workspace = await folderWith(MODEL);
    const archive = await tarGzOf([
      { name: './model.onnx', content: fakeOnnx() },
      { name: './labels.txt', content: 'a\nb\n' },
    ]);
    await write(workspace, { 'model.tar.gz': archive });
    const ready = await packageModel({ 'model-path': 'model.tar.gz' }, { workspace });
    expect(ready.outputs['model-sha256']).toBe(sha256(archive));
    expect(JSON.parse(ready.outputs.signature ?? '')).toEqual(SIGNATURE);
    expect(ready.outputs['reference-digest']).toBe(sha256(fakeOnnx()));
    const folder = await packageModel({ 'model-path': 'm' }, { workspace });
    expect(folder.outputs['model-digest']).toBe(ready.outputs['model-digest']);
    expect(folder.outputs.reused).toBe('true');
    expect(folder.outputs['model-sha256']).toBe(sha256(archive));
  });

  it('may be packed by two runs at once', async () => {
    const workspace = await folderWith(MODEL);
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => packageModel({ 'model-path': 'm' }, { workspace })),
    );
    expect(new Set(runs.map(({ outputs }) => outputs['model-sha256'])).size).toBe(1);
    const [first] = runs;
    const bytes = await readFile(fileURLToPath(first?.outputs['model-data-url'] ?? ''));
    expect(first?.outputs['model-sha256']).toBe(sha256(bytes));
    const files = await filesBelow(first?.store ?? '');
    expect(files.filter((path) => path.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a destination', () => {
  it('is a folder anywhere, and then the workspace stays clean', async () => {
    const workspace = await folderWith(MODEL);
    const folder = join(await temporaryFolder(), 'new');
    const { outputs } = await packageModel({ 'model-path': 'm', destination: urlOf(folder) }, { workspace });
    expect(outputs['model-data-url']).toBe(
      `${urlOf(folder)}/${storeKeys.archive(outputs['model-digest'] ?? '')}`,
    );
    expect(outputs['release-record']).toBe(join(folder, storeKeys.release(outputs['release-digest'] ?? '')));
    expect(await filesBelow(workspace)).toEqual(['m/labels.txt', 'm/model.onnx']);
  });

  it('that is not set is said, with what becomes of the archive', async () => {
    const workspace = await folderWith(MODEL);
    const said = 'No destination is set, so the archive is in .ml-deploy/store of this workspace.';
    const without = await packageModel({ 'model-path': 'm' }, { workspace });
    expect(without.log.text).toContain(said);
    const destination = urlOf(await temporaryFolder());
    const given = await packageModel({ 'model-path': 'm', destination }, { workspace });
    expect(given.log.text).not.toContain(said);
  });

  it('does not pack the default store into the model', async () => {
    const workspace = await folderWith({ 'model.onnx': fakeOnnx() });
    const first = await packageModel({ 'model-path': '.' }, { workspace });
    const second = await packageModel({ 'model-path': '.' }, { workspace });
    expect(second.outputs['model-digest']).toBe(first.outputs['model-digest']);
    expect(second.outputs.reused).toBe('true');
  });
});

it('stops when the run is cancelled, and leaves no archive', async () => {
  const workspace = await folderWith(MODEL);
  const prepared = await prepare({ 'model-path': 'm' }, { workspace });
  prepared.cancel();
  await expect(prepared.go()).rejects.toThrow(CancelledError);
  expect(await filesBelow(workspace)).toEqual(['m/labels.txt', 'm/model.onnx']);
});

it('takes any other model without a signature and a reference', async () => {
  const workspace = await folderWith({ 'm/model.joblib': 'j' });
  const { outputs, runtime } = await packageModel({ 'model-path': 'm/model.joblib' }, { workspace });
  expect(outputs).toMatchObject({ signature: '', 'reference-digest': '', 'reference-url': '' });
  expect(runtime.opened).toEqual([]);
});

it('puts code beside the model', async () => {
  const workspace = await folderWith({ ...MODEL, 'src/inference.py': 'p' });
  const { outputs } = await packageModel({ 'model-path': 'm', 'code-path': 'src' }, { workspace });
  const manifest = await readFile(outputs['manifest-path'] ?? '', 'utf8');
  expect(manifest).toContain('"code/inference.py"');
});
