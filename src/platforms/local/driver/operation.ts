/** A local endpoint as the engine sees it. One command at a time: whoever looks and acts here holds the endpoint's lock. */
import { readdir } from 'node:fs/promises';
import type { EndpointDescription } from '../../../core/targets.ts';
import { capital } from '../../../deployment/ended.ts';
import type { Performed } from '../../../deployment/memory.ts';
import { ABSENT, type Facet, type Facets, type Known } from '../../../deployment/observed.ts';
import type {
  EnginePlatform,
  Explained,
  Move,
  Operation,
  Subject,
  WayBack,
} from '../../../deployment/port.ts';
import type { Traits } from '../../../deployment/traits.ts';
import type { Step } from '../../../deployment/verdict.ts';
import type { LocalState } from '../../../documents/local-state.ts';
import type { Plan } from '../../../documents/plan.ts';
import { isIntact } from '../check-version.ts';
import { connect } from '../connect.ts';
import { RefusedError } from '../control-client.ts';
import { describeEndpoint } from '../describe.ts';
import { isFolderName, layoutOf, type Layout } from '../layout.ts';
import type { LocalTargetOptions } from '../options.ts';
import { ensureServer, type Running } from '../server-process.ts';
import { readState } from '../state.ts';
import { isThere } from './close.ts';
import { candidateOf, folderOf, servingOf, versionsOf } from './observe.ts';
import { performStep } from './perform.ts';
import { servedVersion } from './read-back.ts';

export const TRAITS: Traits = {
  swap: 'serial',
  shifts: 'platform',
  abort: 'none',
  broken: 'keep',
  lagMs: 0,
  usualLagMs: 0,
  // Nobody else makes a version while this command has the lock.
  unusedMs: 0,
};

/** The server changes at once; what is waited for is never longer than a look. */
const POLL_MS = 100;

export function enginePlatform(options: LocalTargetOptions): EnginePlatform {
  return {
    title: 'the local server',
    place: 'on the local server',
    traits: TRAITS,
    pollMs: POLL_MS,
    open: (subject) => new LocalOperation(subject, options),
  };
}

export class LocalOperation implements Operation {
  readonly #subject: Subject;
  readonly #options: LocalTargetOptions;
  readonly #layout: Layout;
  /** Whether the planned version's files are its own; null if nobody has looked since they were put in place. */
  #isWhole: boolean | null = null;
  #refusal: RefusedError | null = null;
  /** What the live version answered last, if it did not answer as itself. */
  #trouble = '';

  constructor(subject: Subject, options: LocalTargetOptions) {
    this.#subject = subject;
    this.#options = options;
    this.#layout = layoutOf(options.root, subject.endpoint);
  }

  async look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    const at = this.#options.clock.now().getTime();
    const look: () => Promise<Facets[F]> = this.#looks[facet];
    return { at, value: await look() };
  }

  readonly #looks: { readonly [F in Facet]: () => Promise<Facets[F]> } = {
    serving: () => this.#serving(),
    versions: () => this.#versions(),
    candidates: () => this.#candidates(),
    guards: () => Promise.resolve([]),
    scaling: () => Promise.resolve('none'),
    users: () => Promise.resolve([]),
    watch: () => Promise.reject(new TypeError('The local target moves all requests at once.')),
  };

  async perform(step: Step): Promise<Performed> {
    if (step.kind === 'make-version') this.#isWhole = null;
    try {
      await performStep(step, { ...this.#subject, layout: this.#layout, options: this.#options });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.isChanged) return { is: 'lost' };
      if (step.kind === 'retire-version') return { is: 'denied', permission: error.reason };
      this.#refusal = error;
      return { is: 'refused', cause: error.reason };
    }
    // Each change counts up what the next one is decided on.
    return { is: 'done', touches: ['serving', 'versions', 'candidates'] };
  }

  moveTo(): Promise<Move> {
    return Promise.resolve({ guarded: false, otherMachines: false, scaling: 'leave' });
  }

  /** Whether a version's files are its own is asked when they are loaded. */
  check(): Promise<void> {
    return Promise.resolve();
  }

  async lastWayBack(): Promise<WayBack | null> {
    return (await this.#running())?.status.state.rollback ?? null;
  }

  describe(): Promise<EndpointDescription> {
    return describeEndpoint(this.#layout, this.#options);
  }

  explain(): Promise<Explained> {
    const { reason, detail } = this.#refusal ?? { reason: this.#trouble, detail: '' };
    // A container says itself what is wrong with it.
    return Promise.resolve({
      message: capital(reason),
      detail,
      page: detail === '' ? 'local-target' : undefined,
    });
  }

  titleOf(): null {
    return null;
  }

  differences(): Promise<readonly string[]> {
    return Promise.resolve([this.#trouble]);
  }

  async #serving() {
    if (this.#subject.command === 'teardown') return folderOf(await isThere(this.#layout));
    const found = await this.#found();
    if (found === null) return ABSENT;
    const { state, running } = found;
    const { version, detail } =
      state.live === null || running === null
        ? { version: null, detail: '' }
        : await this.#answerOf(running, null);
    this.#trouble = detail;
    return servingOf(state, version, this.#subject.plan);
  }

  /** All of it goes with the endpoint. */
  async #candidates() {
    const found = this.#subject.command === 'teardown' ? null : await this.#found();
    if (found === null) return [];
    const { state, running } = found;
    return Promise.all(
      state.candidates.map(async (candidate) => {
        // The server that is started for a command loads them again.
        if (running === null) return candidateOf(candidate, true);
        const { version } = await this.#answerOf(running, candidate.name);
        return candidateOf(candidate, version === candidate.version.version);
      }),
    );
  }

  async #versions() {
    const { command, plan } = this.#subject;
    if (command === 'teardown') return [];
    const found = await this.#found();
    if (found === null && command === 'reap') return [];
    const folders = (await readdir(this.#layout.versionsDir).catch(() => [])).filter(isFolderName);
    const state = found?.state ?? { versions: [] };
    return versionsOf(state, folders, plan, plan === null || (await this.#hasFilesOf(plan)));
  }

  async #hasFilesOf(plan: Plan): Promise<boolean> {
    this.#isWhole ??= await isIntact(this.#layout, plan);
    return this.#isWhole;
  }

  #answerOf({ client }: Running, candidate: string | null) {
    return servedVersion(client.port, candidate, this.#options.signal);
  }

  /** Who plans starts no server, and reads what the last one has left. @returns null if there is no endpoint */
  async #found(): Promise<{ readonly state: LocalState; readonly running: Running | null } | null> {
    const running = await this.#running();
    if (running !== null) return { state: running.status.state, running };
    const state = this.#subject.command === 'plan' ? await readState(this.#layout) : null;
    return state === null ? null : { state, running };
  }

  /** The endpoint's server, started again if it was killed; null if there is no endpoint. */
  async #running(): Promise<Running | null> {
    const { command } = this.#subject;
    const found = await connect(this.#layout, this.#options.processes, this.#options.signal);
    if (command === 'plan') return found.kind === 'running' ? found : null;
    if (found.kind === 'running' && command === 'reap') return found;
    // If no server runs, no candidate does, and none is started to remove them.
    if (command === 'reap') return null;
    const isEnded = found.kind === 'none' || found.kind === 'dead';
    if (isEnded && (await readState(this.#layout)) === null) return null;
    return ensureServer(this.#layout, this.#options);
  }
}
