/** A model that callers of today cannot call needs an explicit word: allow-signature-change. */
import { text } from 'node:stream/consumers';
import { messageOf, UserError } from '../../core/errors.ts';
import { signatureBreaks } from '../../core/release/signature-change.ts';
import { storeKeys } from '../../core/stores.ts';
import { shortVersion, type DeploymentTarget } from '../../core/targets.ts';
import type { Finding, Plan } from '../../documents/plan.ts';
import { parseRelease, type ReleaseModel } from '../../documents/release-record.ts';
import type { Inputs } from './inputs.ts';
import type { SourcePorts, Sources } from './source-ports.ts';

/** @throws UserError if inputs or outputs of what serves are gone or changed, and nobody said that they may be */
export async function signatureFindings(
  { allowSignatureChange }: Pick<Inputs, 'allowSignatureChange'>,
  { model, storeUrl }: Pick<Sources, 'model' | 'storeUrl'>,
  plan: Pick<Plan, 'endpoint' | 'base' | 'action'>,
  target: Pick<DeploymentTarget, 'describe'>,
  ports: Pick<SourcePorts, 'openStore'>,
): Promise<Finding[]> {
  const { signature } = model;
  if (signature === null || plan.base === null || plan.action === 'unchanged') return [];
  const { live } = await target.describe(plan.endpoint);
  // Of the same content it is the same model.
  if (live === null || live.modelDigest === model.digest) return [];
  const what = `inputs and outputs of the live model (version ${shortVersion(live.version)})`;
  if (live.release === null) return [notChecked(what, 'It has no release record.')];
  let before: ReleaseModel['signature'];
  try {
    before = await signatureOf(live.release, storeUrl, ports);
  } catch (error) {
    return [notChecked(what, messageOf(error))];
  }
  if (before === null) return [notChecked(what, 'Its release record has none.')];
  const breaks = signatureBreaks(before, signature);
  if (breaks.length === 0)
    return [
      {
        level: 'ok',
        message: `Callers of ${plan.endpoint} need no change: no input or output is missing or changed.`,
      },
    ];
  const message = `callers of ${plan.endpoint} break: ${breaks.join('; ')}.`;
  if (allowSignatureChange) return [{ level: 'warning', message: `With allow-signature-change, ${message}` }];
  const fix =
    'Change the callers first, then set allow-signature-change: true; or use another endpoint-name for the new model.';
  throw UserError.of([{ where: 'allow-signature-change', message, fix }]);
}

async function signatureOf(
  digest: string,
  storeUrl: string,
  { openStore }: Pick<SourcePorts, 'openStore'>,
): Promise<ReleaseModel['signature']> {
  const store = await openStore(storeUrl);
  const key = storeKeys.release(digest);
  const record = parseRelease(await text(await store.open(key)), { label: store.urlOf(key), digest });
  return record.model.signature;
}

function notChecked(what: string, why: string): Finding {
  return { level: 'not-checked', message: `Not checked: ${what}. ${why}` };
}
