import { canonicalJson } from '../canonical-json.ts';
import { subjectOfPlan, type Change, type PlanSubject } from '../../documents/plan.ts';

/** Field by field, what differs between two plans; only what their digests cover. */
export function planDifferences(from: PlanSubject, to: PlanSubject): Change[] {
  const before = fieldsOf(from);
  const after = fieldsOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }));
}

function fieldsOf(plan: PlanSubject): ReadonlyMap<string, string> {
  const { desired, ...place } = subjectOfPlan(plan);
  return leavesOf({ ...place, ...desired });
}

/** `strategy.bakeMinutes` -> "5", for every leaf of plain JSON. A leaf that is null is left out. */
export function leavesOf(value: object): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  for (const [name, inner] of Object.entries(value)) add(leaves, name, inner);
  return leaves;
}

function add(fields: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object' || Array.isArray(value)) {
    fields.set(path, typeof value === 'string' ? value : canonicalJson(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) add(fields, `${path}.${name}`, inner);
}
