/**
 * Opens a model in a process of its own. A computation blocks the thread that it runs on, and one of the native runtime
 * cannot be ended within its process at all; a process can, by its time limit and by cancellation.
 */
import type { ModelSession, OpenSession } from '../../../core/model-session.ts';
import { embedExternalData } from '../external-data.ts';
import { prepareNative, type SessionOpenerOptions } from '../open-session.ts';
import { createQueue } from '../ort.ts';
import { ModelProcess, type ModelProcessOptions } from './model-process.ts';

export interface ProcessOpenerOptions extends ModelProcessOptions, SessionOpenerOptions {
  readonly log: SessionOpenerOptions['log'];
  /** How long one run may take, in milliseconds. */
  readonly runMs: number;
}

/** Reading a model, however large, and setting it up. */
const OPEN_MS = 600_000;

/** Of the step's environment only what finds libraries, and what lets the runner end the process with the job. */
const KEPT = /^(PATH|LD_LIBRARY_PATH|SYSTEMROOT|TEMP|TMP|TMPDIR|RUNNER_TRACKING_ID)$/i;

export function createProcessOpener(options: ProcessOpenerOptions): OpenSession {
  const env = Object.fromEntries(Object.entries(options.env).filter(([name]) => KEPT.test(name)));
  return async (bytes, { label, runtime, beside }) => {
    if (runtime === 'native') await prepareNative(options);
    const model = beside === undefined ? bytes : await embedExternalData(bytes, label, beside);
    const process = new ModelProcess(label, model, { ...options, env });
    const { moduleRoots, toolCacheDir } = options;
    try {
      const answer = await process.ask(
        { open: model.length, label, runtime, moduleRoots, toolCacheDir },
        OPEN_MS,
        `${label} could not be opened within ${OPEN_MS / 1000} s, and was stopped.`,
      );
      if (!('opened' in answer)) throw new Error('The process of the model did not say that it is open.');
      return sessionOf(process, answer.opened, label, options.runMs);
    } catch (error) {
      await process.close();
      throw error;
    }
  };
}

function sessionOf(
  process: ModelProcess,
  opened: Pick<ModelSession, 'runtime' | 'signature'>,
  label: string,
  runMs: number,
): ModelSession {
  const late = `${label} did not end within ${runMs / 1000} s, and was stopped.`;
  // The time limit of a run begins when the one before has ended.
  const inTurn = createQueue();
  return {
    ...opened,
    run: (feeds) =>
      inTurn(async () => {
        const answer = await process.ask({ feeds }, runMs, late);
        if (!('outputs' in answer)) throw new Error('The process of the model gave no outputs.');
        return answer.outputs;
      }),
    close: () => process.close(),
  };
}
