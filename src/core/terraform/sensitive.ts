/**
 * The values of a plan that Terraform calls sensitive. Terraform marks places, and not every place: a value that a
 * resource computes from a secret is not marked, so the plan's own text and JSON show it in clear. That is why
 * secrets are looked for by value everywhere.
 */
import { isObject, type JsonObject } from '../json-object.ts';
import { Redactor } from '../redaction/redactor.ts';
import type { ChangeJson, PlanJson } from './plan-json.ts';

/** Each text that is in a sensitive place, once, longest first. */
export function sensitiveTexts(plan: PlanJson): string[] {
  const found = new Set<string>();
  for (const change of changesOf(plan)) {
    collectMarked(change.before, change.before_sensitive, found);
    collectMarked(change.after, change.after_sensitive, found);
  }
  const root = objectAt(plan.configuration, 'root_module');
  for (const [name, variable] of Object.entries(objectAt(root, 'variables'))) {
    if (isObject(variable) && variable.sensitive === true) collectAll(plan.variables?.[name]?.value, found);
  }
  collectDefaults(root, found);
  for (const values of [objectAt(plan.prior_state, 'values'), plan.planned_values ?? {}]) {
    collectValues(objectAt(values, 'root_module'), found);
    for (const output of Object.values(objectAt(values, 'outputs'))) {
      if (isObject(output) && output.sensitive === true) collectAll(output.value, found);
    }
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

/** Tells whether a text holds any of the values, in whatever way it is written (base64, JSON, URL). */
export function holdsAny(values: readonly string[]): (text: string) => boolean {
  const redactor = new Redactor();
  for (const value of values) redactor.addSecret(value);
  return (text) => redactor.text(text) !== text;
}

function changesOf({ resource_changes, resource_drift, output_changes }: PlanJson): ChangeJson[] {
  const resources = [...(resource_changes ?? []), ...(resource_drift ?? [])];
  return [...resources.map(({ change }) => change), ...Object.values(output_changes ?? {})];
}

function collectMarked(value: unknown, mark: unknown, found: Set<string>): void {
  if (mark === true) collectAll(value, found);
  else if (Array.isArray(value) && Array.isArray(mark)) {
    value.forEach((item, index) => collectMarked(item, mark[index], found));
  } else if (isObject(value) && isObject(mark)) {
    for (const [key, inner] of Object.entries(mark)) collectMarked(value[key], inner, found);
  }
}

function collectAll(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value !== '') found.add(value);
  } else if (Array.isArray(value)) value.forEach((item) => collectAll(item, found));
  else if (isObject(value)) Object.values(value).forEach((item) => collectAll(item, found));
}

/** A default is a secret wherever its variable is sensitive, in whatever module. */
function collectDefaults(module: JsonObject, found: Set<string>): void {
  for (const variable of Object.values(objectAt(module, 'variables'))) {
    if (isObject(variable) && variable.sensitive === true) collectAll(variable.default, found);
  }
  for (const call of Object.values(objectAt(module, 'module_calls'))) {
    if (isObject(call)) collectDefaults(objectAt(call, 'module'), found);
  }
}

function collectValues(module: JsonObject, found: Set<string>): void {
  for (const resource of listAt(module, 'resources')) {
    collectMarked(resource.values, resource.sensitive_values, found);
  }
  for (const child of listAt(module, 'child_modules')) collectValues(child, found);
}

function objectAt(value: JsonObject | undefined, key: string): JsonObject {
  const inner = value?.[key];
  return isObject(inner) ? inner : {};
}

function listAt(value: JsonObject, key: string): JsonObject[] {
  const inner = value[key];
  return Array.isArray(inner) ? inner.filter(isObject) : [];
}
