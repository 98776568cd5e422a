/** Everything a smoke test needs, small and in memory; a test changes what it is about. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { SmokePorts } from '../../../../src/actions/smoke-test/ports.ts';
import { run } from '../../../../src/actions/smoke-test/run.ts';
import type { Inputs } from '../../../../src/actions/smoke-test/inputs.ts';
import { spec } from '../../../../src/actions/smoke-test/spec.ts';
import { httpEndpoint } from '../../../../src/adapters/http-endpoint/http-endpoint.ts';
import type { ModelSession, OpenSession } from '../../../../src/core/model-session.ts';
import type { SmokeReport } from '../../../../src/core/smoke/report.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import type { EndpointInvoker, InvokeAnswer } from '../../../../src/core/targets.ts';
import { openStore, openUrl } from '../../../../src/stores/open-store.ts';
import { fakePorts, type FakePorts } from '../../../fakes/ports.ts';
import { FakeTarget } from './fake-target.ts';

export type Row = readonly number[];

/** A model of two features and two classes: the further apart the features, the surer it is. */
export function probabilitiesFor([a = 0, b = 0]: Row): number[] {
  const positive = 1 / (1 + Math.exp(b - a));
  return [1 - positive, positive];
}

/** What an honest endpoint answers. */
export function answerTo(rows: readonly Row[]) {
  const probabilities = rows.map(probabilitiesFor);
  return { predictions: probabilities.map(([no = 0, yes = 0]) => (yes > no ? 1 : 0)), probabilities };
}

export const openFakeSession: OpenSession = async () => fakeSession;

const fakeSession: ModelSession = {
  runtime: 'wasm',
  signature: {
    inputs: [{ name: 'X', type: 'float32', shape: ['N', 2] }],
    outputs: [
      { name: 'label', type: 'int64', shape: ['N'] },
      { name: 'scores', type: 'float32', shape: ['N', 2] },
    ],
  },
  run: async ({ X }) => {
    const data = Array.from(X!.data as Float32Array);
    const rows = Array.from({ length: data.length / 2 }, (_, at) => data.slice(2 * at, 2 * at + 2));
    const { predictions, probabilities } = answerTo(rows);
    return {
      label: { type: 'int64', dims: [rows.length], data: BigInt64Array.from(predictions, BigInt) },
      scores: { type: 'float32', dims: [rows.length, 2], data: Float32Array.from(probabilities.flat()) },
    };
  },
  close: async () => undefined,
};

export const ROWS: readonly Row[] = Array.from({ length: 40 }, (_, at) => [(at % 7) / 2, (at % 5) - 1.25]);
export const LABELS = answerTo(ROWS).predictions;

/** Turns rows into a body; throws for what it cannot read. */
export type Handler = (rows: readonly Row[]) => unknown;

export interface FakeInvoker extends EndpointInvoker {
  readonly bodies: string[];
}

/** Answers like a server: 400 for what is no JSON or has no rows. Latency is 1, 2, 3 … ms. */
export function invokerOf(handler: Handler): FakeInvoker {
  const bodies: string[] = [];
  return {
    url: 'http://fake/invocations',
    bodies,
    async invoke(body) {
      bodies.push(String(body));
      return respond(String(body), handler, bodies.length);
    },
  };
}

function respond(body: string, handler: Handler, latencyMs: number): InvokeAnswer {
  const answer = (status: number, value: unknown): InvokeAnswer => ({
    status,
    contentType: 'application/json',
    body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    latencyMs,
    version: null,
  });
  let instances: readonly Row[];
  try {
    ({ instances } = JSON.parse(body) as { instances: readonly Row[] });
  } catch {
    return answer(400, { error: 'The body is not JSON.' });
  }
  if (instances.length === 0) return answer(400, { error: 'no rows' });
  return answer(200, handler(instances));
}

export interface Scene {
  readonly ports: FakePorts<OutputsOf<typeof spec>>;
  readonly folder: string;
  /** Runs the action with these inputs, as texts. */
  run(inputs: Record<string, string>, more?: Partial<SmokePorts>): Promise<SmokeReport>;
}

/** A workspace with cases.json and reference.onnx, and a target whose endpoint answers as `handler` does. */
export async function makeScene(target: FakeTarget | null = null): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'smoke-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'cases.json'), JSON.stringify({ instances: ROWS, labels: LABELS }));
  await writeFile(join(folder, 'reference.onnx'), 'the fake session reads nothing');
  const ports = fakePorts<OutputsOf<typeof spec>>({ workspace: folder, temp: join(folder, 'temp') });
  return {
    ports,
    folder,
    run: (texts, more = {}) =>
      run(inputsOf(texts), {
        ...ports,
        openTarget: async () => target ?? new FakeTarget({}, { '': invokerOf(answerTo) }),
        httpEndpoint: async (url) => httpEndpoint(url),
        chartLibrary: async () => '/* charts */',
        embedWeights: (model) => Promise.resolve(model),
        openSession: openFakeSession,
        openStore,
        openUrl: (location) => openUrl(location, folder),
        pollMs: 100,
        ...more,
      }),
  };
}

export function inputsOf(texts: Record<string, string>): Inputs {
  const { inputs, problems } = parseInputs(spec, (name) =>
    texts[name] === undefined ? null : { text: texts[name], origin: '' },
  );
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  return inputs;
}

export function storeUrl(folder: string): string {
  return `${pathToFileURL(join(folder, '.ml-deploy', 'store')).href}/`;
}

/** Inputs of a plain test of the live version. */
export const LIVE = {
  target: 'local',
  'endpoint-name': 'churn',
  'model-path': 'reference.onnx',
  cases: 'cases.json',
};
