/**
 * What a model does, because that decides what "right" means: equal labels, the highest of several scores, a score on the
 * right side of a threshold, several labels at once, or a number near the true one.
 */
import type { LabelFacts } from '../cases/label-facts.ts';

export const TASKS = ['classification', 'multi-label', 'regression'] as const;
export type TaskName = (typeof TASKS)[number];

/** How a row's values become an answer that can be right. */
export type Reading = 'label' | 'class scores' | 'one score' | 'several labels' | 'targets';

export interface Task {
  readonly name: TaskName;
  readonly reading: Reading;
}

/** What a model gives for a row, as far as one request shows it. */
export interface OutputFacts {
  /** Values a row. */
  readonly width: number;
  /** Labels are texts, truth values or whole numbers; scores and targets are fractions. */
  readonly areLabels: boolean;
}

/** @param wish the task that was asked for; null: whatever the values show. @returns null if labels and values have nothing to do with each other */
export function taskOf(
  labels: LabelFacts,
  { width, areLabels }: OutputFacts,
  wish: TaskName | null,
  labelNames: readonly string[] | null,
): Task | null {
  if (wish === 'regression') return TARGETS;
  if (wish === 'multi-label') return { name: wish, reading: 'several labels' };
  if (labels.width !== null) return severalOf(labels, width);
  const areTargets = wish === null && labels.areNumbers && !labels.areWhole;
  if (areTargets) return width === 1 ? TARGETS : null;
  if (width > 1) return { name: 'classification', reading: 'class scores' };
  if (areLabels) return LABELS;
  return ofOneNumber(labels, wish, labelNames);
}

const TARGETS: Task = { name: 'regression', reading: 'targets' };
const LABELS: Task = { name: 'classification', reading: 'label' };

/** A score if there are two labels, and otherwise a number near the true one. */
function ofOneNumber(
  labels: LabelFacts,
  wish: TaskName | null,
  labelNames: readonly string[] | null,
): Task | null {
  const areTwo = labels.areBinary || (labelNames?.length === 2 && labels.distinct.length <= 2);
  if (areTwo) return { name: 'classification', reading: 'one score' };
  if (!labels.areNumbers) return null;
  return wish === null ? TARGETS : LABELS;
}

function severalOf(labels: LabelFacts, width: number): Task | null {
  if (labels.width !== width) return null;
  if (labels.areBinary) return { name: 'multi-label', reading: 'several labels' };
  return labels.areNumbers ? TARGETS : null;
}
