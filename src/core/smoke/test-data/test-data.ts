/**
 * ONNX's own layout of test data: a folder with test_data_set_0, test_data_set_1, …, each with input_0.pb, input_1.pb, …
 * and output_0.pb, …: one tensor a file. https://github.com/onnx/onnx/blob/main/docs/OnnxBackendTest.md
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { counted } from '../../counted.ts';
import type { JsonValue } from '../../exact-json.ts';
import { UserError } from '../../errors.ts';
import { v2TensorOf } from '../../inference/v2.ts';
import { bareCases, type Case, type Cases, type OpenedCases } from '../cases/cases.ts';
import { readTensorProto, type NamedTensor } from './tensor-proto.ts';

const SET = /^test_data_set_\d+$/;
const FILE = /^(input|output)_(\d+)\.pb$/;

/** One case for each set: its whole inputs, and its outputs if there are files of them. @throws UserError */
export async function readTestData(folder: string, label: string): Promise<OpenedCases> {
  const sets = await setsOf(folder);
  if (sets.length === 0) {
    throw new UserError(
      `"${label}" is a folder without test data: it has neither test_data_set_0 nor input_0.pb. ` +
        'Give such a folder, or a file of cases.',
    );
  }
  const inputs: JsonValue[] = [];
  const outputs: (readonly NamedTensor[])[] = [];
  for (const set of sets) {
    inputs.push((await tensorsOf(set, 'input')).map(v2Of));
    outputs.push(await tensorsOf(set, 'output'));
  }
  const source = `${label} (${counted(sets.length, 'set')} of ONNX test data)`;
  const bare = bareCases(source, sets.length, () => inputs);
  if (outputs.some((tensors) => tensors.length === 0)) return asTheyAre({ ...bare, wholeTensors: true });
  const names = [...new Set(outputs.flatMap((tensors) => tensors.map(({ name }) => name)))];
  const rows = inputs.map((instance, set) => caseOf(instance, outputs[set] ?? [], names));
  return asTheyAre({ ...bare, wholeTensors: true, expectedFields: names, rows: () => rows });
}

/** Tensors have types of their own, so no model has to say how they are to be read. */
function asTheyAre(cases: Cases): OpenedCases {
  return { ...cases, bind: () => cases };
}

/** One set: all values of every output in a row. */
function caseOf(instance: JsonValue, outputs: readonly NamedTensor[], names: readonly string[]): Case {
  const valuesOf = (name: string): JsonValue => {
    const found = outputs.find((tensor) => tensor.name === name);
    return found ? (v2TensorOf(name, found.tensor).data as JsonValue) : [];
  };
  return {
    instance,
    label: null,
    expected: Object.fromEntries(names.map((name) => [name, valuesOf(name)])),
    shapes: new Map(outputs.map(({ name, tensor }) => [name, tensor.dims])),
  };
}

async function setsOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  if (names.includes('input_0.pb')) return [folder];
  const sets = names.filter((name) => SET.test(name));
  return sets.sort((a, b) => numberIn(a) - numberIn(b)).map((name) => join(folder, name));
}

async function tensorsOf(set: string, kind: string): Promise<NamedTensor[]> {
  const files = (await readdir(set)).filter((name) => FILE.exec(name)?.[1] === kind);
  files.sort((a, b) => numberIn(a) - numberIn(b));
  return Promise.all(
    files.map(async (name) => {
      const label = `${basename(set)}/${name}`;
      const tensor = readTensorProto(await readFile(join(set, name)), label);
      if (tensor.name !== '') return tensor;
      throw new UserError(`${label} does not name its tensor, so it is not known which ${kind} it is.`);
    }),
  );
}

function numberIn(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0);
}

function v2Of({ name, tensor }: NamedTensor): JsonValue {
  // As plain JSON, which cases consist of.
  return { ...v2TensorOf(name, tensor) } as unknown as JsonValue;
}
