import { expect, it } from 'vitest';
import { contentDigest } from '../../../../src/core/archive/content-tree.ts';
import { archiveKeys } from '../../../../src/core/archive/archive-keys.ts';
import {
  MANIFEST_SCHEMA,
  manifestText,
  parseManifest,
  type ArchiveManifest,
} from '../../../../src/documents/manifest.ts';
import { canonicalJson, sha256 } from '../../../../src/core/canonical-json.ts';

const files = [{ path: 'a', mode: '644', size: 1, sha256: sha256('a') }] as const;
const digest = contentDigest(files);
const manifest: ArchiveManifest = {
  schema: MANIFEST_SCHEMA,
  digest,
  sha256: sha256('x'),
  bytes: 1,
  compression: 'gzip',
  framework: 'custom',
  frameworkVersion: null,
  packer: 'p',
  files,
  signature: { inputs: [{ name: 'x', type: 'float32', shape: ['n', 30] }], outputs: [] },
};

it('survives the way through the store', () => {
  expect(parseManifest(manifestText(manifest), digest)).toEqual(manifest);
});

it('is written as canonical JSON', () => {
  const odd = ['"files":[]', 'a\nb', 'é', '\u2028'].map((path) => ({ ...files[0], path }));
  const described = {
    ...manifest,
    framework: '"files":[]',
    onnx: { path: '"files":[]', whole: null },
    files: odd,
  };
  expect(manifestText(described)).toBe(canonicalJson(described));
  expect(manifestText({ ...manifest, files: [] })).toBe(canonicalJson({ ...manifest, files: [] }));
});

it.each([
  ['is not JSON', '{'],
  ['is empty', ''],
  ['is no object', '[]'],
  ['has another schema', JSON.stringify({ ...manifest, schema: 'x' })],
  ['is about another digest', JSON.stringify({ ...manifest, digest: sha256('other') })],
  ['lacks a field', JSON.stringify({ ...manifest, sha256: undefined })],
  ['has a wrong size', JSON.stringify({ ...manifest, bytes: -1 })],
  ['has other files than its digest says', JSON.stringify({ ...manifest, files: [] })],
  ['has a wrong file', JSON.stringify({ ...manifest, files: [{ ...files[0], mode: '777' }] })],
  ['has a wrong signature', JSON.stringify({ ...manifest, signature: { inputs: 1, outputs: [] } })],
])('counts as missing where it %s', (_, text) => {
  expect(parseManifest(text, digest)).toBeNull();
});

it('has a place of its own for each compression', () => {
  const gzip = archiveKeys(digest, 'gzip');
  const none = archiveKeys(digest, 'tar');
  expect(gzip).toEqual({
    archive: `models/${digest}/model.tar.gz`,
    manifest: `models/${digest}/manifest.json`,
  });
  expect(new Set([...Object.values(gzip), ...Object.values(none)]).size).toBe(4);
});
