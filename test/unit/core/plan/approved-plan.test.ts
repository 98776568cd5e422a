import { describe, expect, it } from 'vitest';
import { checkApproved, parseApprovedPlan } from '../../../../src/core/plan/approved-plan.ts';
import { candidateName, makePlan, type Desired, type PlanSubject } from '../../../../src/core/plan/plan.ts';
import type { Approval } from '../../../../src/core/release/release-record.ts';
import { desired, details, OLD, subject } from './fixtures.ts';

const plan = makePlan(subject, details);
const approval: Approval = {
  status: 'approved',
  by: [{ login: 'olga', at: '2026-01-02T04:00:00Z', url: 'https://github.com/acme/churn/issues/1' }],
  planDigest: plan.digest,
};
const parse = (document: unknown) => parseApprovedPlan(JSON.stringify(document), 'approved-plan');

describe('parseApprovedPlan', () => {
  it('reads a plan with its approval, which the digest does not cover', () => {
    expect(parse({ ...plan, approval })).toEqual({ plan, approval });
    expect(parse(plan)).toEqual({ plan, approval: null });
  });

  it.each([
    ['no JSON', '{"schema":', /is not JSON/],
    ['no object', '[]', /is not a JSON object/],
    ['another document', '{"schema":"ml-deploy/release/v1"}', /is not a plan document/],
    ['a plan without a desired state', JSON.stringify({ ...plan, desired: null }), /is not a plan document/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseApprovedPlan(text, 'approved-plan')).toThrow(message);
  });

  it.each(['target', 'endpoint', 'base', 'account', 'region'] as const)('refuses an edited %s', (field) => {
    expect(() => parse({ ...plan, [field]: 'other' })).toThrow(/was edited.*its content has/);
  });

  it('refuses an edited desired state', () => {
    const edited = { ...plan, desired: { ...desired, instanceCount: 20 } };
    expect(() => parse(edited)).toThrow(/damaged or was edited/);
  });

  it('refuses the approval of another plan', () => {
    const other = { ...approval, planDigest: 'f'.repeat(64) };
    expect(() => parse({ ...plan, approval: other })).toThrow(/approval of another plan/);
  });

  it.each([
    { status: 'denied' },
    'yes',
    ...['olga', [], ['olga'], [{}], [{ login: ' ', at: 'then', url: '' }], [{ login: 'olga' }]].map((by) => ({
      ...approval,
      by,
    })),
  ])('refuses the approval %j', (wrong) => {
    expect(() => parse({ ...plan, approval: wrong })).toThrow(/does not say who approved/);
  });
});

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
