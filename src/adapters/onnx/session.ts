/** A model session on top of either runtime. */

import { UserError } from '../../core/errors.ts';
import type { ModelSession, ModelSignature, SessionRuntime, Tensor } from '../../core/model-session.ts';
import { withoutDeclaredShapes } from './declared-shapes.ts';
import { checkFeeds } from './feeds.ts';
import type { OnnxModelInfo } from './onnx-model.ts';
import { explainLoadError, explainRunError, isShapeContradiction } from './ort-errors.ts';
import { fromOrt, toOrt } from './ort-tensors.ts';
import { type LoadedRuntime, type OrtSession, RUN_OPTIONS, SESSION_OPTIONS } from './ort.ts';
import { resolveSignature } from './signature.ts';
import { rewriteZipMaps } from './zip-map.ts';

/** A session that also tells what the file says about itself. */
export interface OnnxSession extends ModelSession {
  readonly model: OnnxModelInfo;
}

interface Opened {
  readonly runtime: SessionRuntime;
  readonly loaded: LoadedRuntime;
  readonly label: string;
  readonly model: OnnxModelInfo;
}

/** @throws UserError if the runtime refuses the model, or if a value of its signature is not a usable tensor. */
export async function createSession(opened: Opened, bytes: Uint8Array): Promise<OnnxSession> {
  const session = await load(opened, rewriteZipMaps(bytes, opened.model.zipMaps));
  try {
    return wrap(opened, session, resolveSignature(opened.label, opened.model, session));
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function load({ loaded, label, runtime }: Opened, bytes: Uint8Array): Promise<OrtSession> {
  // ONNX Runtime writes into the options that it is given.
  const create = (model: Uint8Array): Promise<OrtSession> =>
    loaded.exclusively(() => loaded.ort.InferenceSession.create(model, { ...SESSION_OPTIONS }));
  try {
    return await create(bytes).catch((error: unknown) => {
      if (runtime === 'wasm' && isShapeContradiction(error)) return create(withoutDeclaredShapes(bytes));
      throw error;
    });
  } catch (error) {
    throw explainLoadError(label, error);
  }
}

function wrap(opened: Opened, session: OrtSession, signature: ModelSignature): OnnxSession {
  const { runtime, model, label, loaded } = opened;
  let closed: Promise<void> | undefined;
  return {
    runtime,
    signature,
    model,
    async run(feeds) {
      if (closed !== undefined) throw new Error(`The session of ${label} is closed.`);
      checkFeeds(label, model.inputs, feeds);
      return loaded.exclusively(() => runOnce(opened, session, feeds));
    },
    close() {
      closed ??= loaded.exclusively(() => session.release());
      return closed;
    },
  };
}

async function runOnce(
  { loaded, label }: Opened,
  session: OrtSession,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  const entries = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(loaded.ort, tensor)] as const);
  try {
    const results = await session.run(Object.fromEntries(entries), RUN_OPTIONS);
    return Object.fromEntries(Object.entries(results).map(([name, result]) => [name, fromOrt(name, result)]));
  } catch (error) {
    throw error instanceof UserError ? error : explainRunError(label, error);
  }
}
