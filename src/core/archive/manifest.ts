/** What stands beside an archive in the store: what is in it, and what its bytes are. */
import { canonicalJson } from '../canonical-json.ts';
import { isObject } from '../json-object.ts';
import type { DeclaredSignature } from '../onnx-reader.ts';
import { storeKeys } from '../stores.ts';
import { contentDigest, type ContentTree, type TreeFile } from './content-tree.ts';
import type { Compression } from './source.ts';
import { isDigest, isListOf, isSignature, isSize, isText, isTextOrNull } from './shape.ts';

export const MANIFEST_SCHEMA = 'ml-deploy/manifest/v1';

export interface ArchiveManifest {
  readonly schema: typeof MANIFEST_SCHEMA;
  /** The model digest: of the content, whatever the compression. */
  readonly digest: string;
  /** Of the archive's bytes; the model digest where there is no archive, but files. */
  readonly sha256: string;
  /** The archive's size, or that of all files together. */
  readonly bytes: number;
  readonly compression: Compression;
  readonly framework: string;
  readonly frameworkVersion: string | null;
  /** What wrote the archive; `given` for one that was an archive already. */
  readonly packer: string;
  readonly files: ContentTree;
  /** Of the model's ONNX file; null where it has none, or several. */
  readonly signature: DeclaredSignature | null;
  /** Of the model's ONNX file; absent where it has none, or several, and in manifests of before. */
  readonly onnx?: OnnxContent;
}

/** What the model's ONNX file is as one file. */
export interface OnnxContent {
  readonly path: string;
  /** sha256 of the file with all its weights in it; null where the built-in runtime cannot open it. */
  readonly whole: string | null;
}

/** How a model lies in a store: one gzip archive, one plain tar, or each file by itself. */
export const STORED_FORMS = ['gzip', 'tar', 'files'] as const;
export type StoredForm = (typeof STORED_FORMS)[number];

export interface ArchiveKeys {
  /** Of the archive, or of the folder of files. */
  readonly archive: string;
  readonly manifest: string;
}

/** The forms of one content have different bytes, so each has a manifest of its own. */
export function archiveKeys(digest: string, form: StoredForm): ArchiveKeys {
  switch (form) {
    case 'gzip':
      return { archive: storeKeys.archive(digest), manifest: storeKeys.manifest(digest) };
    case 'tar':
      return { archive: storeKeys.tar(digest), manifest: storeKeys.tarManifest(digest) };
    case 'files':
      return { archive: storeKeys.files(digest), manifest: storeKeys.filesManifest(digest) };
  }
}

export function manifestText(manifest: ArchiveManifest): string {
  return canonicalJson(manifest);
}

/** Reads a manifest; null for a text that is none, or that is not about this content. */
export function parseManifest(text: string, digest: string): ArchiveManifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isManifest(value) && value.digest === digest && contentDigest(value.files) === digest ? value : null;
}

function isManifest(value: unknown): value is ArchiveManifest {
  return (
    isObject(value) &&
    value.schema === MANIFEST_SCHEMA &&
    isDigest(value.digest) &&
    isDigest(value.sha256) &&
    isSize(value.bytes) &&
    (value.compression === 'gzip' || value.compression === 'none') &&
    isText(value.framework) &&
    isTextOrNull(value.frameworkVersion) &&
    isText(value.packer) &&
    isListOf(value.files, isFile) &&
    (value.signature === null || isSignature(value.signature)) &&
    (value.onnx === undefined || isOnnxContent(value.onnx))
  );
}

function isOnnxContent(value: unknown): value is OnnxContent {
  return isObject(value) && isText(value.path) && (value.whole === null || isDigest(value.whole));
}

function isFile(value: unknown): value is TreeFile {
  return (
    isObject(value) &&
    isText(value.path) &&
    (value.mode === '644' || value.mode === '755') &&
    isSize(value.size) &&
    isDigest(value.sha256)
  );
}
