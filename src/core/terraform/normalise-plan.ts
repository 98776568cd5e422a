/**
 * The part of a Terraform plan that an approval is bound to: what will change, and nothing that two plans of the same
 * change differ in. Sensitive values are taken out by value.
 *
 * Left out: `timestamp`, raw variables ("3" and 3 are one value), the prior state and its serial (an unrelated apply
 * does not end an approval; `before` shows what overtook it), the configuration (its defaults may be secrets), and
 * drift, which is reported beside it.
 */
import { createHmac } from 'node:crypto';
import { canonicalJson, digestOf } from '../canonical-json.ts';
import { isObject, type JsonObject } from '../json-object.ts';
import type { ChangeJson, PlanJson, ResourceChangeJson } from './plan-json.ts';
import { holdsAny, sensitiveTexts } from './sensitive.ts';

/** Stands for a value that Terraform knows after the apply alone. */
export const UNKNOWN = '(known after apply)';
/** Stands for a sensitive value if there is no key to seal it with. */
export const WITHHELD = '(sensitive value)';

export interface NormalisedChange {
  readonly address: string;
  readonly type: string;
  /** The key of `for_each`, or the number of `count`; absent for a single resource. */
  readonly index?: string | number;
  readonly deposed?: string;
  readonly previousAddress?: string;
  readonly provider: string;
  /** Such as `["update"]`, `["delete", "create"]`. */
  readonly actions: readonly string[];
  readonly replacePaths?: unknown;
  readonly importing?: unknown;
  /** Without sensitive values. */
  readonly before: unknown;
  readonly after: unknown;
}

export interface NormalisedPlan {
  /** Without no-op and read, by address. */
  readonly changes: readonly NormalisedChange[];
  readonly outputs: Readonly<
    Record<string, { readonly actions: readonly string[]; readonly after: unknown }>
  >;
  /** What is not as the state says, such as `aws_iam_role.x: update`; no part of the digest. */
  readonly drift: readonly string[];
  /** Every sensitive text that was found, for masking. Never to be written anywhere. */
  readonly secrets: readonly string[];
  /** How many sensitive values no digest covers, because there was no key to seal them with. */
  readonly withheld: number;
  /** The places whose value is the time of the plan (`plantimestamp()`): each plan differs there. */
  readonly timeOfPlan: readonly string[];
}

/**
 * @param key seals sensitive values, so a changed secret changes the digest and nobody can guess it from there: the
 * lineage of the state, which only its readers know. Null if there is none: the values are left out then.
 */
export function normalisePlan(plan: PlanJson, key: string | null): NormalisedPlan {
  const secrets = sensitiveTexts(plan);
  const cleaner = new Cleaner(secrets, key, plan.timestamp ?? null);
  const changes = (plan.resource_changes ?? [])
    .filter(({ change }) => !['no-op', 'read'].includes(change.actions.join()))
    .map((entry) => changeOf(entry, cleaner))
    .toSorted((a, b) => compare(placeOf(a), placeOf(b)));
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => actions.join() !== 'no-op')
    .map(([name, change]) => [
      name,
      { actions: change.actions, after: cleaner.after(change, `output.${name}`) },
    ]);
  return {
    changes,
    outputs: Object.fromEntries(outputs) as NormalisedPlan['outputs'],
    drift: (plan.resource_drift ?? []).map(
      ({ address, change }) => `${cleaner.text(address)}: ${change.actions.join(' and ')}`,
    ),
    secrets,
    withheld: cleaner.withheld,
    timeOfPlan: cleaner.timeOfPlan,
  };
}

/** sha256 of what will change. Two plans of the same change have the same. */
export function normalisedDigest({ changes, outputs }: Pick<NormalisedPlan, 'changes' | 'outputs'>): string {
  return digestOf({ changes, outputs });
}

/** One resource by digests instead of values: 300 of them fit into the body of an issue. */
export function digestsOf({ before, after, ...rest }: NormalisedChange): JsonObject {
  return {
    ...rest,
    before: before === null ? null : digestOf(before),
    after: after === null ? null : digestOf(after),
  };
}

/** Deletes something, even if it makes it anew. */
export function destroys({ actions }: Pick<NormalisedChange, 'actions'>): boolean {
  return actions.includes('delete') || actions.includes('forget');
}

function changeOf(entry: ResourceChangeJson, cleaner: Cleaner): NormalisedChange {
  const { address, previous_address, deposed, type = '', index, provider_name = '', change } = entry;
  const { actions, replace_paths, importing } = change;
  return {
    address: cleaner.text(address),
    type,
    ...(index === undefined ? {} : { index: typeof index === 'string' ? cleaner.text(index) : index }),
    ...(deposed === undefined ? {} : { deposed }),
    ...(previous_address === undefined ? {} : { previousAddress: cleaner.text(previous_address) }),
    provider: provider_name,
    actions,
    ...(replace_paths === undefined ? {} : { replacePaths: replace_paths }),
    ...(importing === undefined ? {} : { importing: cleaner.clean(importing, false, null, address) }),
    before: cleaner.clean(change.before, change.before_sensitive, null, address),
    after: cleaner.after(change, address),
  };
}

const placeOf = ({ address, deposed = '' }: NormalisedChange) => `${address} ${deposed}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

class Cleaner {
  withheld = 0;
  readonly timeOfPlan: string[] = [];
  readonly #holdsSecret: (text: string) => boolean;
  readonly #key: string | null;
  readonly #planned: string | null;

  constructor(secrets: readonly string[], key: string | null, planned: string | null) {
    this.#holdsSecret = holdsAny(secrets);
    this.#key = key;
    this.#planned = planned;
  }

  after({ after, after_sensitive, after_unknown }: ChangeJson, path: string): unknown {
    return this.clean(after, after_sensitive, after_unknown, path);
  }

  /** Null and empty values are left out: Terraform writes them or not, for the same value. */
  clean(value: unknown, sensitive: unknown, unknown: unknown, path: string): unknown {
    if (unknown === true) return UNKNOWN;
    if (sensitive === true) return value === null || value === undefined ? null : this.#sealed(value);
    if (typeof value === 'string') return this.#string(value, path);
    if (Array.isArray(value) || Array.isArray(unknown)) {
      const [items, rest] = [listOf(value), listOf(unknown)];
      return Array.from({ length: Math.max(items.length, rest.length) }, (_, index) =>
        this.clean(items[index], listOf(sensitive)[index], rest[index], `${path}[${index}]`),
      );
    }
    if (isObject(value) || isObject(unknown)) return this.#object(value, sensitive, unknown, path);
    return value ?? null;
  }

  /** Of a name or an address. */
  text(text: string): string {
    return this.#holdsSecret(text) ? this.#sealed(text) : text;
  }

  #object(value: unknown, sensitive: unknown, unknown: unknown, path: string): JsonObject {
    const [known, marks, later] = [objectOf(value), objectOf(sensitive), objectOf(unknown)];
    const names = [...new Set([...Object.keys(known), ...Object.keys(later)])];
    const members = names.map((name) => [
      this.text(name),
      this.clean(known[name], marks[name], later[name], `${path}.${this.text(name)}`),
    ]);
    return Object.fromEntries(members.filter(([, member]) => !isEmpty(member))) as JsonObject;
  }

  #string(text: string, path: string): string {
    if (this.#planned !== null && text.includes(this.#planned)) this.timeOfPlan.push(path);
    return this.text(text);
  }

  #sealed(value: unknown): string {
    if (this.#key === null) {
      this.withheld += 1;
      return WITHHELD;
    }
    const mac = createHmac('sha256', this.#key).update(canonicalJson(value)).digest('hex');
    return `sensitive:${mac.slice(0, 32)}`;
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
