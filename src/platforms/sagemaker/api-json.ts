/** The API's own JSON, as it is described and as it is asked for: the same thing in the same form. */

import { isObject as isAnyObject, type JsonObject } from '../../core/json-object.ts';

/** The SDK gives times as Dates, which are values here. */
export function isObject(value: unknown): value is JsonObject {
  return isAnyObject(value) && !(value instanceof Date);
}

export function objectAt(value: JsonObject, name: string): JsonObject {
  const inner = value[name];
  return isObject(inner) ? inner : {};
}

/** These mean something if they are false. */
const MEANINGFUL_FALSE = new Set(['EnableCapture']);

/**
 * Without what means the same as nothing: null, false, empty lists and objects. What is described has such defaults
 * filled in, and what is asked for has not.
 */
export function pruned(value: JsonObject): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const kept = prunedValue(inner);
    if (kept === undefined || (kept === false && !MEANINGFUL_FALSE.has(name))) continue;
    result[name] = kept;
  }
  return result;
}

function prunedValue(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => (isObject(item) ? pruned(item) : item));
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return value;
  const inner = pruned(value);
  return Object.keys(inner).length === 0 ? undefined : inner;
}

export function without(value: JsonObject, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Objects are merged, anything else is replaced; lists of one object each are merged too. */
export function merged(base: JsonObject, over: JsonObject): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) result[name] = mergedValue(base[name], value);
  return result;
}

function mergedValue(base: unknown, over: unknown): unknown {
  if (isObject(base) && isObject(over)) return merged(base, over);
  if (Array.isArray(base) && Array.isArray(over) && base.length === 1 && over.length === 1) {
    return [mergedValue(base[0], over[0])];
  }
  return over;
}

/** Every leaf with its path, `ProductionVariants.InstanceType`; the number of a list's only item is left out. */
export function leavesOf(value: JsonObject, path = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [name, inner] of Object.entries(value))
    addLeaves(leaves, path === '' ? name : `${path}.${name}`, inner);
  return leaves;
}

function addLeaves(leaves: Map<string, string>, path: string, value: unknown): void {
  if (Array.isArray(value) && value.length === 1 && isObject(value[0])) addLeaves(leaves, path, value[0]);
  else if (isObject(value)) for (const [at, leaf] of leavesOf(value, path)) leaves.set(at, leaf);
  else if (value !== undefined) leaves.set(path, typeof value === 'string' ? value : JSON.stringify(value));
}
