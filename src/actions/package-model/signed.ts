/** Whether the model is the one that was signed: OpenSSF Model Signing, if a bundle is given. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  SIGNATURE_WHERE,
  signatureProblems,
  type TrustedSigner,
  type VerifySignature,
} from '../../core/archive/model-signature.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { messageOf, UserError, type Problem } from '../../core/errors.ts';
import type { Ports } from '../../core/ports.ts';
import type { Inputs } from './check-inputs.ts';

export interface SignaturePorts {
  readonly verifySignature: VerifySignature;
}

const KEYLESS = ['signature-identity', 'signature-issuer', 'signature-trusted-root'] as const;

/** Inputs about a signature that are missing, or do not belong together. */
export function signatureInputProblems(inputs: Inputs): Problem[] {
  const { signatureBundle, signatureKey } = inputs;
  const keyless = [inputs.signatureIdentity, inputs.signatureIssuer, inputs.signatureTrustedRoot];
  const some = keyless.some((value) => value !== null);
  const about = (where: string, message: string): Problem[] => [{ where, message }];
  if (signatureBundle === null) {
    const where =
      signatureKey === null ? KEYLESS[keyless.findIndex((value) => value !== null)] : 'signature-key';
    return where === undefined
      ? []
      : about(where, 'is set without signature-bundle, so there is nothing to verify.');
  }
  if (signatureKey !== null && some)
    return about(
      'signature-key',
      `is given together with ${KEYLESS.join(', ')}: a key signs, or an identity does.`,
    );
  if (signatureKey !== null) return [];
  const missing = KEYLESS.filter((_, at) => keyless[at] === null);
  if (missing.length === 0) return [];
  const who = some ? missing.join(', ') : `signature-key, or ${KEYLESS.join(', ')}`;
  return about(SIGNATURE_WHERE, `is set without the expected signer: set ${who}.`);
}

/** @returns who signed it; null if no signature is given. @throws UserError if it is not what was signed */
export async function checkSignature(
  inputs: Inputs,
  source: ModelSource,
  { context, log, verifySignature }: Pick<Ports<never>, 'context' | 'log'> & SignaturePorts,
): Promise<string | null> {
  const { signatureBundle, signatureKey, signatureIdentity: identity, signatureIssuer: issuer } = inputs;
  if (signatureBundle === null) return null;
  const read = (where: string, path: string) => readInput(where, path, context.workspace);
  const trusted: TrustedSigner =
    signatureKey === null
      ? {
          ...{ kind: 'identity', identity: identity ?? '', issuer: issuer ?? '' },
          root: await read('signature-trusted-root', inputs.signatureTrustedRoot ?? ''),
        }
      : { kind: 'key', pem: await read('signature-key', signatureKey) };
  const bundle = await read(SIGNATURE_WHERE, signatureBundle);
  const { signer, statement } = await verifySignature(bundle, trusted);
  const problems = signatureProblems(statement, source, signatureBundle);
  if (problems.length > 0) throw UserError.of(problems);
  log.info(`Signed by ${signer}: each of the ${source.tree.length} files is as it was signed.`);
  return signer;
}

async function readInput(where: string, path: string, workspace: string): Promise<string> {
  try {
    return await readFile(resolve(workspace, path), 'utf8');
  } catch (error) {
    throw UserError.of([{ where, message: `"${path}" cannot be read: ${messageOf(error)}.` }]);
  }
}
