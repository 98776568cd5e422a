/** A model with a signature of OpenSSF Model Signing (test/fixtures/signatures/README.md). */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../../src/adapters/sigstore/verify-signature.ts';
import { signatureProblems } from '../../../../src/core/archive/model-signature.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import type { ReleaseRecord } from '../../../../src/documents/release-record.ts';
import { folderWith, modelRoot } from '../../core/archive/helpers.ts';
import { packageModel } from './helpers.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/signatures');
const SIGNED = { 'model/model.joblib': 'hello\n', 'model/code/inference.py': 'x\n' };
const KEY = { 'signature-bundle': 'model.sig', 'signature-key': 'key.pem' };

/** @param files beside or instead of the signed ones */
async function run(files: Record<string, string>, inputs: Record<string, string>) {
  const workspace = await folderWith({ ...SIGNED, ...files });
  await cp(join(FIXTURES, 'key.sig'), join(workspace, 'model.sig'));
  await cp(join(FIXTURES, 'key.pem'), join(workspace, 'key.pem'));
  await cp(join(FIXTURES, 'other.pem'), join(workspace, 'other.pem'));
  await writeFile(join(workspace, 'root.json'), '{}');
  return packageModel({ 'model-path': 'model', ...inputs }, { workspace, ports: { verifySignature } });
}

describe('a key that signed', () => {
  it('is told, and stands in the release record', async () => {
    const { outputs, log, summaries } = await run({}, KEY);
    expect(log.text).toContain('Signed by the given key: each of the 2 files is as it was signed.');
    expect(summaries.join()).toContain('| Signed by | the given key |');
    const record = JSON.parse(await readFile(outputs['release-record'] ?? '', 'utf8')) as ReleaseRecord;
    expect(record.model.signedBy).toBe('the given key');
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a file that was changed',
      { 'model/model.joblib': 'Hello\n' },
      '"model.joblib" was changed after it was signed.',
    ],
    ['a file beside', { 'model/code/more.py': '' }, '"code/more.py" is not covered by the signature.'],
  ])('%s is refused', async (_, files, message) => {
    await expect(run(files, KEY)).rejects.toThrow(message);
  });

  it('another key is refused', async () => {
    await expect(run({}, { ...KEY, 'signature-key': 'other.pem' })).rejects.toThrow(
      'The signature is not valid: signature verification failed.',
    );
  });

  it('a signed file that is missing is told', async () => {
    const folder = await folderWith({ 'model.joblib': 'hello\n' });
    const source = await openModel(modelRoot(folder), null, undefined);
    const bundle = await readFile(join(FIXTURES, 'key.sig'), 'utf8');
    const pem = await readFile(join(FIXTURES, 'key.pem'), 'utf8');
    const { statement } = await verifySignature(bundle, { kind: 'key', pem });
    const [problem, ...others] = signatureProblems(statement, source, 'model.sig');
    expect(problem?.message).toBe('"code/inference.py" was signed, but is not in the model.');
    expect(others).toEqual([]);
  });
});

describe('what is given', () => {
  it.each<[Record<string, string>, string]>([
    [{ 'signature-bundle': 'model.sig' }, 'is set without the expected signer: set signature-key, or'],
    [{ 'signature-key': 'key.pem' }, 'is set without signature-bundle'],
    [
      { 'signature-bundle': 'model.sig', 'signature-issuer': 'https://x' },
      'set signature-identity, signature-trusted-root',
    ],
    [{ ...KEY, 'signature-identity': 'a@b' }, 'a key signs, or an identity does'],
    [{ ...KEY, 'signature-bundle': 'none.sig' }, '"none.sig" cannot be read'],
    [{ ...KEY, 'signature-bundle': 'key.pem' }, 'signature-bundle: cannot be read'],
    [{ ...KEY, 'signature-key': 'model.sig' }, 'signature-key: cannot be read'],
    [
      {
        ...{ 'signature-bundle': 'model.sig', 'signature-identity': 'a@b', 'signature-issuer': 'https://x' },
        'signature-trusted-root': 'root.json',
      },
      'The signature is not valid',
    ],
  ])('%j: %s', async (inputs, message) => {
    await expect(run({}, inputs)).rejects.toThrow(message);
  });

  it('a statement about something else is not one about a model', async () => {
    const source = await openModel(modelRoot(await folderWith({ a: 'a' })), null, undefined);
    const said = (statement: unknown) =>
      signatureProblems(statement, source, 'x').map(({ message }) => message);
    expect(said({ predicateType: 'https://slsa.dev/provenance/v1' })[0]).toContain(', not a model');
    const predicateType = 'https://model_signing/signature/v1.0';
    const shards = { serialization: { method: 'shards', hash_type: 'sha256' }, resources: [] };
    expect(said({ predicateType, predicate: shards })[0]).toContain('"files" with "sha256" can be verified');
  });
});
