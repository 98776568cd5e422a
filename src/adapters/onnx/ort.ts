/** The part of ONNX Runtime's JavaScript API that both runtimes share. */

import type * as Ort from 'onnxruntime-web';

export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor' | 'env'>;
export type OrtSession = Ort.InferenceSession;
export type OrtSessionOptions = Ort.InferenceSession.SessionOptions;
export type OrtTensor = Ort.Tensor;

/**
 * A runtime that is loaded and ready. `exclusively` runs one piece of work at a time.
 *
 * The WASM runtime needs that over all of its sessions: they share one stack inside the module, and a run that starts
 * while another awaits would be given memory that the other one takes back.
 */
export interface LoadedRuntime {
  readonly ort: OrtModule;
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Makes a queue: each piece of work starts when the one before has ended, however it ended. */
export function createQueue(): LoadedRuntime['exclusively'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** Errors reach us as exceptions; what the runtime would print beside them is noise in a log. */
const SILENT = 4;

export const RUN_OPTIONS = { logSeverityLevel: SILENT } as const;

/**
 * One thread, one operator after the other: with more, sums are added up in an order that depends on the machine's
 * number of cores, and results differ in the last digits from one runner to the next.
 */
export const SESSION_OPTIONS: OrtSessionOptions = {
  logSeverityLevel: SILENT,
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
};
