import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/canonical-json.ts';
import { environmentDigests } from '../../../../src/core/plan/environment-digests.ts';
import { candidateName } from '../../../../src/core/plan/candidate-name.ts';
import { makePlan, planDigest, type Desired, type PlanDetails } from '../../../../src/documents/plan.ts';
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
  it('is sha256 of the canonical JSON of schema, place, desired state and base', () => {
    const { target, account, region, endpoint, base } = subject;
    const schema = 'ml-deploy/plan/v1';
    expect(planDigest(subject)).toBe(
      digestOf({ schema, target, account, region, endpoint, desired: subject.desired, base }),
    );
  });

  it.each(Object.keys(details) as (keyof PlanDetails)[])('does not cover %s', (field) => {
    const other = { ...details, [field]: changed(details[field]) };
    expect(makePlan(subject, other).digest).toBe(makePlan(subject, details).digest);
  });

  it.each(['target', 'account', 'region', 'endpoint', 'base'] as const)('covers %s', (field) => {
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
  it('keeps names, and values as digests only', () => {
    const digests = environmentDigests(new Map([['TOKEN', 'hunter2-secret']]));
    expect(Object.keys(digests)).toEqual(['TOKEN']);
    expect(digests.TOKEN).toMatch(/^[0-9a-f]{64}$/);
    const plan = makePlan({ ...subject, desired: { ...desired, environment: digests } }, details);
    expect(JSON.stringify(plan)).not.toContain('hunter2');
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
