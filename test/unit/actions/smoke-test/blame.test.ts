/** Every check, with the endpoint, the reference or the cases at fault: only the first brings an old version back. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import type { ModelSession, OpenSession } from '../../../../src/core/model-session.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import type { EndpointInvoker, InvokeAnswer } from '../../../../src/core/targets.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { FakeTarget, V1, V2, versionInfo } from './fake-target.ts';
import { LIVE, makeScene, storeUrl } from './scene.ts';

type Row = readonly number[];
type Model = (row: Row) => number;

const ROWS: readonly Row[] = Array.from({ length: 40 }, (_, at) => [(at % 7) - 3, (at % 5) - 2]);
const score: Model = ([a = 0, b = 0]) => 1 / (1 + Math.exp(b - a));
const reversed: Model = (row) => 1 - score(row);
const isOne = (row: Row) => Number(score(row) >= 0.5);

/** A session that gives one number a row: the score, or ten times that for a regression. */
function sessionOf(model: Model): ModelSession {
  return {
    runtime: 'wasm',
    signature: {
      inputs: [{ name: 'X', type: 'float32', shape: ['N', 2] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['N', 1] }],
    },
    run: async ({ X }) => {
      const data = Array.from(X!.data as Float32Array);
      const rows = Array.from({ length: data.length / 2 }, (_, at) => data.slice(2 * at, 2 * at + 2));
      return { y: { type: 'float32', dims: [rows.length, 1], data: Float32Array.from(rows, model) } };
    },
    close: async () => undefined,
  };
}

function answer(status: number, value: unknown): InvokeAnswer {
  const body = Buffer.from(JSON.stringify(value));
  return { status, contentType: 'application/json', body, latencyMs: 1, version: null };
}

function endpointOf(model: Model, more: Partial<EndpointInvoker> = {}): EndpointInvoker {
  return {
    url: 'http://fake/invocations',
    invoke: async (body) => {
      const { instances } = JSON.parse(String(body)) as { instances: readonly Row[] };
      return answer(200, { predictions: instances.map((row) => model(row)) });
    },
    ...more,
  };
}

const refusing = (status: number): EndpointInvoker =>
  endpointOf(score, { invoke: async () => answer(status, { error: 'no' }) });

interface Fault {
  readonly endpoint?: EndpointInvoker;
  readonly reference?: Model;
  /** The reference is not the one that the release names. */
  readonly isOther?: boolean;
  readonly labels?: readonly unknown[];
  readonly instances?: readonly unknown[];
  /** The reference of the version before, in the store; absent: it names none. */
  readonly before?: Model;
}

const BEFORE = Buffer.from('the reference of the version before');

async function test(inputs: Record<string, string>, fault: Fault) {
  const live = fault.isOther ? versionInfo(V2.version, { referenceDigest: 'f'.repeat(64) }) : V2;
  const names = fault.before ? { referenceDigest: sha256(BEFORE) } : {};
  const previous = versionInfo(V1.version, names);
  const target = new FakeTarget({ live, previous }, { '': fault.endpoint ?? endpointOf(score) });
  const scene = await makeScene(target);
  const store = await openStore(storeUrl(scene.folder));
  if (fault.before) await store.put(storeKeys.reference(sha256(BEFORE)), BEFORE);
  const { instances = ROWS, labels = ROWS.map(isOne) } = fault;
  await writeFile(join(scene.folder, 'c.json'), JSON.stringify({ instances, labels }));
  const openSession: OpenSession = async (bytes) =>
    sessionOf((BEFORE.equals(bytes) ? fault.before : fault.reference) ?? score);
  const all = { ...LIVE, cases: 'c.json', 'rollback-on-failure': 'true', ...inputs };
  const error = await scene.run(all, { openSession }).then(
    () => null,
    (thrown: unknown) => String(thrown),
  );
  return { error, rolledBack: target.calls.some((call) => call.startsWith('rollback')) };
}

const flipped = ROWS.map((row) => 1 - isOne(row));
const targets = ROWS.map((row) => score(row) + 0.001);
const farTargets = ROWS.map((row) => 100 + score(row) * 7.3);
const wrongEndpoint = { endpoint: endpointOf(reversed) };
const wrongReference = { reference: reversed, isOther: true };

/** [check, inputs, the endpoint at fault, the reference at fault, the cases at fault] */
const CHECKS: readonly (readonly [string, Record<string, string>, Fault, Fault, Fault])[] = [
  ['parity', {}, wrongEndpoint, wrongReference, { instances: ROWS.map(([a]) => [a]) }],
  [
    'parity with a reference given by hand that knows the labels worse',
    {},
    wrongEndpoint,
    { reference: reversed },
    { instances: [...ROWS.slice(1), [1]] },
  ],
  ['accuracy', { 'min-accuracy': '0.9' }, wrongEndpoint, wrongReference, { labels: flipped }],
  [
    'accuracy of labels that are not the model’s',
    { 'min-accuracy': '0.9' },
    wrongEndpoint,
    wrongReference,
    { labels: flipped.map((label) => ['no', 'yes'][label]) },
  ],
  [
    'accuracy of labels that count from 1',
    { 'min-accuracy': '0.9' },
    wrongEndpoint,
    wrongReference,
    { labels: flipped.map((label) => label + 1) },
  ],
  [
    'accuracy drop',
    { 'max-accuracy-drop': '0.05' },
    wrongEndpoint,
    wrongReference,
    { labels: ['x', ...flipped.slice(1)] },
  ],
  ['F1', { 'min-f1': '0.9' }, wrongEndpoint, wrongReference, { labels: flipped }],
  ['AUC', { 'min-auc': '0.9' }, wrongEndpoint, wrongReference, { labels: flipped }],
  ...(
    [
      ['mean absolute error', { 'max-mae': '0.01' }],
      ['RMSE', { 'max-rmse': '0.01' }],
      ['R2', { 'min-r2': '0.9' }],
    ] as const
  ).map(
    ([name, inputs]) =>
      [
        name,
        inputs,
        { ...wrongEndpoint, labels: targets },
        { ...wrongReference, labels: targets },
        { labels: farTargets },
      ] as const,
  ),
  ['error rate', {}, { endpoint: refusing(500) }, wrongReference, { endpoint: refusing(413) }],
  [
    'one row above the platform’s limit',
    {},
    wrongEndpoint,
    wrongReference,
    {
      endpoint: endpointOf(score, { bodyBytes: 50 }),
      instances: ROWS.map((row) => [...row, ...Array<number>(30).fill(0.123)]),
    },
  ],
  ['a tolerance above the spread', { atol: '5' }, { endpoint: refusing(500) }, wrongReference, {}],
  [
    'the next good request',
    { probes: 'always' },
    { endpoint: refusing(503) },
    wrongReference,
    { labels: [1] },
  ],
];

describe.each(CHECKS)('%s', (_name, inputs, endpoint, reference, cases) => {
  it('brings the old version back where the endpoint is wrong', async () => {
    const { error, rolledBack } = await test(inputs, endpoint);
    expect(error).toContain('was rolled back');
    expect(rolledBack).toBe(true);
  });

  it.each([
    ['the reference is', reference],
    ['the cases are', cases],
  ])('fails and rolls nothing back where %s wrong', async (_who, fault) => {
    const { error, rolledBack } = await test(inputs, fault);
    expect(error).not.toBeNull();
    expect(rolledBack).toBe(false);
  });
});

describe('a floor that nobody can be measured against', () => {
  it('is refused before anything is sent', async () => {
    let asked = 0;
    const endpoint = endpointOf(score, { invoke: async () => answer(200, { predictions: asked++ }) });
    const { error } = await test({ 'min-accuracy': '0.9' }, { endpoint, labels: farTargets });
    expect(error).toMatch(/min-accuracy: cannot be used here: the model answers numbers.*Use max-mae/s);
    expect(asked).toBe(0);
  });

  it('rolls nothing back without a reference', async () => {
    const inputs = { 'min-accuracy': '0.9', reference: 'none', 'model-path': '' };
    const { error, rolledBack } = await test(inputs, wrongEndpoint);
    expect(error).toContain('below the floor of 0.9. A score of 0.5 or more counts as 1.');
    expect(error).toContain('No reference does better on these rows');
    expect(rolledBack).toBe(false);
  });
});

describe('a model that is worse, with a reference that is just as bad', () => {
  const worse = { endpoint: endpointOf(reversed), reference: reversed } as const;
  const limits = [
    ['accuracy', { 'min-accuracy': '0.9' }, {}],
    ['F1', { 'min-f1': '0.9' }, {}],
    ['RMSE', { 'max-rmse': '0.01' }, { labels: targets }],
  ] as const;

  it.each(limits)(
    '%s: is taken back where the version before is right on the same rows',
    async (_, inputs, more) => {
      const { error, rolledBack } = await test(inputs, { ...worse, ...more, before: score });
      expect(error).toMatch(/The previous version reaches .* on the same rows, so this model is worse/);
      expect(rolledBack).toBe(true);
    },
  );

  it.each(limits)(
    '%s: stays where the version before is no better, or names no reference',
    async (_, inputs, more) => {
      for (const before of [{ before: reversed }, {}]) {
        const { error, rolledBack } = await test(inputs, { ...worse, ...more, ...before });
        expect(error).toContain('The reference does no better');
        expect(rolledBack).toBe(false);
      }
    },
  );

  it('stays where the labels are wrong, whatever version is asked', async () => {
    const { error, rolledBack } = await test({ 'min-accuracy': '0.9' }, { labels: flipped, before: score });
    expect(error).toContain('The reference does no better');
    expect(rolledBack).toBe(false);
  });
});
