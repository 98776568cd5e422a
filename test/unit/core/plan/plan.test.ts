import { describe, expect, it } from 'vitest';
import { digestOf, sha256 } from '../../../../src/core/canonical-json.ts';
import {
  canBeGuessed,
  environmentDigests,
  environmentKey,
  valueDigest,
} from '../../../../src/core/plan/environment-digests.ts';
import { candidateName } from '../../../../src/core/plan/candidate-name.ts';
import {
  makePlan,
  planDigest,
  type Desired,
  type PlanDetails,
  type PlanSubject,
} from '../../../../src/documents/plan.ts';
import { desired, details, subject } from './fixtures.ts';

/** Another value of the same kind; null becomes something. */
function changed(value: unknown): unknown {
  if (value === null) return 'something';
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return [...(value as unknown[]), 'more'];
  return { ...(value as object), more: 'x' };
}

/** Every path to a leaf of an object, also to empty objects and lists. */
function leaves(value: unknown, path: string[] = []): string[][] {
  const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isBranch ? Object.entries(value) : [];
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function withChange(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return changed(value);
  const object = value as Record<string, unknown>;
  return { ...object, [key]: withChange(object[key], rest) };
}

describe('the digest of a plan', () => {
  it('is sha256 of the canonical JSON of the schema and the subject', () => {
    expect(planDigest(subject)).toBe(digestOf({ schema: 'ml-deploy/plan/v2', ...subject }));
  });

  it('of absent keys is that of a plan that does not know them', () => {
    const { withdrawn: _, origin: __, ...rest } = subject;
    expect(planDigest(rest)).toBe(digestOf({ schema: 'ml-deploy/plan/v2', ...rest }));
  });

  it.each(Object.keys(details) as (keyof PlanDetails)[])('does not cover %s', (field) => {
    const other = { ...details, [field]: changed(details[field]) };
    expect(makePlan(subject, other).digest).toBe(makePlan(subject, details).digest);
  });

  it.each(Object.keys(subject) as (keyof PlanSubject)[])('covers %s', (field) => {
    const other = { ...subject, [field]: changed(subject[field]) };
    expect(planDigest(other)).not.toBe(planDigest(subject));
  });

  it.each(leaves(desired).map((path) => [path.join('.'), path] as const))('covers desired.%s', (_, path) => {
    const other = withChange(desired, path) as Desired;
    expect(planDigest({ ...subject, desired: other })).not.toBe(planDigest(subject));
  });

  it('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(desired).reverse()) as unknown as Desired;
    expect(planDigest({ ...subject, desired: reversed })).toBe(planDigest(subject));
  });

  it('tells a missing base from any base', () => {
    expect(planDigest({ ...subject, base: null })).not.toBe(planDigest(subject));
  });
});

describe('environmentDigests', () => {
  const secret = 'a secret of the jobs';
  const key = environmentKey(secret, 'local', 'churn');

  it('keeps names, and values as digests only', () => {
    const digests = environmentDigests([['TOKEN', 'hunter2-secret']], null);
    expect(Object.keys(digests)).toEqual(['TOKEN']);
    expect(digests.TOKEN).toMatch(/^sha256:[0-9a-f]{64}$/);
    const plan = makePlan({ ...subject, desired: { ...desired, environment: digests } }, details);
    expect(JSON.stringify(plan)).not.toContain('hunter2');
  });

  it('cannot be guessed with a key, by trying values out', () => {
    const digests = environmentDigests([['LEVEL', 'debug']], key);
    expect(canBeGuessed(digests)).toBe(false);
    const tried = ['debug', 'info'].flatMap((value) =>
      Object.values(environmentDigests([['LEVEL', value]], null)),
    );
    expect(tried).not.toContain(digests.LEVEL);
    expect(JSON.stringify(digests)).not.toContain(sha256('debug'));
    expect(canBeGuessed(environmentDigests([['LEVEL', 'debug']], null))).toBe(true);
    expect(canBeGuessed({})).toBe(false);
  });

  it('is the same for the same secret, and another for another secret, endpoint, name or value', () => {
    const of = (from: string | null, name = 'A', value = 'x') => valueDigest(from, name, value);
    expect(of(environmentKey(secret, 'local', 'churn'))).toBe(of(key));
    const others = [
      of(environmentKey('another secret of the jobs', 'local', 'churn')),
      of(environmentKey(secret, 'local', 'other')),
      of(environmentKey(secret, 'sagemaker', 'churn')),
      of(key, 'B'),
      of(key, 'A', 'y'),
      of(null),
    ];
    expect(new Set([of(key), ...others]).size).toBe(7);
    expect(environmentKey(null, 'local', 'churn')).toBeNull();
  });
});

describe('candidateName', () => {
  it('is the endpoint with the first digits of the plan', () => {
    expect(candidateName('churn', '0123456789')).toBe('churn-c-01234567');
  });

  it('refuses what would be too long, with the longest name that fits', () => {
    const endpoint = 'e'.repeat(53);
    expect(() => candidateName(endpoint, '0123456789')).toThrow(/64 characters; 63 are allowed.*to 52/);
    expect(candidateName(endpoint.slice(1), '0123456789')).toHaveLength(63);
  });
});
