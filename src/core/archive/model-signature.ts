/**
 * OpenSSF Model Signing: what a signature says of a model's files, compared with the files.
 * https://github.com/sigstore/model-transparency (in-toto statement, predicate https://model_signing/signature/v1.0)
 */
import type { Problem } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { names } from './file-names.ts';
import type { ModelSource } from './source.ts';

export const SIGNATURE_WHERE = 'signature-bundle';
const PREDICATE = 'https://model_signing/signature/v1.0';

/** Who signed, and what was signed. */
export interface VerifiedSignature {
  /** The identity in the certificate; `the given key` if a key signed. */
  readonly signer: string;
  /** The signed in-toto statement. */
  readonly statement: unknown;
}

/** Finds out whether a bundle was signed by whom the inputs name. @throws UserError if it was not */
export type VerifySignature = (bundle: string, trusted: TrustedSigner) => Promise<VerifiedSignature>;

export type TrustedSigner =
  | { readonly kind: 'key'; readonly pem: string }
  | {
      readonly kind: 'identity';
      readonly identity: string;
      readonly issuer: string;
      /** Sigstore's trusted_root.json. */
      readonly root: string;
    };

interface Resource {
  readonly name: string;
  readonly digest: string;
}

/** What does not fit; empty if each file of the model is signed, and each signed file is there. */
export function signatureProblems(statement: unknown, source: ModelSource, bundlePath: string): Problem[] {
  const resources = resourcesOf(statement);
  if (typeof resources === 'string') return [problem(resources)];
  const signed = new Map(resources.map(({ name, digest }) => [name, digest]));
  const isIt = (path: string) => bundlePath === path || bundlePath.endsWith(`/${path}`);
  // Files for git are the ones that the signing tool leaves out by itself.
  const isLeftOut = (path: string) => isIt(path) || /(^|\/)\.git(attributes|ignore)$/.test(path);
  const inTree = new Set(source.tree.map(({ path }) => path));
  const notPacked = new Set(source.leftOut.map(({ path }) => path));
  const other = source.tree.filter(({ path, sha256 }) => signed.has(path) && signed.get(path) !== sha256);
  const unsigned = source.tree.filter(({ path }) => !signed.has(path) && !isLeftOut(path));
  const missing = [...signed.keys()].filter((path) => !inTree.has(path) && !notPacked.has(path));
  return [
    ...about(other, 'was changed after it was signed'),
    ...about(unsigned, 'is not covered by the signature'),
    ...about(
      missing.map((path) => ({ path })),
      'was signed, but is not in the model',
    ),
  ];
}

function about(files: readonly { readonly path: string }[], what: string): Problem[] {
  return files.length === 0 ? [] : [problem(`${names(files.map(({ path }) => path))} ${what}.`)];
}

const problem = (message: string): Problem => ({
  where: SIGNATURE_WHERE,
  message,
  fix: 'Sign the model again once it is complete, or use the signed model.',
});

/** The signed files, or a sentence that says why the statement is not about files. */
function resourcesOf(statement: unknown): readonly Resource[] | string {
  const { predicateType, predicate } = isObject(statement) ? statement : {};
  if (predicateType !== PREDICATE || !isObject(predicate))
    return `It signs "${String(predicateType)}", not a model (${PREDICATE}).`;
  const { serialization, resources } = predicate;
  const { method, hash_type: hash } = isObject(serialization) ? serialization : {};
  if (method !== 'files' || hash !== 'sha256')
    return `It was made with the method "${String(method)}" and the hash "${String(hash)}"; "files" with "sha256" can be verified.`;
  const all: readonly unknown[] = Array.isArray(resources) ? resources : [];
  const read = all.flatMap((one) => {
    const { name, digest, algorithm } = isObject(one) ? one : {};
    const isFile = typeof name === 'string' && typeof digest === 'string' && algorithm === 'sha256';
    return isFile ? [{ name, digest }] : [];
  });
  return read.length === all.length && all.length > 0 ? read : 'Its list of signed files cannot be read.';
}
