import { describe, expect, it } from 'vitest';
import { environmentDigests } from '../../../../src/core/plan/environment-digests.ts';
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
    model: 'f'.repeat(64),
    reference: 'f'.repeat(64),
    image: 'sha256:f',
    environment: { LEVEL: `sha256:${'e'.repeat(64)}` },
    staging: 'none',
    strategy: { ...desired.strategy, bakeMinutes: 6 },
    spec: { kmsKeyId: 'other', vpc: { subnets: ['one'] }, instanceCount: 2 },
  };

  it.each(Object.keys(others) as (keyof Desired)[])('refuses another %s, and names it', (field) => {
    const verdict = checkApproved(plan, now({ desired: { ...desired, [field]: others[field] } }));
    expect(verdict.accepted).toBe(false);
    if (verdict.accepted) return;
    expect(verdict.changes.every((change) => change.field.startsWith(field))).toBe(true);
    expect(verdict.changes.length).toBeGreaterThan(0);
    expect(verdict.reason).toContain(field);
  });

  it('says so where digest-key may be what differs', () => {
    const keyed = (key: string | null) => ({
      ...desired,
      environment: environmentDigests([['A', 'x']], key),
    });
    const reason = (before: string | null, after: string | null) => {
      const verdict = checkApproved(
        makePlan({ ...subject, desired: keyed(before) }, details),
        now({ desired: keyed(after) }),
      );
      return verdict.accepted ? 'accepted' : verdict.reason;
    };
    expect(reason('one', 'one')).toBe('accepted');
    expect(reason('one', 'two')).toContain('digest-key differs from the one used for the plan');
    expect(reason('one', null)).toContain('made with digest-key, and this step runs without it');
    expect(reason(null, 'one')).toContain('made without digest-key, and this step runs with it');
  });

  it('refuses a version that was rolled back from since, and says when', () => {
    const withdrawn = '2026-01-03T00:00:00.000Z';
    expect(checkApproved(plan, now({ withdrawn }))).toMatchObject({
      accepted: false,
      reason: expect.stringContaining(`rolled back from at ${withdrawn}`) as string,
    });
  });

  it('refuses another builder of the release', () => {
    const origin = { repository: 'acme/churn', commit: 'beef', run: 'another', actor: 'mallory' };
    const verdict = checkApproved(plan, now({ origin }));
    expect(verdict).toMatchObject({ accepted: false });
    expect(JSON.stringify(verdict)).toContain('origin.actor');
  });

  it('refuses an empty list where there was none, although no value differs', () => {
    const verdict = checkApproved(
      plan,
      now({ desired: { ...desired, spec: { ...desired.spec, extra: {} } } }),
    );
    expect(verdict.accepted).toBe(false);
  });
});
