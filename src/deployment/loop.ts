/** Looks, decides, does one thing, and looks again, until there is an end. Reading back is the next look. */
import { CancelledError, UpstreamError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { Goal } from './goal.ts';
import { answered, begin, notice, remember, turned, type Memory, type Performed } from './memory.ts';
import { next } from './next.ts';
import { isAnswer, type Facet, type Facets, type Known, type Observed } from './observed.ts';
import type { Traits } from './traits.ts';
import type { End, Step, Wait } from './verdict.ts';

/** What a platform has to be able to do. Everything that is decided is decided in `next`. */
export interface Driver {
  /**
   * One facet; `serving` is one call while a move is in progress. A denied look is an answer, and so is an UpstreamError
   * that says so.
   */
  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>>;
  /**
   * At most one call that changes anything; compares the step's basis immediately before it.
   * @throws UpstreamError if nobody can tell what became of it
   */
  perform(step: Step, seen: Observed): Promise<Performed>;
}

export interface Watcher {
  /** After a step: its answer, and what it was decided on. */
  readonly performed?: (step: Step, performed: Performed, seen: Observed) => void;
  readonly waiting?: (wait: Wait, seen: Observed) => void;
  /** What may not be looked at, and is only good to know. */
  readonly blind?: (facet: Facet, why: string) => void;
  /** What is waited for cannot be read at the moment; reported once for several looks in a row. */
  readonly unseen?: (error: UpstreamError) => void;
}

export interface LoopOptions {
  readonly driver: Driver;
  readonly traits: Traits;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Of each wait for something that the platform does, in milliseconds. */
  readonly timeoutMs: number;
  /** Between two looks while waiting, in milliseconds. */
  readonly pollMs: number;
  readonly watcher?: Watcher;
  /** What was seen when the goal was bound: it is not looked at again. */
  readonly seen?: Observed;
}

/** What may change while it waits. */
const CHANGING: Readonly<Record<Wait['for'], readonly Facet[]>> = {
  candidate: ['candidates'],
  move: ['serving', 'candidates'],
  seen: ['serving', 'candidates'],
  bake: ['serving', 'watch'],
};

export interface Reached {
  readonly end: End;
  readonly seen: Observed;
  /** What the platform said when it last let nobody in; absent if it never did. */
  readonly refusal?: UpstreamError;
}

/** @throws CancelledError if the signal is aborted; whatever the driver throws */
export async function reach(asked: Goal, options: LoopOptions): Promise<Reached> {
  const run = new Run(asked, options);
  for (;;) {
    if (options.signal.aborted) throw new CancelledError();
    const reached = await run.step();
    if (reached !== null) return reached;
  }
}

class Run {
  readonly #options: LoopOptions;
  #goal: Goal;
  #memory: Memory;
  #seen: Observed;
  /** Since when it has been waiting for the same thing. */
  #waiting: { readonly key: string; readonly since: number } | null = null;
  #isUnseen = false;
  #refusal: UpstreamError | null = null;

  constructor(goal: Goal, options: LoopOptions) {
    this.#goal = goal;
    this.#options = options;
    this.#seen = options.seen ?? { now: this.#now(), facets: {} };
    this.#memory = begin(this.#seen.now);
  }

  async step(): Promise<Reached | null> {
    const verdict = next(this.#goal, { ...this.#seen, now: this.#now() }, this.#memory, this.#options.traits);
    if ('end' in verdict) return this.#ended(verdict.end);
    if ('turn' in verdict) {
      this.#goal = verdict.turn;
      this.#memory = turned(this.#memory);
    } else if ('look' in verdict) await this.#look(verdict.look, verdict.optional === true);
    else if ('do' in verdict) await this.#do(verdict.do, verdict.optional === true);
    else return this.#wait(verdict.wait);
    return null;
  }

  #ended(end: End): Reached {
    return { end, seen: this.#seen, ...(this.#refusal === null ? {} : { refusal: this.#refusal }) };
  }

  async #look(facet: Facet, isOptional: boolean): Promise<void> {
    const known = await this.#ask(facet, isOptional);
    if (known === null) return;
    if (isOptional && !isAnswer<unknown>(known)) this.#options.watcher?.blind?.(facet, known.denied);
    this.#seen = { now: this.#now(), facets: { ...this.#seen.facets, [facet]: known } };
    this.#memory = notice(this.#memory, this.#seen);
  }

  /** @returns null if it cannot be seen for the moment, and is looked at again */
  async #ask(facet: Facet, isOptional: boolean): Promise<Known<Facets[Facet]> | null> {
    try {
      const known = await this.#options.driver.look(facet);
      this.#isUnseen = false;
      return known;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const denied = { at: this.#now(), denied: error.message };
      if (error.refusesCaller) {
        this.#refusal = error;
        return denied;
      }
      if (await this.#isWorthWaiting(error)) return null;
      if (!isOptional) throw error;
      return denied;
    }
  }

  /** What is waited for goes on, whether it is seen or not. */
  async #isWorthWaiting(error: UpstreamError): Promise<boolean> {
    const { clock, signal, pollMs, timeoutMs, watcher } = this.#options;
    if (this.#waiting === null && this.#memory.sent !== null) this.#waiting = { key: '', since: this.#now() };
    if (this.#waiting === null || !error.mayPass) return false;
    if (this.#now() - this.#waiting.since >= timeoutMs) return false;
    if (!this.#isUnseen) watcher?.unseen?.(error);
    this.#isUnseen = true;
    await clock.sleep(pollMs, signal);
    return true;
  }

  async #do(step: Step, isOptional: boolean): Promise<void> {
    this.#waiting = null;
    const performed = await this.#perform(step, isOptional);
    this.#options.watcher?.performed?.(step, performed, this.#seen);
    this.#memory = remember(this.#memory, step, performed, this.#now());
    if (performed.is === 'lost' || performed.is === 'missing') this.#seen = { ...this.#seen, facets: {} };
    else if (performed.is !== 'denied' && performed.is !== 'refused') this.#forget(performed.touches);
  }

  async #perform(step: Step, isOptional: boolean): Promise<Performed> {
    try {
      return answered(await this.#options.driver.perform(step, this.#seen), isOptional);
    } catch (error) {
      const isAnswer = error instanceof UpstreamError && (isOptional || error.refusesCaller);
      if (!isAnswer) throw error;
      if (error.refusesCaller) this.#refusal = error;
      return { is: 'denied', permission: error.message };
    }
  }

  #forget(facets: readonly Facet[]): void {
    const kept = Object.entries(this.#seen.facets).filter(([facet]) => !facets.includes(facet as Facet));
    this.#seen = { now: this.#now(), facets: Object.fromEntries(kept) };
  }

  async #wait(wait: Wait): Promise<Reached | null> {
    const { clock, signal, pollMs, timeoutMs, watcher } = this.#options;
    const key = JSON.stringify(wait);
    if (this.#waiting?.key !== key) this.#waiting = { key, since: this.#now() };
    // How long a step is watched is part of the plan, and no reason to give up.
    const over = wait.for === 'bake' ? Infinity : this.#waiting.since + timeoutMs - this.#now();
    if (over <= 0) return this.#ended({ kind: 'timed-out' });
    watcher?.waiting?.(wait, this.#seen);
    const left = wait.until === null ? over : Math.min(over, wait.until - this.#now() + 1);
    await clock.sleep(Math.max(0, Math.min(left, pollMs)), signal);
    this.#forget(CHANGING[wait.for]);
    return null;
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}
