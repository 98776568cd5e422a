/**
 * Any document as something to approve: what in it counts, by digests, and what people are told about it. No value of a
 * document is ever shown or handed on: a plan of infrastructure may hold secrets that nobody marked.
 */
import { createHmac } from 'node:crypto';
import { digestOf, sha256, shortDigest } from '../../canonical-json.ts';
import type { Change, Finding } from '../../../documents/plan.ts';
import { readKubernetesDiff } from './kubernetes-diff.ts';
import { readTerraformPlan } from './terraform-plan.ts';

export const DOCUMENT_KINDS = ['file', 'terraform-plan', 'kubernetes-diff'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** One part of a document, such as a resource: where it is, what happens to it, and the digest of what counts in it. */
export interface Part {
  readonly name: string;
  /** Such as `update`, `+3 -1 lines`, or `412 bytes`. */
  readonly what: string;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

export interface ReadDocument {
  readonly kind: DocumentKind;
  /** sha256 over the kind and all parts: 64 hexadecimal digits. */
  readonly digest: string;
  readonly parts: readonly Part[];
  readonly findings: readonly Finding[];
  /** Sensitive texts that were found, to be masked. Never to be written anywhere. */
  readonly secrets: readonly string[];
}

/** What a reader of one kind gives. */
export type Content = Pick<ReadDocument, 'parts' | 'findings' | 'secrets'>;

export interface ReadOptions {
  /** How messages name it, such as `document-path (plan.json)`. */
  readonly label: string;
  /** Seals sensitive values, so another secret is another digest; null if there is none. */
  readonly key: string | null;
}

/** @throws UserError if the bytes are not a document of that kind */
export function readDocument(bytes: Uint8Array, kind: DocumentKind, options: ReadOptions): ReadDocument {
  const content = readers[kind](bytes, options);
  const parts = content.parts.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { ...content, kind, parts, digest: digestOf({ kind, parts }) };
}

const readers: Readonly<Record<DocumentKind, (bytes: Uint8Array, options: ReadOptions) => Content>> = {
  file: (bytes, { key }) => ({
    parts: [{ name: 'content', what: `${bytes.length} bytes`, digest: sealed(bytes, key) }],
    findings: [],
    secrets: [],
  }),
  'terraform-plan': readTerraformPlan,
  'kubernetes-diff': readKubernetesDiff,
};

/** Of a short file, a plain digest could be guessed; under a key it cannot. */
function sealed(bytes: Uint8Array, key: string | null): string {
  return key === null ? sha256(bytes) : createHmac('sha256', key).update(bytes).digest('hex');
}

/** What differs between two documents, part by part; empty if nothing does. */
export function differences(
  approved: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Change[] {
  const names = [...new Set([...Object.keys(approved), ...Object.keys(now)])].sort();
  return names
    .filter((name) => approved[name] !== now[name])
    .map((field) => ({ field, from: told(approved[field]), to: told(now[field]) }));
}

const told = (digest: string | undefined) => (digest === undefined ? null : shortDigest(digest));
