/** `promote-from` of ml-deploy.yml: an environment takes only what the one before it has verified. */
import type { Problem } from '../../core/errors.ts';
import { whyUnverifiedInChain } from '../../core/release/verified.ts';
import { needsModel, packageInput, packageOf } from './check-inputs.ts';
import type { Given, Inputs } from './inputs.ts';
import type { SourcePorts, Sources } from './source-ports.ts';

const ruleOf = (environment: string | null, promoteFrom: string) =>
  `${environment ?? 'this environment'} accepts only what ${promoteFrom} has verified (promote-from in ml-deploy.yml).`;

/** What the inputs alone say: a model that is no release was verified nowhere. */
export function unpromotable(inputs: Given, promoteFrom: string | null): Problem[] {
  // A candidate may be removed whatever it is.
  if (promoteFrom === null || !needsModel(inputs) || inputs.command === 'discard') return [];
  const given = Object.entries({
    'model-data-url': inputs.modelDataUrl,
    [packageInput(inputs)]: packageOf(inputs),
  });
  return given
    .filter(([, value]) => value !== null)
    .map(([where, value]) => ({
      where,
      message: `"${value ?? ''}" is not a release record, and ${ruleOf(inputs.environment, promoteFrom)}`,
      fix: `Set release instead: the release record from the smoke test in ${promoteFrom}.`,
    }));
}

/** What the release record says: the proof is of these very digests, or there is none. */
export async function promotionProblems(
  {
    image,
    release,
    storeUrl,
  }: Pick<Sources, 'image' | 'storeUrl'> & {
    readonly release: NonNullable<Sources['release']>;
  },
  { command, environment, imageUri }: Inputs,
  { promoteFrom, openStore }: Pick<SourcePorts, 'promoteFrom' | 'openStore'>,
): Promise<Problem[]> {
  if (promoteFrom === null || command === 'discard') return [];
  const { record, digest } = release;
  const why = await whyUnverifiedInChain(record, digest, promoteFrom, () => openStore(storeUrl));
  const rule = ruleOf(environment, promoteFrom);
  if (why !== null) {
    const fix = `Release it to ${promoteFrom} first, or use the release record from the smoke test there.`;
    return [{ where: 'release', message: `${why} ${rule}`, fix }];
  }
  if (image?.digest === record.image?.digest) return [];
  const own = record.image?.digest ?? 'none';
  const message = `"${imageUri ?? ''}" is not the image of the release (${own}), and ${rule}`;
  return [{ where: 'image-uri', message, fix: 'Leave image-uri out.' }];
}
