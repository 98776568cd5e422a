/** InService is not success: what runs is read back and compared with what was planned. */
import type { Plan } from '../../documents/plan.ts';
import { isScaled, type Live } from './live.ts';
import { containerOf, modelUrlOf, specsOf, textAt, variantFacts } from './specs.ts';

type Compare = (what: string, asked: string | number | null, runs: string | number | null) => void;

/** What differs between what was planned and what runs, in words; empty where nothing does. */
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
  const runs = summary?.CurrentInstanceCount ?? null;
  // Under autoscaling the count is the scaler's business.
  if (!isScaled(live)) compare('the number of instances', variantFacts(desired).instanceCount, runs);
  else if (runs === 0 && summary?.DesiredInstanceCount !== 0) compare('the number of instances', 1, runs);
}
