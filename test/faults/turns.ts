/** Who of several runs makes the next call: generated, the same for the same seed. */
import { mulberry32 } from '../../src/core/smoke/random.ts';

export interface Turns {
  /** Waits until it is this run's turn. */
  wait(run: number): Promise<void>;
  /** Lets one call after the other happen until all runs have ended. */
  until(runs: Promise<unknown>): Promise<void>;
}

/** How likely the run that made the last call goes on: from fair turns to long stretches. */
const STICKY = [0, 0.5, 0.9, 0.97];

export function turnsOf(seed: number): Turns {
  const random = mulberry32(seed);
  const sticky = STICKY[seed % STICKY.length] ?? 0;
  const waiting: { readonly run: number; readonly go: () => void }[] = [];
  let last = -1;
  const next = () => {
    const same = waiting.findIndex(({ run }) => run === last);
    const at = same >= 0 && random() < sticky ? same : Math.floor(random() * waiting.length);
    const [one] = waiting.splice(at, 1);
    if (one === undefined) return;
    last = one.run;
    one.go();
  };
  return {
    wait: (run) => new Promise((go) => waiting.push({ run, go })),
    until: async (runs) => {
      const life = { over: false };
      const ended = runs.finally(() => (life.over = true)).catch(() => undefined);
      while (!life.over) {
        next();
        // What the call brings about comes first.
        await new Promise((resolve) => setImmediate(resolve));
      }
      await ended;
    },
  };
}
