/**
 * A platform on which we shift requests: it knows shares, one text for a marker, a revision that every change must name,
 * and counts what each version answered. Requests come by the clock. Written on its own, without the effects that the
 * plan and the exploration believe in.
 */
import { TOUCHED } from '../../src/deployment/effects.ts';
import type { Driver } from '../../src/deployment/loop.ts';
import type { Performed } from '../../src/deployment/memory.ts';
import { holds, type Facet, type Facets, type Known, type Observed } from '../../src/deployment/observed.ts';
import {
  readMarker,
  servingOf,
  sharesOf,
  writeMarker,
  type Share,
} from '../../src/deployment/rollout/marker.ts';
import type { Sample } from '../../src/deployment/rollout/watch.ts';
import type { Operation, Subject } from '../../src/deployment/port.ts';
import type { Traits } from '../../src/deployment/traits.ts';
import { keyOf, type Step, type StepKind } from '../../src/deployment/verdict.ts';
import type { FakeClock } from '../fakes/clock.ts';
import { InMemoryDriver, InMemoryPlatform } from './in-memory.ts';

interface Count {
  requests: number;
  errors: number;
}

export class SharesDriver implements Driver {
  shares: readonly Share[];
  marker: string | null = null;
  revision = 1;
  perMinute = 600;
  /** Share of requests that a version fails, by its name. */
  readonly failing = new Map<string, number>();
  readonly log: string[] = [];
  /** Of the requests of our own, those that were sent since the last step. */
  own = { requests: 0, failed: 0 };
  readonly alarms: string[] = [];
  /** Versions, candidates and the like, which work as on any platform. */
  readonly rest: InMemoryDriver;
  readonly #clock: FakeClock;
  #counts = new Map<string, Count>();
  #countedAt: number;

  constructor(facets: Facets, clock: FakeClock) {
    this.rest = new InMemoryDriver(facets, clock);
    this.#clock = clock;
    this.#countedAt = clock.now().getTime();
    const { version } = facets.serving;
    this.shares = version === null ? [] : [{ version, percent: 100 }];
  }

  async look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    const at = this.#count();
    const value: Facets[Facet] | null =
      facet === 'serving' ? this.#serving() : facet === 'watch' ? this.#watch() : null;
    return value === null ? this.rest.look(facet) : { at, value: value as Facets[F] };
  }

  perform(step: Step, seen: Observed): Promise<Performed> {
    const now = this.#count();
    if (step.basis !== undefined && !holds(step.basis, this.#serving()))
      return Promise.resolve({ is: 'lost' });
    const own: Partial<Record<StepKind, () => Promise<Performed>>> = {
      shift: () => this.#shift(step, now),
      'abort-shift': () =>
        this.#change(step, [{ version: this.#serving().version ?? '', percent: 100 }], null),
      unmark: () => this.#change(step, this.shares, null),
      ask: () => this.#ask(step),
    };
    return own[step.kind]?.() ?? this.rest.perform(step, seen);
  }

  #shift(step: Step, now: number): Promise<Performed> {
    const { of, percent = 100, holdMs } = step;
    const { version } = this.#serving();
    const shares = sharesOf(version, of, percent);
    if (holdMs === undefined) return this.#change(step, shares, null);
    const marker = { from: version ?? of, to: of, percent, at: now, until: now + holdMs };
    return this.#change(step, shares, writeMarker(marker));
  }

  #change(step: Step, shares: readonly Share[], marker: string | null): Promise<Performed> {
    this.log.push(keyOf(step));
    this.shares = shares;
    this.marker = marker;
    this.revision++;
    this.#counts = new Map();
    this.own = { requests: 0, failed: 0 };
    return Promise.resolve({ is: 'done', touches: TOUCHED[step.kind] });
  }

  #ask(step: Step): Promise<Performed> {
    this.log.push(keyOf(step));
    const requests = step.requests ?? 0;
    const failed = Math.round(requests * (this.failing.get(step.of) ?? 0));
    this.own = { requests: this.own.requests + requests, failed: this.own.failed + failed };
    this.#add(step.of, requests);
    return Promise.resolve({ is: 'done', touches: ['watch'] });
  }

  #serving(): Facets['serving'] {
    const marker = this.marker === null ? null : readMarker(this.marker);
    const quiet = { guards: [], etag: String(this.revision), fit: 'as-asked' } as const;
    return { ...quiet, ...servingOf(this.shares, marker) };
  }

  #watch(): Facets['watch'] {
    const { version, towards } = this.#serving();
    return {
      to: this.#sample(towards),
      from: this.#sample(version),
      own: this.own,
      alarms: [...this.alarms],
    };
  }

  #sample(version: string | null): Sample {
    const { requests, errors } = this.#counts.get(version ?? '') ?? { requests: 0, errors: 0 };
    return { requests: Math.floor(requests), errors: Math.floor(errors), p95Ms: null };
  }

  /** What came since it was counted last. @returns the time */
  #count(): number {
    const now = this.#clock.now().getTime();
    const came = ((now - this.#countedAt) / 60_000) * this.perMinute;
    this.#countedAt = now;
    for (const { version, percent } of this.shares) this.#add(version, (came * percent) / 100);
    return now;
  }

  #add(version: string, requests: number): void {
    const known = this.#counts.get(version) ?? { requests: 0, errors: 0 };
    known.requests += requests;
    known.errors += requests * (this.failing.get(version) ?? 0);
    this.#counts.set(version, known);
  }
}

/** The same as a platform of the engine. */
export class SharesPlatform extends InMemoryPlatform {
  readonly shares: SharesDriver;

  constructor(shares: SharesDriver, traits: Traits) {
    super(shares.rest, traits);
    this.shares = shares;
  }

  override open(subject: Subject): Operation {
    const { shares } = this;
    return {
      ...super.open(subject),
      look: (facet) => shares.look(facet),
      perform: (step, seen) => shares.perform(step, seen),
    };
  }
}
