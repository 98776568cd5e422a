import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, type PackageModelPorts } from '../../../../src/actions/package-model/run.ts';
import { spec } from '../../../../src/actions/package-model/spec.ts';
import type { RemoteFiles } from '../../../../src/core/archive/remote-model.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { ModelSignature, OpenSession, TensorSignature } from '../../../../src/core/model-session.ts';
import type { OnnxReader } from '../../../../src/core/onnx-reader.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { fakePorts, type FakePorts } from '../../../fakes/ports.ts';
import { temporaryFolder } from '../../core/archive/helpers.ts';

export type Output = OutputsOf<typeof spec>;

export const tensor = (name: string, shape: TensorSignature['shape'] = ['n', 30]): TensorSignature => ({
  name,
  type: 'float32',
  shape,
});

export const SIGNATURE: ModelSignature = { inputs: [tensor('x')], outputs: [tensor('label', ['n'])] };

/** A model of the fake runtime: a text that begins with "ONNX" and holds its signature. */
export function fakeOnnx(signature: ModelSignature = SIGNATURE, salt = ''): string {
  return `ONNX${JSON.stringify({ ...signature, salt })}`;
}

export interface FakeRuntime {
  readonly openSession: OpenSession;
  /** Labels of the models that were opened. */
  readonly opened: string[];
  readonly closed: string[];
}

export function fakeRuntime(): FakeRuntime {
  const opened: string[] = [];
  const closed: string[] = [];
  const openSession: OpenSession = async (bytes, { label }) => {
    opened.push(label);
    return {
      runtime: 'wasm',
      signature: signatureIn(bytes, label),
      run: async () => ({}),
      close: async () => void closed.push(label),
    };
  };
  return { openSession, opened, closed };
}

const signatureIn = (bytes: Uint8Array, label: string): ModelSignature => {
  const text = Buffer.from(bytes).toString();
  if (!text.startsWith('ONNX')) throw new UserError(`${label} is a text file, not an ONNX model.`);
  const { inputs, outputs } = JSON.parse(text.slice(4)) as ModelSignature;
  return { inputs, outputs };
};

/** Of models of the fake runtime, which have all their weights in themselves. */
const fakeReader: OnnxReader = {
  describe: (bytes, label) => ({ signature: signatureIn(bytes, label), externalFiles: [], problem: null }),
  embed: (bytes) => Promise.resolve(bytes),
};

export interface Run extends FakePorts<Output> {
  readonly workspace: string;
  readonly runtime: FakeRuntime;
  /** Absolute path of the default store. */
  readonly store: string;
  readonly go: () => Promise<void>;
}

const nothingRemote: RemoteFiles = {
  list: () => Promise.reject(new Error('Nothing remote is expected here.')),
  open: () => Promise.reject(new Error('Nothing remote is expected here.')),
};

interface Options {
  readonly workspace?: string;
  readonly ports?: Partial<PackageModelPorts>;
}

/** A run of the action on texts as a user writes them. */
export async function prepare(inputs: Readonly<Record<string, string>>, options: Options = {}): Promise<Run> {
  const workspace = options.workspace ?? (await temporaryFolder());
  const ports = fakePorts<Output>({ workspace, temp: await temporaryFolder() });
  const runtime = fakeRuntime();
  const given = new Map(Object.entries(inputs));
  const go = async () => {
    const parsed = parseInputs(spec, (name) => {
      const text = given.get(name);
      return text === undefined ? null : { text, origin: '' };
    });
    if (parsed.problems.length > 0) throw UserError.of(parsed.problems);
    await run(parsed.inputs, {
      ...ports,
      openStore: (url) => openStore(url),
      unservable: null,
      openSession: runtime.openSession,
      onnx: fakeReader,
      remote: nothingRemote,
      registry: { register: () => Promise.reject(new Error('No registry is expected here.')) },
      mlflow: { trackingUri: null, token: null, username: null, password: null },
      openMlflow: () => Promise.reject(new Error('No MLflow is expected here.')),
      verifySignature: () => Promise.reject(new Error('No signature is expected here.')),
      ...options.ports,
    });
  };
  return { ...ports, workspace, runtime, store: join(workspace, '.ml-deploy', 'store'), go };
}

/** Prepares and runs. */
export async function packageModel(
  inputs: Readonly<Record<string, string>>,
  options: Options = {},
): Promise<Run> {
  const prepared = await prepare(inputs, options);
  await prepared.go();
  return prepared;
}

export function urlOf(folder: string): string {
  return pathToFileURL(folder).href;
}
