import { describe, expect, it } from 'vitest';
import { checkApproved } from '../../../../src/core/plan/check-approved.ts';
import { candidateName } from '../../../../src/core/plan/candidate-name.ts';
import { makePlan, type Desired, type PlanSubject } from '../../../../src/documents/plan.ts';
import { desired, details, OLD, subject } from './fixtures.ts';

const plan = makePlan(subject, details);

describe('checkApproved', () => {
  const now = (changes: Partial<PlanSubject>, version = details.version) =>
    makePlan({ ...subject, ...changes }, { ...details, version, commit: 'another' });

  it('accepts the same request while the base serves', () => {
    const verdict = checkApproved(plan, now({}));
    expect(verdict).toMatchObject({ accepted: true, plan: { digest: plan.digest, commit: 'another' } });
  });

  it('accepts it again where what is desired serves already, under the approved digest', () => {
    const verdict = checkApproved(plan, now({ base: details.version }));
    expect(verdict).toMatchObject({
      accepted: true,
      plan: { digest: plan.digest, base: OLD, candidate: candidateName('churn', plan.digest) },
    });
  });

  it('believes nothing of the document that the digest does not cover', () => {
    const edited = {
      ...plan,
      version: 'e'.repeat(64),
      sources: { ...plan.sources, modelUrl: 's3://evil/m' },
    };
    const verdict = checkApproved(edited, now({}));
    expect(verdict).toMatchObject({
      accepted: true,
      plan: { version: details.version, sources: details.sources },
    });
    expect(checkApproved(edited, now({ base: 'e'.repeat(64) })).accepted).toBe(false);
  });

  it.each([
    ['something else serves', '2'.repeat(64)],
    ['nothing serves any more', null],
  ])('refuses where %s', (_, base) => {
    const verdict = checkApproved(plan, now({ base }));
    expect(verdict).toMatchObject({
      accepted: false,
      reason: expect.stringContaining('has changed') as string,
      changes: [{ field: 'serving version', from: OLD, to: base }],
    });
  });

  it.each(['target', 'account', 'region', 'endpoint'] as const)('refuses another %s', (field) => {
    const verdict = checkApproved(plan, now({ [field]: 'other' }));
    expect(verdict).toMatchObject({ accepted: false, changes: [{ field, to: 'other' }] });
  });

  const others: Desired = {
    modelDigest: 'f'.repeat(64),
    referenceDigest: null,
    imageDigest: null,
    variantName: 'other',
    instanceType: 'ml.m5.xlarge',
    instanceCount: 3,
    scaling: null,
    strategy: { ...desired.strategy, bakeMinutes: 6 },
    staging: 'none',
    environment: { LEVEL: 'e'.repeat(64) },
    settings: { kmsKeyId: 'other', vpc: { subnets: ['one'] } },
  };

  it.each(Object.keys(others) as (keyof Desired)[])('refuses another %s, and names it', (field) => {
    const verdict = checkApproved(plan, now({ desired: { ...desired, [field]: others[field] } }));
    expect(verdict.accepted).toBe(false);
    if (verdict.accepted) return;
    expect(verdict.changes.every((change) => change.field.startsWith(field))).toBe(true);
    expect(verdict.changes.length).toBeGreaterThan(0);
    expect(verdict.reason).toContain(field);
  });

  it('refuses an empty list where there was none, although no value differs', () => {
    const verdict = checkApproved(
      plan,
      now({ desired: { ...desired, settings: { ...desired.settings, extra: {} } } }),
    );
    expect(verdict.accepted).toBe(false);
  });
});
