/** Vertex AI's rules about inputs, where its endpoints are, and what can be remembered in labels. */
import { describe, expect, it } from 'vitest';
import type { DeploymentFacts } from '../../../../src/core/plan/deployment-facts.ts';
import { labelOf, readServed, withServed } from '../../../../src/platforms/vertex-ai/ledger.ts';
import { deployedIds, versionOf } from '../../../../src/platforms/vertex-ai/names.ts';
import { placeOf } from '../../../../src/platforms/vertex-ai/place.ts';
import { vertexAi } from '../../../../src/platforms/vertex-ai/platform.ts';
import { vertexRules } from '../../../../src/platforms/vertex-ai/rules.ts';
import { platformNames } from '../../../../src/platforms/table.ts';

const FACTS = {
  endpoint: 'churn',
  model: null,
  imageUri: null,
  instanceType: null,
  capacity: { min: null, max: null },
  tags: new Map(),
  strategy: { type: 'all-at-once', alarms: [] },
} as unknown as DeploymentFacts;
const problemsOf = (changes: Partial<Record<keyof DeploymentFacts, unknown>>) =>
  vertexRules
    .flatMap((rule) => rule.check({ ...FACTS, ...changes } as DeploymentFacts))
    .map(({ message }) => message);
const IMAGE = 'europe-west4-docker.pkg.dev/acme/models/churn';

it('is offered', () => {
  expect(vertexAi.offered).toBe(true);
  expect(platformNames).toContain(vertexAi.name);
});

describe('a rule', () => {
  it.each([
    [{ endpoint: 'Churn' }, '"Churn" is not a valid ID'],
    [{ endpoint: `c${'h'.repeat(52)}` }, 'is not a valid ID'],
    [{ instanceType: 'ml.m5.large' }, '"ml.m5.large" is not a machine type of Vertex AI.'],
    [{ instanceType: 'Standard_DS3_v2' }, 'is not a machine type'],
    [{ imageUri: 'docker.io/acme/churn' }, 'is not in Artifact Registry'],
    [{ imageUri: `${IMAGE}@sha256:12` }, 'has no digest of the form sha256:'],
    [
      { imageUri: 'us-docker.pkg.dev/vertex-ai/prediction/tf2-cpu.2-15:latest' },
      "is one of Google's own images, which is chosen by framework.",
    ],
    [{ model: { url: 'gs://models/m/model.tar.gz' } }, 'is an archive, and Vertex AI takes a folder'],
    [{ tags: new Map([['Team', 'growth']]) }, '"Team: growth" cannot be a label'],
    [{ tags: new Map([['ml-deploy-role', 'live']]) }, "is a label of ml-deploy's own"],
    [{ settings: { acceleratorCount: 2 } }, '2 is given without accelerator-type'],
    [{ settings: { scaleTarget: 80 } }, '80 is given without min-capacity and max-capacity'],
    [{ strategy: { type: 'rolling', alarms: [] } }, '"rolling" replaces machines'],
    [{ strategy: { type: 'canary', alarms: ['p99'] } }, '"p99" cannot be watched'],
  ])('%j', (changes, message) => {
    expect(problemsOf(changes).join()).toContain(message);
  });

  it('has nothing to say of what is right', () => {
    const facts = {
      endpoint: '4629302946739683328',
      imageUri: `${IMAGE}@sha256:${'a'.repeat(64)}`,
      model: { url: 'gs://models/models/a/files/' },
      tags: new Map([['team', 'growth']]),
    };
    expect(problemsOf(facts)).toEqual([]);
  });
});

it.each(['n1-standard-4', 'n2d-highmem-2', 'a2-highgpu-1g', 'g2-standard-8', 'ct5lp-hightpu-1t'])(
  '%s is a machine type',
  (instanceType) => expect(problemsOf({ instanceType })).toEqual([]),
);

describe('where an endpoint is', () => {
  it('is told by the group, or by the credentials', () => {
    expect(placeOf({ location: 'europe-west4' }, 'acme')).toEqual({
      project: 'acme',
      location: 'europe-west4',
    });
    expect(placeOf({ project: 'own', location: 'europe-west4' }, 'acme')).toMatchObject({ project: 'own' });
  });

  it('is asked for with all that is missing', () => {
    expect(() => placeOf({}, null)).toThrow(/vertex-ai: project.*[\s\S]*vertex-ai: location/);
  });
});

describe('labels', () => {
  it('hold more versions than one value does, in their order, and leave those of others', () => {
    const versions = Array.from({ length: 12 }, (_, at) => at.toString(16).padStart(16, 'a'));
    const served = { versions, back: { run: '1001', from: 'dm-4629302946739683328', to: 'b'.repeat(16) } };
    const labels = withServed({ owner: 'risk' }, { ...served, marker: '', warm: new Map([['dm-7', 5000]]) });
    expect(labels.owner).toBe('risk');
    expect(Object.values(labels).every((value) => /^[a-z0-9_-]{0,63}$/.test(value))).toBe(true);
    expect(readServed(labels)).toEqual({ ...served, marker: '', warm: new Map([['dm-7', 5000]]) });
    expect(withServed(labels, { versions: [], back: null, marker: '', warm: new Map() })).toEqual({
      owner: 'risk',
    });
  });

  it('tell repositories apart that look alike', () => {
    expect(labelOf('acme/churn-model')).not.toBe(labelOf('acme-churn/model'));
    expect(labelOf('acme/churn')).toMatch(/^[a-z0-9_-]{1,63}$/);
  });
});

describe('a deployed model', () => {
  it('is ours by its ID and its name together', () => {
    const version = '2f1538d4b6cb7947';
    const [id = ''] = deployedIds(version);
    expect(id).toMatch(/^[1-9]\d{9}$/);
    expect(new Set(deployedIds(version)).size).toBe(4);
    expect(versionOf({ id, displayName: version })).toBe(version);
    expect(versionOf({ id: '77', displayName: version })).toBe('dm-77');
    expect(versionOf({ id })).toBe(`dm-${id}`);
  });
});
