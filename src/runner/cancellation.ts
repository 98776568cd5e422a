import { CancelledError } from '../core/errors.ts';

/** SIGINT comes first; SIGTERM 7.5 seconds later, and 2.5 seconds after that the runner kills the process. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** An AbortSignal that is aborted by the runner's cancellation, so every wait ends at once. */
export function abortOnSignals(): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new CancelledError());
  for (const name of SIGNALS) process.on(name, abort);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) process.off(name, abort);
    },
  };
}
