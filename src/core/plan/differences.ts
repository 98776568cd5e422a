import { canonicalJson } from '../canonical-json.ts';
import type { Change, PlanSubject } from '../../documents/plan.ts';

/** Field by field, what differs between two plans; only what their digests cover. */
export function planDifferences(from: PlanSubject, to: PlanSubject): Change[] {
  const before = fieldsOf(from);
  const after = fieldsOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }));
}

/** `strategy.bakeMinutes` -> "5", for every leaf. A leaf that is null is left out. */
function fieldsOf({ target, account, region, endpoint, desired, base }: PlanSubject): Map<string, string> {
  const fields = new Map<string, string>();
  const place = { target, account, region, endpoint };
  for (const [name, value] of Object.entries({ ...place, ...desired, base })) add(fields, name, value);
  return fields;
}

function add(fields: Map<string, string>, path: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object' || Array.isArray(value)) {
    fields.set(path, typeof value === 'string' ? value : canonicalJson(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) add(fields, `${path}.${name}`, inner);
}
