/**
 * Checks of how right the endpoint is. A figure beyond its limit rolls back only if the reference, or the version before,
 * keeps to the same limit over the same rows: otherwise the cases or the limit may be at fault, and no other version need
 * be better.
 */
import { check, percent, round, type Check } from '../check.ts';
import type { QualityResult } from './quality.ts';
import type { Figures } from './side.ts';

/** null: not asked for. */
export interface QualityLimits {
  readonly minAccuracy: number | null;
  /** How far the accuracy may be below the reference's. */
  readonly maxAccuracyDrop: number | null;
  readonly minF1: number | null;
  readonly minAuc: number | null;
  readonly maxMae: number | null;
  readonly maxRmse: number | null;
  readonly minR2: number | null;
}

interface Measure {
  readonly figure: 'accuracy' | 'f1' | 'auc' | 'mae' | 'rmse' | 'r2';
  /** As the check is called, and as a sentence calls it. */
  readonly name: string;
  readonly input: string;
  readonly limit: Exclude<keyof QualityLimits, 'maxAccuracyDrop'>;
  readonly isFloor: boolean;
  /** Of true numbers; otherwise of labels. */
  readonly ofNumbers: boolean;
}

const ofLabels = { isFloor: true, ofNumbers: false } as const;
const ofErrors = { isFloor: false, ofNumbers: true } as const;
const ACCURACY: Measure = {
  figure: 'accuracy',
  name: 'accuracy',
  input: 'min-accuracy',
  limit: 'minAccuracy',
  ...ofLabels,
};
const MAE: Measure = {
  figure: 'mae',
  name: 'mean absolute error',
  input: 'max-mae',
  limit: 'maxMae',
  ...ofErrors,
};
const MEASURES: readonly Measure[] = [
  ACCURACY,
  { figure: 'f1', name: 'F1', input: 'min-f1', limit: 'minF1', ...ofLabels },
  { figure: 'auc', name: 'AUC', input: 'min-auc', limit: 'minAuc', ...ofLabels },
  MAE,
  { figure: 'rmse', name: 'RMSE', input: 'max-rmse', limit: 'maxRmse', ...ofErrors },
  { figure: 'r2', name: 'R2', input: 'min-r2', limit: 'minR2', isFloor: true, ofNumbers: true },
];

/** Whether a limit is missed by the endpoint and by its reference alike, so only another version can tell whose fault it is. */
export function needsWitness(quality: QualityResult | null, limits: QualityLimits): boolean {
  if (!quality?.endpoint || quality.mistake !== null) return false;
  const { endpoint, reference } = quality;
  return MEASURES.some((measure) => {
    const limit = limits[measure.limit];
    return (
      endpoint[measure.figure] !== null &&
      !keeps(measure, limit, endpoint) &&
      !keeps(measure, limit, reference)
    );
  });
}

/** How sentences call what is judged. */
export type Judged = 'endpoint' | 'model';

export interface Circumstances {
  /** Whether the reference is the one that the release names. */
  readonly trusted: boolean;
  /** The figures of the version that a rollback goes to, over the same rows; null if nobody asked. */
  readonly before: Figures | null;
}

/** @param about an endpoint beside its reference, or the model alone, which has nothing beside it and nothing to go back to */
export function qualityChecks(
  quality: QualityResult | null,
  limits: QualityLimits,
  about: Circumstances | 'model',
): Check[] {
  const { trusted, before } = about === 'model' ? NOTHING_BESIDE : about;
  const judged: Judged = about === 'model' ? 'model' : 'endpoint';
  const asked = MEASURES.filter(({ limit }) => limits[limit] !== null);
  if (!quality) return asked.length > 0 || limits.maxAccuracyDrop !== null ? [noLabels()] : [];
  if (quality.mistake !== null) return [mistaken(quality.mistake)];
  const { endpoint, task } = quality;
  if (!endpoint || endpoint.n === 0) return [noLabels()];
  const first = task === 'regression' ? MAE : ACCURACY;
  const measures = asked.includes(first) ? asked : [first, ...asked];
  return [
    ...measures.map((measure) =>
      checkOf(measure, limits[measure.limit], quality, { judged, endpoint, before }),
    ),
    ...dropChecks(quality, limits.maxAccuracyDrop, trusted),
  ];
}

/** Limits that ask for a figure that the task does not have. */
export function meaninglessLimits(
  task: NonNullable<QualityResult['task']>,
  limits: QualityLimits,
): { readonly where: string; readonly message: string; readonly fix: string }[] {
  const isRegression = task === 'regression';
  const wrong = MEASURES.filter(
    ({ limit, ofNumbers }) => limits[limit] !== null && ofNumbers !== isRegression,
  );
  const inputs = wrong.map(({ input }) => input);
  if (isRegression && limits.maxAccuracyDrop !== null) inputs.push('max-accuracy-drop');
  const message = isRegression
    ? 'cannot be used here: the model answers numbers, and the labels are numbers.'
    : 'cannot be used here: the labels are classes.';
  const fix = isRegression
    ? 'Use max-mae, max-rmse or min-r2; or set task: classification if the labels are classes.'
    : 'Use min-accuracy, min-f1 or min-auc; or set task: regression.';
  return inputs.map((where) => ({ where, message, fix }));
}

function noLabels(): Check {
  return check('accuracy', false, 'No labelled row was answered, so there is no accuracy.', {});
}

function mistaken(mistake: string): Check {
  const message =
    `The labels of the cases are not those of this model: the ${mistake}. Use the model's labels, or name its ` +
    'classes in their order: "label_names" in the cases, or the input label-names.';
  return check('labels', false, message, {});
}

const NOTHING_BESIDE: Circumstances = { trusted: false, before: null };

function checkOf(
  measure: Measure,
  limit: number | null,
  quality: QualityResult,
  { judged, endpoint, before }: { judged: Judged; endpoint: Figures; before: Figures | null },
): Check {
  const { figure, name, isFloor } = measure;
  const { reference } = quality;
  const value = endpoint[figure];
  if (value === null) return check(name, limit === null, noFigure(measure), { limit });
  const passed = keeps(measure, limit, endpoint);
  const isWorse = !passed && !keeps(measure, limit, reference) && keeps(measure, limit, before);
  const rollsBack = limit !== null && (isWorse || keeps(measure, limit, reference));
  const place = limit === null ? '' : placeOf(passed, limit, isFloor);
  const blame = isWorse
    ? ` ${worseThanBefore(measure, before)}`
    : passed || rollsBack || judged === 'model'
      ? ''
      : ` ${notTheEndpoint(reference?.[figure] ?? null)}`;
  const message = `${told(measure, judged, endpoint, place)}.${threshold(quality)}${beside(measure, reference)}${worseThanGuessing(measure, quality, value)}${blame}`;
  return check(name, passed, message, { value, limit, rollsBack });
}

function keeps({ figure, isFloor }: Measure, limit: number | null, figures: Figures | null): boolean {
  if (limit === null) return true;
  const found = figures?.[figure] ?? null;
  return found !== null && (isFloor ? found >= limit : found <= limit);
}

function worseThanBefore({ figure }: Measure, before: Figures | null): string {
  const value = before?.[figure] ?? 0;
  const shownValue = figure === 'accuracy' ? percent(value) : round(value);
  return `The previous version reaches ${shownValue} on the same rows, so this model is worse.`;
}

function placeOf(passed: boolean, limit: number, isFloor: boolean): string {
  if (isFloor) return passed ? `, at or above the floor of ${limit}` : `, below the floor of ${limit}`;
  return passed ? `, within the limit of ${limit}` : `, above the limit of ${limit}`;
}

function told({ figure, name }: Measure, judged: Judged, figures: Figures, place: string): string {
  const { n, correct, rmse, r2 } = figures;
  const value = figures[figure] ?? 0;
  if (figure === 'accuracy')
    return `The ${judged} gets ${correct} of ${n} labels right (${percent(value)})${place}`;
  const others = figure === 'mae' ? ` (RMSE ${shown(rmse)}, R2 ${shown(r2)}, over ${n} values)` : '';
  return `The ${judged}'s ${name} is ${round(value)}${others}${place}`;
}

function shown(value: number | null): string {
  return value === null ? 'not known' : round(value);
}

/** Only the accuracy of scores depends on it. */
function threshold({ threshold: limit }: QualityResult): string {
  return limit === null ? '' : ` A score of ${limit} or more counts as 1.`;
}

function beside({ figure }: Measure, reference: Figures | null): string {
  const value = reference?.[figure] ?? null;
  if (value === null) return '';
  return figure === 'accuracy'
    ? ` The reference gets ${percent(value)}.`
    : ` The reference's is ${round(value)}.`;
}

function worseThanGuessing({ figure }: Measure, { majority }: QualityResult, value: number): string {
  if (figure !== 'accuracy' || !majority || value >= majority.share || majority.share === 1) return '';
  return ` Always answering ${majority.label} would get ${percent(majority.share)}.`;
}

function notTheEndpoint(reference: number | null): string {
  return reference === null
    ? 'No reference does better on these rows, so the cases may be wrong.'
    : 'The reference does no better, so the model, the cases or the limit is at fault, not the endpoint.';
}

function noFigure({ name, ofNumbers }: Measure): string {
  if (name === 'AUC')
    return 'There is no AUC: it needs labels of two classes, 0 and 1, and a score for class 1.';
  return ofNumbers
    ? `There is no ${name}: the labels are not numbers, or are all equal.`
    : `There is no ${name}: the labels are not classes.`;
}

function dropChecks({ endpoint, reference }: QualityResult, limit: number | null, trusted: boolean): Check[] {
  if (limit === null) return [];
  const [accuracy, best] = [endpoint?.accuracy ?? null, reference?.accuracy ?? null];
  if (accuracy === null || best === null) {
    const message =
      'The reference or the endpoint gave no labels, so there is no drop in accuracy to measure.';
    return [check('accuracy drop', false, message, { limit })];
  }
  // Shares of the same rows: a difference below that of one row in a billion is rounding.
  const drop = Math.round((best - accuracy) * 1e9) / 1e9;
  const place =
    drop > 0
      ? `${round(drop * 100)} points below`
      : drop < 0
        ? `${round(-drop * 100)} points above`
        : 'equal to';
  const message = `The accuracy is ${place} the reference's; a drop of ${round(limit * 100)} points is allowed.`;
  return [check('accuracy drop', drop <= limit, message, { value: drop, limit, rollsBack: trusted })];
}
