/**
 * The endpoint inside its server: what is loaded, and the one place that changes what serves.
 *
 * The order of every change: load the model, write state.json, switch. So whatever fails, what served goes on serving,
 * and whenever the process dies, state.json names a version whose files are there.
 */
import { rm } from 'node:fs/promises';
import { CancelledError, messageOf, UpstreamError } from '../../../core/errors.ts';
import type { Commands } from '../control-protocol.ts';
import { isFolderName, type Layout } from '../layout.ts';
import {
  isVersionName,
  type LocalState,
  type StoredCandidate,
  type StoredVersion,
} from '../../../documents/local-state.ts';
import { writeState } from '../state.ts';
import * as transitions from '../transitions.ts';
import type { Backend } from './backend.ts';

/** The change is refused; nothing was changed. `status` is the HTTP status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 404 | 409 | 422;
  /** Whether it was decided on another state than the one that is. */
  readonly changed: boolean;
  /** What a container printed before it failed; null if none did. */
  readonly detail: string | null;

  constructor(
    status: 404 | 409 | 422,
    message: string,
    options: { cause?: unknown; changed?: boolean } = {},
  ) {
    super(message, options);
    this.status = status;
    this.changed = options.changed ?? false;
    this.detail = options.cause instanceof UpstreamError ? (options.cause.detail ?? null) : null;
  }
}

/** Makes a version ready to serve, from its files. */
export type LoadVersion = (stored: StoredVersion, signal: AbortSignal) => Promise<Backend>;

type Change<Name extends keyof Commands> = Omit<Commands[Name], 'generation'>;

const NOT_CANCELLED = new AbortController().signal;

export class Endpoint {
  readonly #layout: Layout;
  readonly #loadVersion: LoadVersion;
  readonly #candidates = new Map<string, Backend>();
  readonly #problems = new Map<string, string>();
  #live: Backend | null = null;
  #state: LocalState;
  #last: Promise<unknown> = Promise.resolve();

  constructor(layout: Layout, state: LocalState, loadVersion: LoadVersion) {
    this.#layout = layout;
    this.#state = state;
    this.#loadVersion = loadVersion;
  }

  get state(): LocalState {
    return this.#state;
  }

  get live(): Backend | null {
    return this.#live;
  }

  get problems(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#problems);
  }

  candidate(name: string): Backend | null {
    return this.#candidates.get(name) ?? null;
  }

  /** Why a version that the state names is not loaded; null if it is, or if none is named. */
  problemOf(version: string | null): string | null {
    return version === null ? null : (this.#problems.get(version) ?? null);
  }

  /** Loads what the state names. What cannot be loaded is kept as a problem: the rest still serves. */
  async load(): Promise<void> {
    const { live, candidates } = this.#state;
    const stored = live === null ? null : transitions.findVersion(this.#state, live);
    if (stored !== null) this.#live = await this.#tryLoad(stored);
    for (const { name, version } of candidates) {
      const model = await this.#tryLoad(version);
      if (model !== null) this.#candidates.set(name, model);
    }
  }

  async #tryLoad(stored: StoredVersion): Promise<Backend | null> {
    try {
      return await this.#loadVersion(stored, NOT_CANCELLED);
    } catch (error) {
      this.#problems.set(stored.version, messageOf(error));
      return null;
    }
  }

  /** One change after the other. @throws Refusal if somebody else changed the endpoint in the meantime. */
  exclusively<T>(generation: number | null, change: () => Promise<T>): Promise<T> {
    const next = this.#last.then(() => {
      if (generation === null || generation === this.#state.generation) return change();
      throw new Refusal(
        409,
        'The endpoint was changed by somebody else in the meantime; run the command again.',
        { changed: true },
      );
    });
    this.#last = next.catch(() => undefined);
    return next;
  }

  async deploy({ entry }: Change<'deploy'>, signal = NOT_CANCELLED): Promise<void> {
    const model = await this.#load(entry, signal);
    await this.#commit(transitions.activate(this.#state, entry), model);
    await this.#switchLive(model);
  }

  async stage({ candidate }: Change<'stage'>, signal = NOT_CANCELLED): Promise<void> {
    const model = await this.#load(candidate.version, signal);
    await this.#commit(transitions.stage(this.#state, candidate), model);
    await this.#candidates.get(candidate.name)?.retire();
    this.#candidates.set(candidate.name, model);
  }

  async promote({ candidate: name, planDigest }: Change<'promote'>, signal = NOT_CANCELLED): Promise<void> {
    const candidate = this.#requireCandidate(name);
    if (candidate.version.planDigest !== planDigest) {
      throw new Refusal(409, `The candidate ${name} belongs to another plan.`);
    }
    const loaded = this.#candidates.get(name);
    const model = loaded ?? (await this.#load(candidate.version, signal));
    await this.#commit(transitions.promote(this.#state, candidate), loaded ? null : model);
    this.#candidates.delete(name);
    await this.#switchLive(model);
  }

  async discard({ candidate: name }: Change<'discard'>): Promise<void> {
    await this.#commit(transitions.discard(this.#state, name), null);
    const model = this.#candidates.get(name);
    this.#candidates.delete(name);
    await model?.retire();
  }

  async rollBack({ version, run, at }: Change<'rollback'>, signal = NOT_CANCELLED): Promise<void> {
    const stored = transitions.findVersion(this.#state, version);
    if (stored === null) throw new Refusal(404, `The endpoint has no version ${version}.`);
    const model = await this.#load(stored, signal);
    await this.#commit(transitions.rollBack(this.#state, version, run, at), model);
    await this.#switchLive(model);
  }

  async mark({ version, ...facts }: Change<'mark'>): Promise<void> {
    const known = [...this.#state.versions, ...this.#state.candidates.map((c) => c.version)];
    if (!known.some((entry) => entry.version === version)) {
      throw new Refusal(404, `The endpoint has no version ${version}.`);
    }
    await this.#commit(transitions.mark(this.#state, version, facts), null);
  }

  async keep({ candidate: name, expiresAt }: Change<'keep'>): Promise<void> {
    this.#requireCandidate(name);
    await this.#commit(transitions.keep(this.#state, name, expiresAt), null);
  }

  /** Forgets a version that nobody needs, and removes its files; also those of one that was cut short. */
  async retire({ version }: Change<'retire'>): Promise<void> {
    const { live, candidates } = this.#state;
    if (!isFolderName(version)) throw new Refusal(422, 'A version is 64 hexadecimal digits.');
    if (version === live || candidates.some((candidate) => candidate.version.version === version))
      throw new Refusal(409, `The version ${version} is needed.`, { changed: true });
    const rest = transitions.retire(this.#state, version);
    if (rest.versions.length < this.#state.versions.length) await this.#commit(rest, null);
    await rm(this.#layout.versionDir(version), { recursive: true, force: true });
  }

  async save(): Promise<void> {
    await writeState(this.#layout, this.#state);
  }

  /** The server's address is new: it is written, and is no change. */
  async moveTo(port: number, pid: number): Promise<void> {
    const state = { ...this.#state, port, pid };
    await writeState(this.#layout, state);
    this.#state = state;
  }

  async close(): Promise<void> {
    await this.#live?.retire();
    for (const model of this.#candidates.values()) await model.retire();
  }

  #requireCandidate(name: string): StoredCandidate {
    const candidate = transitions.findCandidate(this.#state, name);
    if (candidate === null) throw new Refusal(404, `The endpoint has no candidate ${name}.`);
    return candidate;
  }

  async #load(stored: StoredVersion, signal: AbortSignal): Promise<Backend> {
    const { version } = stored;
    if (!isVersionName(version)) throw new Refusal(422, 'A version is 64 hexadecimal digits.');
    try {
      const model = await this.#loadVersion(stored, signal);
      this.#problems.delete(version);
      return model;
    } catch (error) {
      if (error instanceof CancelledError) throw new Refusal(409, 'The command was cancelled.');
      throw new Refusal(422, messageOf(error), { cause: error });
    }
  }

  /** Writes the state; `loaded` is let go if that fails. */
  async #commit(state: LocalState, loaded: Backend | null): Promise<void> {
    const next = { ...state, generation: this.#state.generation + 1 };
    try {
      await writeState(this.#layout, next);
    } catch (error) {
      await loaded?.retire();
      throw error;
    }
    this.#state = next;
  }

  async #switchLive(model: Backend): Promise<void> {
    const before = this.#live;
    this.#live = model;
    await before?.retire();
  }
}
