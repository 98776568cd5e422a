import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import {
  destroys,
  digestsOf,
  normalisedDigest,
  normalisePlan,
  UNKNOWN,
  WITHHELD,
} from '../../../../src/core/terraform/normalise-plan.ts';
import {
  parsePlanJson,
  type PlanJson,
  type ResourceChangeJson,
} from '../../../../src/core/terraform/plan-json.ts';

const CANARY = 'canary-7f3a9c-secret';
const LINEAGE = 'b3d0f2a4-0000-4000-8000-000000000001';

const update = (parts: Partial<ResourceChangeJson['change']> = {}): ResourceChangeJson => ({
  address: 'aws_sagemaker_endpoint.churn',
  type: 'aws_sagemaker_endpoint',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: ['update'],
    before: { name: 'churn', endpoint_config_name: 'one' },
    after: { name: 'churn', endpoint_config_name: 'two' },
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
    ...parts,
  },
});

const plan = (parts: Partial<PlanJson> = {}): PlanJson => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  timestamp: '2026-11-28T12:00:00Z',
  resource_changes: [update()],
  ...parts,
});

const digest = (json: PlanJson, key: string | null = LINEAGE) => normalisedDigest(normalisePlan(json, key));

describe('the digest of a Terraform plan', () => {
  it('is the same for two plans of the same change', () => {
    const later = plan({
      timestamp: '2026-11-28T13:00:00Z',
      variables: { count: { value: '3' } },
      prior_state: { serial: 7 },
      resource_drift: [update()],
    });
    expect(digest(later)).toBe(digest(plan({ variables: { count: { value: 3 } } })));
  });

  it('does not hang on the order of resources, or on values that are null', () => {
    const other = { ...update(), address: 'aws_sagemaker_endpoint.a' };
    const withNull = update({ after: { name: 'churn', endpoint_config_name: 'two', tags: null, list: [] } });
    expect(digest(plan({ resource_changes: [withNull, other] }))).toBe(
      digest(plan({ resource_changes: [other, update()] })),
    );
  });

  it.each<[string, ResourceChangeJson]>([
    ['another value', update({ after: { name: 'churn', endpoint_config_name: 'three' } })],
    ['another value before', update({ before: { name: 'churn', endpoint_config_name: 'zero' } })],
    ['another action', update({ actions: ['delete', 'create'] })],
    ['a value that is not known yet', update({ after_unknown: { endpoint_config_name: true } })],
    ['another address', { ...update(), address: 'aws_sagemaker_endpoint.other' }],
    ['a deposed object', { ...update(), deposed: '0123abcd' }],
    ['an import', update({ importing: { id: 'churn' } })],
  ])('changes with %s', (_, change) => {
    expect(digest(plan({ resource_changes: [change] }))).not.toBe(digest(plan()));
  });

  it('changes with an output, and leaves no-op and read out', () => {
    const output = { actions: ['create'], after: 'x', after_sensitive: false, after_unknown: false };
    expect(digest(plan({ output_changes: { url: output } }))).not.toBe(digest(plan()));
    expect(digest(plan({ output_changes: { url: { ...output, actions: ['no-op'] } } }))).toBe(digest(plan()));
    const idle = [update({ actions: ['no-op'] }), update({ actions: ['read'] })];
    expect(normalisePlan(plan({ resource_changes: idle }), LINEAGE).changes).toEqual([]);
  });

  it('stands a value that is known later for what it is', () => {
    const { changes } = normalisePlan(
      plan({
        resource_changes: [
          update({ after: { list: [{}] }, after_unknown: { arn: true, list: [{ id: true }] } }),
        ],
      }),
      LINEAGE,
    );
    expect(changes[0]?.after).toEqual({ arn: UNKNOWN, list: [{ id: UNKNOWN }] });
  });
});

describe('sensitive values', () => {
  const withSecret = (secret: string): PlanJson =>
    plan({
      variables: { password: { value: secret } },
      configuration: {
        root_module: {
          variables: { password: { sensitive: true, default: `${secret}-default` } },
          module_calls: {
            inner: { module: { variables: { key: { sensitive: true, default: `${secret}-inner` } } } },
          },
        },
      },
      prior_state: {
        values: {
          root_module: {
            resources: [{ values: { token: `${secret}-state` }, sensitive_values: { token: true } }],
          },
        },
      },
      output_changes: { shown: { actions: ['create'], after: `copy of ${secret}`, after_sensitive: false } },
      resource_changes: [
        update({
          after: {
            marked: secret,
            copied: `user:${secret}@host`,
            encoded: Buffer.from(secret).toString('base64'),
            fromDefault: `${secret}-inner`,
            fromState: `${secret}-state`,
            [`key ${secret}`]: 'x',
          },
          after_sensitive: { marked: true },
        }),
      ],
    });

  it('stand nowhere in what an approval is bound to, copies that nobody marked included', () => {
    const { secrets, ...rest } = normalisePlan(withSecret(CANARY), LINEAGE);
    expect(secrets).toContain(CANARY);
    expect(secrets).toContain(`${CANARY}-default`);
    const said = JSON.stringify(rest);
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain(Buffer.from(CANARY).toString('base64'));
    expect(said).toContain('sensitive:');
  });

  it('change the digest, by the key of the state alone', () => {
    expect(digest(withSecret(CANARY))).toBe(digest(withSecret(CANARY)));
    expect(digest(withSecret('another-secret-value'))).not.toBe(digest(withSecret(CANARY)));
    expect(digest(withSecret(CANARY), 'another lineage')).not.toBe(digest(withSecret(CANARY)));
  });

  it('are left out and counted where there is no key', () => {
    const normalised = normalisePlan(withSecret(CANARY), null);
    expect(normalised.withheld).toBeGreaterThan(0);
    expect(JSON.stringify(normalised.changes)).toContain(WITHHELD);
    expect(digest(withSecret('another-secret-value'), null)).toBe(digest(withSecret(CANARY), null));
  });

  it('are sealed where Terraform marks a number or a whole object', () => {
    const marked = update({ after: { pin: 1234, all: { a: 1 } }, after_sensitive: { pin: true, all: true } });
    const { changes } = normalisePlan(plan({ resource_changes: [marked] }), LINEAGE);
    expect(JSON.stringify(changes)).not.toMatch(/1234/);
  });
});

it('names the places that hold the time of the plan', () => {
  const timed = update({
    after: { description: 'made at 2026-11-28T12:00:00Z', tags: { at: '2026-11-28T12:00:00Z' } },
  });
  const { timeOfPlan } = normalisePlan(plan({ resource_changes: [timed] }), LINEAGE);
  expect(timeOfPlan).toEqual([
    'aws_sagemaker_endpoint.churn.description',
    'aws_sagemaker_endpoint.churn.tags.at',
  ]);
});

it('knows what destroys, and says each resource in two digests', () => {
  const [change] = normalisePlan(plan(), LINEAGE).changes;
  expect(change).toBeDefined();
  if (change === undefined) return;
  expect(destroys(change)).toBe(false);
  expect(destroys({ actions: ['create', 'delete'] })).toBe(true);
  const digests = digestsOf(change);
  expect(digests.before).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(digests).length).toBeLessThan(400);
});

describe('the JSON of a plan', () => {
  it.each([
    ['[]', 'is not a JSON object'],
    ['{', 'is not JSON'],
    ['{"a":1}', 'is not the JSON of a plan'],
    ['{"format_version":"2.0","resource_changes":[]}', 'has the format_version 2.0'],
    ['{"format_version":"1.2","resource_changes":[],"errored":true}', 'is a failed plan'],
    ['{"format_version":"1.2","resource_changes":[],"complete":false}', 'is not complete'],
  ])('%s is refused', (text, message) => {
    expect(() => parsePlanJson(text, 'plan.json')).toThrow(UserError);
    expect(() => parsePlanJson(text, 'plan.json')).toThrow(message);
  });

  it('of OpenTofu, which has neither complete nor applyable, is read', () => {
    expect(
      parsePlanJson('{"format_version":"1.2","resource_changes":[]}', 'plan.json').resource_changes,
    ).toEqual([]);
  });
});
