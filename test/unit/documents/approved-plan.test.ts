import { describe, expect, it } from 'vitest';
import type { Approval } from '../../../src/documents/approval.ts';
import { parseApprovedPlan } from '../../../src/documents/approved-plan.ts';
import { makePlan } from '../../../src/documents/plan.ts';
import { desired, details, subject } from '../core/plan/fixtures.ts';

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
    ['no JSON', '{"schema":', /is not valid JSON/],
    ['no object', '[]', /is not a JSON object/],
    ['another document', '{"schema":"ml-deploy/release/v1"}', /is not a plan document/],
    [
      'a plan without a desired state',
      JSON.stringify({ ...plan, desired: null }),
      /desired must be an object/,
    ],
    ['a plan of another version', '{"schema":"ml-deploy/plan/v0"}', /of another version.*plan again/],
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
