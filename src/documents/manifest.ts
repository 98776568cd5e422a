/** What is beside an archive in the store: what is in it, and what its bytes are. */
import {
  canonicalTree,
  contentDigest,
  type ContentTree,
  type TreeFile,
} from '../core/archive/content-tree.ts';
import type { Compression } from '../core/archive/source.ts';
import type { DeclaredSignature } from '../core/onnx-reader.ts';
import { tryRead, writeDocument, type Format } from './document.ts';
import { count, digest, list, nullable, object, oneOf, optional, text } from './shape.ts';
import { signatureShape } from './signature.ts';
import { writersShape, type Writer } from './writer.ts';

export const MANIFEST_SCHEMA = 'ml-deploy/manifest/v1';

export interface ArchiveManifest {
  readonly schema: typeof MANIFEST_SCHEMA;
  /** The model digest: of the content, whatever the compression. */
  readonly digest: string;
  /** Of the archive's bytes; the model digest if there is no archive, but files. */
  readonly sha256: string;
  /** The archive's size, or that of all files together. */
  readonly bytes: number;
  readonly compression: Compression;
  readonly framework: string;
  readonly frameworkVersion: string | null;
  /** What wrote the archive; `given` for one that was an archive already. */
  readonly packer: string;
  readonly files: ContentTree;
  /** Of the model's ONNX file; null if it has none, or several. */
  readonly signature: DeclaredSignature | null;
  /** Of the model's ONNX file; absent if it has none, or several, and in manifests of before. */
  readonly onnx?: OnnxContent;
  /** What wrote its files; absent if none says so, and in manifests of before. */
  readonly writers?: readonly Writer[];
}

/** What the model's ONNX file is as one file. */
export interface OnnxContent {
  readonly path: string;
  /** sha256 of the file with all its weights in it; null if the built-in runtime cannot open it. */
  readonly whole: string | null;
}

const FORMAT: Format<ArchiveManifest> = {
  what: 'a manifest',
  schema: MANIFEST_SCHEMA,
  remedy: 'Package the model again.',
  shape: object<ArchiveManifest>({
    schema: oneOf(MANIFEST_SCHEMA),
    digest,
    sha256: digest,
    bytes: count,
    compression: oneOf('gzip', 'none'),
    framework: text,
    frameworkVersion: nullable(text),
    packer: text,
    files: list(object<TreeFile>({ path: text, mode: oneOf('644', '755'), size: count, sha256: digest })),
    signature: nullable(signatureShape),
    onnx: optional(object<OnnxContent>({ path: text, whole: nullable(digest) })),
    writers: optional(writersShape),
  }),
};

/** As any document, but for its files, which may be many: no member before them has any of its own. */
export function manifestText({ files, ...rest }: ArchiveManifest): string {
  const withoutFiles = { ...rest, files: [] };
  const [before = '', ...after] = writeDocument(withoutFiles).split(NO_FILES);
  return `${before}"files":${canonicalTree(files)}${after.join(NO_FILES)}`;
}

const NO_FILES = '"files":[]';

/** Reads a manifest; null for a text that is none, or that is not about this content: the archive itself then tells. */
export function parseManifest(source: string, about: string): ArchiveManifest | null {
  const read = tryRead(FORMAT, source);
  if (!('value' in read)) return null;
  const { value } = read;
  return value.digest === about && contentDigest(value.files) === about ? value : null;
}
