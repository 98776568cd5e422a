import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import { compact } from '../../../../src/core/approval/request-payload.ts';
import {
  PAYLOAD_SCHEMA,
  parsePayload,
  type RequestPayload,
} from '../../../../src/documents/request-payload.ts';
import { fakePlan } from '../../../fakes/plan.ts';

function payload(more: Partial<RequestPayload> = {}): RequestPayload {
  const plan = fakePlan();
  return {
    schema: PAYLOAD_SCHEMA,
    repository: 'acme/churn',
    environment: 'prod',
    issue: 7,
    comment: 8,
    plan,
    evidence: null,
    initiators: ['olga'],
    title: 'Approve churn',
    bodyDigest: 'b'.repeat(64),
    accounts: { alice: 7 },
    runUrl: 'https://github.com/acme/churn/actions/runs/1',
    commit: plan.commit,
    remindAt: null,
    expiresAt: '2026-01-09T00:00:00.000Z',
    ...more,
  };
}

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a payload', () => {
  it('comes back as it was stored', () => {
    expect(parsePayload(stored(payload()))).toEqual(payload());
  });

  it.each([null, 'text', 7, {}, [], { schema: 'another/v1' }])('%j is somebody else’s', (value) => {
    expect(parsePayload(value)).toBeNull();
  });

  it.each([
    { plan: { ...fakePlan(), endpoint: 'other' } },
    { plan: null },
    { issue: '7' },
    { comment: 1.5 },
    { initiators: 'olga' },
    { expiresAt: 'never' },
    { environment: null },
    { title: null },
    { bodyDigest: 7 },
    { accounts: null },
    { accounts: { alice: 'write' } },
  ])('with %j is refused', (more) => {
    expect(() => parsePayload(stored({ ...payload(), ...more }))).toThrow(UserError);
  });
});

describe('compact', () => {
  it('keeps what is short, and the digest always', () => {
    expect(compact(payload())).toEqual(payload());
    const long = { field: 'f', from: '🧨'.repeat(900), to: 'x' };
    const plan = fakePlan({}, { changes: Array.from({ length: 300 }, () => long) });
    const short = compact(payload({ plan }));
    expect(JSON.stringify(short).length).toBeLessThan(62_000);
    expect(short.plan.digest).toBe(plan.digest);
    expect(parsePayload(stored(short))).not.toBeNull();
  });

  it('keeps what a plan costs, so the comment of the request reads the same when it is resumed', () => {
    const count = { least: 1, most: 4 };
    const line = { phase: 'after', what: 'what serves', machine: 'ml.m5.large', count } as const;
    const cost = {
      lines: [{ ...line, sku: 'ml.m5.large', size: 1, hours: null }],
      notes: ['A note.'],
      prices: { source: 'a list', currency: 'USD', hourly: { 'ml.m5.large': 0.115 }, unknown: { b: 'No.' } },
    };
    const asked = payload({ plan: fakePlan({}, { cost }) });
    expect(parsePayload(stored(compact(asked)))).toEqual(asked);
    const wrong = {
      ...asked,
      plan: { ...asked.plan, cost: { ...cost, lines: [{ ...line, count: 'many' }] } },
    };
    expect(() => parsePayload(stored(wrong))).toThrow(UserError);
  });

  it('names as many steps as fit, and says how many there are beside them', () => {
    const steps = Array.from({ length: 303 }, (_, index) => ({
      when: 'will' as const,
      what: `Terraform: create aws_cloudwatch_metric_alarm.a_rather_long_name["${index}"]`,
    }));
    const short = compact(payload({ plan: fakePlan({}, { steps }) }));
    expect(short.plan.steps.slice(0, 59)).toEqual(steps.slice(0, 59));
    expect(short.plan.steps.slice(59)).toEqual([
      { when: 'will', what: '244 more: the summary of the run that planned names them.' },
    ]);
  });

  it('refuses a plan that is too large by itself', () => {
    const desired = { ...fakePlan().desired, settings: { a: 'x'.repeat(70_000) } };
    expect(() => compact(payload({ plan: fakePlan({ desired }) }))).toThrow(/too large for a request/);
  });
});
