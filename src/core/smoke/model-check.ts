/**
 * What the reference model itself does with the cases: no endpoint, no server and no cloud. It shows before anything is
 * deployed that the cases are the model's, and how right the model is. What serves later may still be something else, so
 * this is no parity check.
 */
import { batchesOf, bytesPerRequest, rowsPerRequest } from './batches.ts';
import type { Cases } from './cases/cases.ts';
import { check, type Check } from './check.ts';
import type { MappedField } from './mapping.ts';
import { meaninglessLimits, qualityChecks, type QualityLimits } from './quality/checks.ts';
import { expectedTask, QualityTally, type QualityResult, type QualityWishes } from './quality/quality.ts';
import { answered } from './quality/witness.ts';
import type { Expected, Reference } from './reference.ts';

export interface ModelCheckRequest {
  readonly reference: Pick<Reference, 'expect'>;
  readonly cases: Cases;
  readonly wishes: QualityWishes;
  readonly limits: QualityLimits;
  /** Rows that the model takes at once; null if any number will do. */
  readonly rowsEach: number | null;
}

export interface ModelCheck {
  readonly rowsEach: number;
  /** What the labels show, as if the model served; null if the cases have none. */
  readonly quality: QualityResult | null;
  readonly checks: readonly Check[];
  /** Limits that the model's task has no figure for. */
  readonly meaningless: ReturnType<typeof meaninglessLimits>;
}

/** @throws UserError for rows that the model does not take; CancelledError; StoppedModelError */
export async function checkModel(request: ModelCheckRequest, signal: AbortSignal): Promise<ModelCheck> {
  const { reference, cases, wishes, limits } = request;
  const rowsEach = request.rowsEach ?? rowsPerRequest(cases.count, null);
  const tally = cases.labels && new QualityTally(cases.labels, cases.labelNames, wishes);
  let meaningless: ModelCheck['meaningless'] = [];
  for (const batch of batchesOf(cases.rows(), { rows: rowsEach, bytes: bytesPerRequest(1) })) {
    const expected = await reference.expect(batch, signal);
    signal.throwIfAborted();
    if (batch.start === 0 && cases.labels) {
      const task = expectedTask(cases.labels, cases.labelNames, wishes, expected);
      meaningless = task ? meaninglessLimits(task.name, limits) : [];
    }
    const fields = fieldsOf(expected);
    // Beside itself: only its own tensors tell scores from labels.
    tally?.add(batch, answered(expected, fields, batch.rows.length), expected, fields);
  }
  const quality = tally ? { ...tally.result(), reference: null } : null;
  const runs = check(RUNS, true, `The model takes all ${cases.count} rows of ${cases.source}.`, {});
  const judged = qualityChecks(quality, { ...limits, maxAccuracyDrop: null }, 'model');
  return { rowsEach, quality, meaningless, checks: [runs, ...judged] };
}

/** The check that the model takes the cases. */
export const RUNS = 'runs';

/** The model's answer has its own fields. */
function fieldsOf({ fields }: Expected): MappedField[] {
  return fields.map((field) => ({ ...field, why: 'the model’s own answer' }));
}
