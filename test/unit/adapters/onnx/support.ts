import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSessionOpener,
  type SessionOpenerOptions,
} from '../../../../src/adapters/onnx/open-session.ts';
import type { OnnxSession } from '../../../../src/adapters/onnx/session.ts';
import type { SessionRuntime, Tensor, TensorData, TensorType } from '../../../../src/core/model-session.ts';

export const REPOSITORY = join(import.meta.dirname, '../../../..');
const FIXTURES = join(REPOSITORY, 'test/fixtures/onnx');

export const RUNTIMES: readonly SessionRuntime[] = ['native', 'wasm'];

export interface Case {
  readonly name: string;
  readonly feeds: Record<string, Tensor>;
  readonly expected: Record<string, Tensor>;
}

interface TensorJson {
  readonly type: TensorType;
  readonly dims: number[];
  readonly data: (number | string)[];
}

type CasesJson = Record<string, Record<'feeds' | 'expected', Record<string, TensorJson>>>;

export function fixture(name: string): Uint8Array {
  return readFileSync(join(FIXTURES, `${name}.onnx`));
}

/** What test/fixtures/onnx/make_fixtures.py wrote beside the models. */
export function fixtureCases(): Case[] {
  const cases = JSON.parse(readFileSync(join(FIXTURES, 'cases.json'), 'utf8')) as CasesJson;
  return Object.entries(cases).map(([name, { feeds, expected }]) => ({
    name,
    feeds: tensorsOf(feeds),
    expected: tensorsOf(expected),
  }));
}

export function caseOf(name: string): Case {
  const found = fixtureCases().find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`cases.json has no ${name}`);
  return found;
}

/** Every model of the sample project, as [path in the repository, bytes]. */
export function releasedModels(): [string, Uint8Array][] {
  return globSync('model/releases/**/*.onnx', { cwd: REPOSITORY })
    .sort()
    .map((path) => [path, readFileSync(join(REPOSITORY, path))]);
}

export function openerOptions(changes: Partial<SessionOpenerOptions> = {}): SessionOpenerOptions & {
  readonly messages: string[];
} {
  const messages: string[] = [];
  const note = (message: string): void => void messages.push(message);
  return {
    moduleRoots: [REPOSITORY],
    exec: () => Promise.reject(new Error('nothing may be started here')),
    log: { info: note, debug: note },
    messages,
    ...changes,
  };
}

export function openFixture(name: string, runtime: SessionRuntime): Promise<OnnxSession> {
  return open(fixture(name), runtime, `${name}.onnx`);
}

export function open(bytes: Uint8Array, runtime: SessionRuntime, label = 'model.onnx'): Promise<OnnxSession> {
  return createSessionOpener(openerOptions())(bytes, { label, runtime });
}

export function floats(
  dims: number[],
  values: readonly number[] = new Array<number>(product(dims)).fill(0),
): Tensor {
  return { type: 'float32', dims, data: Float32Array.from(values) };
}

/** The largest amount by which a value exceeds what rtol and atol allow; 0 and less is equal enough. */
export function excess(actual: Tensor, expected: Tensor, tolerance: { rtol: number; atol: number }): number {
  const wanted = [...(expected.data as ArrayLike<number> & Iterable<number>)];
  return Math.max(
    ...wanted.map((value, index) => {
      const difference = Math.abs((actual.data[index] as number) - value);
      return Number.isNaN(difference)
        ? Infinity
        : difference - tolerance.atol - tolerance.rtol * Math.abs(value);
    }),
  );
}

export function isFloat(tensor: Tensor): boolean {
  return tensor.type.startsWith('float');
}

function tensorsOf(json: Record<string, TensorJson>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(json).map(([name, { type, dims, data }]) => [
      name,
      { type, dims, data: dataOf(type, data) },
    ]),
  );
}

const READERS: Partial<Record<TensorType, (values: (number | string)[]) => TensorData>> = {
  string: (values) => values.map(String),
  int64: (values) => BigInt64Array.from(values, BigInt),
  bool: (values) => Uint8Array.from(values, Number),
  uint8: (values) => Uint8Array.from(values, Number),
  int8: (values) => Int8Array.from(values, Number),
  float64: (values) => Float64Array.from(values, Number),
  float32: (values) => Float32Array.from(values, Number),
  float16: (values) => Float32Array.from(values, Number),
};

function dataOf(type: TensorType, values: (number | string)[]): TensorData {
  const read = READERS[type];
  if (read === undefined) throw new Error(`no fixture has ${type}`);
  return read(values);
}

function product(dims: readonly number[]): number {
  return dims.reduce((total, size) => total * size, 1);
}
