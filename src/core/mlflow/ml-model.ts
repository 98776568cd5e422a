/**
 * The file MLmodel, which MLflow puts beside each model: its flavors, its signature and where it was trained.
 * https://mlflow.org/docs/latest/ml/model/#storage-format
 */
import type { DeclaredSignature, DeclaredTensor } from '../onnx-reader.ts';
import type { Framework } from '../archive/framework.ts';
import { isObject } from '../json-object.ts';

export const ML_MODEL = 'MLmodel';

export interface MlModel {
  readonly flavors: readonly string[];
  /** null if the model was logged without one, or with one that nothing here can say. */
  readonly signature: DeclaredSignature | null;
  readonly runId: string | null;
}

/** @returns null for a text that is no MLmodel file */
export async function readMlModel(text: string): Promise<MlModel | null> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || !isObject(value.flavors)) return null;
  return {
    flavors: Object.keys(value.flavors).sort(),
    signature: signatureIn(value.signature),
    runId: typeof value.run_id === 'string' ? value.run_id : null,
  };
}

/** The most telling first; `python_function` is beside each of them. */
const FRAMEWORKS: readonly (readonly [string, Framework])[] = [
  ['onnx', 'onnx'],
  ['sklearn', 'sklearn'],
  ['xgboost', 'xgboost'],
  ['pytorch', 'pytorch'],
  ['tensorflow', 'tensorflow'],
  ['keras', 'tensorflow'],
  ['transformers', 'huggingface'],
];

/** What the flavors say that the model was made with; null if that is a library without a name here. */
export function frameworkOf({ flavors }: MlModel): Framework | null {
  return FRAMEWORKS.find(([flavor]) => flavors.includes(flavor))?.[1] ?? null;
}

function signatureIn(value: unknown): DeclaredSignature | null {
  if (!isObject(value)) return null;
  const inputs = tensorsIn(value.inputs, 'input');
  const outputs = tensorsIn(value.outputs, 'output');
  return inputs === null || outputs === null ? null : { inputs, outputs };
}

/** MLflow keeps each side as a JSON text. @param unnamed what a tensor without a name is called */
function tensorsIn(value: unknown, unnamed: string): DeclaredTensor[] | null {
  if (typeof value !== 'string') return null;
  try {
    const specs: unknown = JSON.parse(value);
    if (!Array.isArray(specs)) return null;
    const tensors = specs.map((spec, at) => tensorOf(spec, specs.length === 1 ? unnamed : `${unnamed}${at}`));
    return tensors.every((tensor) => tensor !== null) ? tensors : null;
  } catch {
    return null;
  }
}

/** Types of columns, by the names that ONNX's tensors have here. */
const COLUMNS: Readonly<Record<string, string>> = {
  double: 'float64',
  float: 'float32',
  long: 'int64',
  integer: 'int32',
  boolean: 'bool',
  string: 'string',
};

function tensorOf(spec: unknown, unnamed: string): DeclaredTensor | null {
  if (!isObject(spec)) return null;
  const name = typeof spec.name === 'string' || typeof spec.name === 'number' ? String(spec.name) : unnamed;
  const tensor = spec['tensor-spec'];
  if (isObject(tensor)) {
    const { dtype, shape } = tensor;
    if (typeof dtype !== 'string' || !Array.isArray(shape)) return null;
    return { name, type: dtype, shape: shape.map((size) => (Number(size) >= 0 ? Number(size) : '?')) };
  }
  if (typeof spec.type !== 'string') return null;
  return { name, type: COLUMNS[spec.type] ?? spec.type, shape: ['?'] };
}
