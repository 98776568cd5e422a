/** Verifies Sigstore bundles by Sigstore's own library, without a request: what is trusted is given. */
import { createPublicKey } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier, type Signer } from '@sigstore/verify';
import {
  SIGNATURE_WHERE,
  type TrustedSigner,
  type VerifiedSignature,
} from '../../core/archive/model-signature.ts';
import { messageOf, UserError } from '../../core/errors.ts';

type Bundle = ReturnType<typeof bundleFromJSON>;

/** @throws UserError for what is no bundle, or was signed by somebody else. */
export function verifySignature(bundle: string, trusted: TrustedSigner): Promise<VerifiedSignature> {
  return Promise.resolve().then(() => {
    const read = given(SIGNATURE_WHERE, () => bundleFromJSON(JSON.parse(bundle)));
    if (read.content.$case !== 'dsseEnvelope') throw refused('It does not contain an in-toto statement.');
    const signer = trusted.kind === 'key' ? byKey(read, trusted.pem) : byIdentity(read, trusted);
    const { payload } = read.content.dsseEnvelope;
    const statement = given<unknown>(SIGNATURE_WHERE, () => JSON.parse(payload.toString('utf8')));
    return { signer, statement };
  });
}

/** A key has no certificate, and nothing has to be in a log. */
function byKey(bundle: Bundle, pem: string): string {
  const publicKey = given('signature-key', () => createPublicKey(pem));
  const none = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
  const trust = { ...none, publicKey: () => ({ publicKey, validFor: () => true }) };
  verify(new Verifier(trust, { tlogThreshold: 0, timestampThreshold: 0, ctlogThreshold: 0 }), bundle);
  return 'the given key';
}

function byIdentity(bundle: Bundle, trusted: TrustedSigner & { kind: 'identity' }): string {
  const root = given('signature-trusted-root', () => TrustedRoot.fromJSON(JSON.parse(trusted.root)));
  const { identity } = verify(new Verifier(toTrustMaterial(root)), bundle);
  const { subjectAlternativeName: name = 'nobody', extensions } = identity ?? {};
  const issuer = extensions?.issuer ?? 'nobody';
  // Compared here, and exactly: the library takes the expected name for a pattern.
  if (name === trusted.identity && issuer === trusted.issuer) return name;
  throw refused(
    `It was signed by ${name}, whom ${issuer} vouches for; ${trusted.identity} of ${trusted.issuer} is expected.`,
  );
}

function verify(verifier: Verifier, bundle: Bundle): Signer {
  try {
    return verifier.verify(toSignedEntity(bundle));
  } catch (error) {
    throw refused(`The signature is not valid: ${messageOf(error)}.`);
  }
}

/** What an input gave cannot be read. */
function given<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw UserError.of([{ where, message: `cannot be read: ${messageOf(error)}.` }]);
  }
}

function refused(message: string): UserError {
  const fix = 'Do not use this model unless you know why: ask its signer.';
  return UserError.of([{ where: SIGNATURE_WHERE, message, fix }]);
}
