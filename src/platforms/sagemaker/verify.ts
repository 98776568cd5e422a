/** InService is not success: what runs is read back and compared with what was planned. */
import type { Desired, Plan } from '../../documents/plan.ts';
import type { Serving } from '../../deployment/observed.ts';
import { isScaled, type Live } from './live.ts';
import { containerOf, modelUrlOf, specsOf, textAt, variantFacts } from './specs.ts';

type Compare = (what: string, asked: string | number | null, runs: string | number | null) => void;

/** What differs between what was planned and what runs, in words; empty if nothing does. */
export function differences(plan: Plan, live: Live): string[] {
  const { desired, version } = plan;
  const wanted = specsOf(desired);
  const served = live.specs;
  const found: string[] = [];
  const compare: Compare = (what, asked, runs) => {
    if (asked !== null && asked !== runs) found.push(`${what} is ${runs ?? 'unknown'}, not ${asked}`);
  };
  compare('the config', version, live.serving);
  if (live.serving !== version) return found;
  if (served === null) return [...found, 'the config or the model that serves has been removed'];
  compare('the variant', variantFacts(desired).variantName, live.summary?.VariantName ?? null);
  compare('the image', textAt(containerOf(wanted), 'Image'), textAt(containerOf(served), 'Image'));
  compare('the archive', modelUrlOf(wanted), modelUrlOf(served));
  compareRunning(plan, live, compare);
  return found;
}

function compareRunning({ desired }: Plan, live: Live, compare: Compare): void {
  const { summary } = live;
  const resolved = summary?.DeployedImages?.[0]?.ResolvedImage;
  if (desired.image !== undefined && resolved !== undefined && !resolved.endsWith(desired.image)) {
    compare('the image that runs', desired.image, resolved);
  }
  compare('the number of instances', ...countsOf(desired, live));
}

/** As asked for, and as they run; null if the number is nobody's wish. */
function countsOf(desired: Desired, live: Live): readonly [asked: number | null, runs: number | null] {
  const { summary } = live;
  const runs = summary?.CurrentInstanceCount ?? null;
  if (!isScaled(live)) return [variantFacts(desired).instanceCount, runs];
  // Under autoscaling the count is the scaler's business.
  return [runs === 0 && summary?.DesiredInstanceCount !== 0 ? 1 : null, runs];
}

/** How what serves the plan's version compares with the plan, in the words of the decisions. */
export function fitOf(plan: Plan, live: Live): Serving['fit'] {
  // Config and model may not be seen yet, or have to be made again first.
  if (live.specs === null) return 'as-asked';
  const [asked, runs] = countsOf(plan.desired, live);
  const isCountOff = asked !== null && asked !== runs;
  const others = differences(plan, live).length - (isCountOff ? 1 : 0);
  if (others > 0) return 'other';
  return isCountOff ? 'count-off' : 'as-asked';
}
