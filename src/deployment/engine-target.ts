/** A DeploymentTarget's commands, of what a platform supplies. */
import type { UpstreamError } from '../core/errors.ts';
import type { Plan } from '../documents/plan.ts';
import type { Clock, Logger, RunContext } from '../core/ports.ts';
import type { DeploymentResult, DeploymentTarget, EndpointDescription } from '../core/targets.ts';
import { bindBack, bindDiscard, bindServe, bindStage, type Back, type Run } from './bind.ts';
import { CANDIDATE_MS, type Goal } from './goal.ts';
import { reach, type Reached } from './loop.ts';
import type { Performed } from './memory.ts';
import { isAnswer, valueOf, type Facet, type Facets, type Observed, type Serving } from './observed.ts';
import { tell, type Told } from './outcomes.ts';
import type { Command, EnginePlatform, Explained, Operation, Subject } from './port.ts';
import { DeniedError, progressOf, sentenceOf } from './progress.ts';
import type { Step } from './verdict.ts';

export interface EngineOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Of each wait, in milliseconds. */
  readonly timeoutMs: number;
  /** Between two looks while waiting, in milliseconds; null for the platform's own. */
  readonly pollMs: number | null;
  readonly keepVersions: number;
  /** The workflow run; its name is '' outside one. */
  readonly context: Pick<RunContext, 'runId'>;
}

/** The commands that the engine carries out. */
export type EngineTarget = Pick<
  DeploymentTarget,
  'stage' | 'deploy' | 'promote' | 'discard' | 'rollback' | 'teardown' | 'reap'
>;

export function createEngineTarget(platform: EnginePlatform, options: EngineOptions): EngineTarget {
  const begin = (command: Command, endpoint: string, plan: Plan | null) =>
    new CommandRun(platform, options, { command, endpoint, plan });
  return {
    stage: (plan) => begin('stage', plan.endpoint, plan).stage(plan),
    deploy: (plan) => begin('deploy', plan.endpoint, plan).serve(plan, null),
    promote: (plan) => begin('promote', plan.endpoint, plan).serve(plan, plan.candidate),
    discard: (plan) => begin('discard', plan.endpoint, plan).go(bindDiscard(plan)),
    rollback: (endpoint, to, from = null) => begin('rollback', endpoint, null).goBack(to, from),
    teardown: (endpoint) => begin('teardown', endpoint, null).checked({ kind: 'gone' }),
    reap: (endpoint, environment) => begin('reap', endpoint, null).go({ kind: 'tidy', environment }),
  };
}

class CommandRun {
  readonly #platform: EnginePlatform;
  readonly #options: EngineOptions;
  readonly #subject: Subject;
  readonly #operation: Operation;
  readonly #run: Run;
  #seen: Observed;
  readonly #steps: Step[] = [];
  readonly #failed: Step[] = [];
  readonly #said = new Set<Facet>();

  constructor(platform: EnginePlatform, options: EngineOptions, subject: Subject) {
    const { clock, keepVersions: keep } = options;
    const { runId: run } = options.context;
    this.#platform = platform;
    this.#options = options;
    this.#subject = subject;
    this.#operation = platform.open(subject);
    this.#seen = { now: clock.now().getTime(), facets: {} };
    // By hand, no two runs share a name either.
    this.#run = { run: run === '' ? `hand-${this.#seen.now.toString(36)}` : run, keep };
  }

  async serve(plan: Plan, candidate: string | null): Promise<DeploymentResult> {
    const serving = await this.#look('serving');
    const isThere = serving.version === plan.version || serving.towards === plan.version;
    if (!isThere && serving.version === plan.base) await this.#operation.check(plan.version);
    const move = await this.#operation.moveTo(plan.version, serving);
    return this.go(bindServe(plan, candidate, move, this.#run));
  }

  async stage(plan: Plan): Promise<DeploymentResult> {
    if (plan.candidate === null) {
      const message = 'Staging is switched off (staging: none), so nothing was staged.';
      const description = await this.#operation.describe();
      return { outcome: 'unchanged', message, description, candidate: null };
    }
    const until = this.#options.clock.now().getTime() + CANDIDATE_MS;
    return this.go(bindStage(plan, plan.candidate, until));
  }

  async checked(goal: Goal): Promise<DeploymentResult> {
    await this.#operation.check(null);
    return this.go(goal);
  }

  async goBack(to: string | null, from: string | null): Promise<DeploymentResult> {
    const { endpoint } = this.#subject;
    const serving = await this.#look('serving');
    const last = serving.state === 'absent' ? null : await this.#operation.lastWayBack();
    const versions = serving.version === null ? [] : await this.#look('versions');
    const { place } = this.#platform;
    const asked = { endpoint, place, from, to, last };
    const [first, second] = bindBack(asked, serving, versions, this.#run);
    if (first === undefined) throw new TypeError('There is no version to go back to.');
    const made = this.#waitedFor(serving, first, await this.go(await this.#bound(first)));
    if (second === undefined || made.outcome !== 'rolled-back') return made;
    this.#seen = { now: this.#seen.now, facets: {} };
    const further = await this.go(await this.#bound(second));
    return { ...further, message: `${made.message} ${further.message}` };
  }

  /** A move that could not be stopped has ended first, and was gone back from. */
  #waitedFor({ state, towards }: Serving, { from }: Back, made: DeploymentResult): DeploymentResult {
    const isWaited = state === 'moving' && from === towards;
    if (!isWaited || this.#steps.some(({ kind }) => kind === 'abort-shift')) return made;
    const first = `An update to ${from} was in progress without an alarm of ours that could stop it, so this run waited for its end first.`;
    return { ...made, message: `${first} ${made.message}` };
  }

  async #bound(back: Back): Promise<Goal> {
    const serving = await this.#look('serving');
    // What a version is made of may be gone; one that serves needs nothing.
    if (back.to !== serving.version) await this.#operation.check(back.to);
    const { otherMachines } = await this.#operation.moveTo(back.to, serving);
    return { kind: 'go-back', ...back, otherMachines, ...this.#run };
  }

  async go(goal: Goal): Promise<DeploymentResult> {
    const reached = await this.#reach(goal);
    let told = await this.#tell(goal, reached);
    const description = await this.#operation.describe();
    // The description is of a later look: nobody is told that a version serves beside one that says that nothing does.
    if (reached.end.kind === 'serves' && description.status !== 'serving')
      told = await this.#tell(goal, { end: { kind: 'replaced' }, seen: { ...reached.seen, facets: {} } });
    const { outcome, message, why, warns } = told;
    const name = outcome === 'staged' ? this.#subject.plan?.candidate : null;
    const candidate = description.candidates.find((known) => known.name === name) ?? null;
    const made = { outcome, message, description, candidate, ...(warns === true ? { warns } : {}) };
    return why === null ? made : { ...made, description: withDetail(description, why), page: why.page };
  }

  #tell(goal: Goal, reached: Reached): Promise<Told> {
    const ended = {
      ...this.#subject,
      goal,
      ...reached,
      steps: this.#steps,
      failed: this.#failed,
      timeoutMs: this.#options.timeoutMs,
    };
    return tell(ended, this.#platform, this.#operation);
  }

  async #reach(goal: Goal): Promise<Reached> {
    const { clock, signal, timeoutMs, pollMs } = this.#options;
    const reached = await reach(goal, {
      driver: this.#operation,
      traits: this.#platform.traits,
      clock,
      signal,
      timeoutMs,
      pollMs: pollMs ?? this.#platform.pollMs,
      seen: this.#seen,
      watcher: {
        performed: (step, performed, seen) => this.#performed(step, performed, seen),
        blind: (facet, why) => this.#blind(facet, why),
        unseen: (error) => this.#unseen(error),
      },
    });
    this.#seen = reached.seen;
    return reached;
  }

  #performed(step: Step, performed: Performed, seen: Observed): void {
    const { log } = this.#options;
    const { endpoint } = this.#subject;
    if (performed.is === 'done' || performed.is === 'started') this.#steps.push(step);
    if (performed.is === 'done') for (const line of progressOf(step, seen, endpoint)) log.info(line);
    if (performed.is === 'lost' || performed.is === 'missing')
      log.info(`${endpoint} has been changed by somebody else meanwhile; looking again.`);
    if (performed.is !== 'denied') return;
    this.#failed.push(step);
    log.warning(`${sentenceOf(step, endpoint, this.#platform.traits)} ${performed.permission}`);
  }

  /** Said once, however often it is asked. */
  #blind(facet: Facet, why: string): void {
    if (this.#said.has(facet)) return;
    this.#said.add(facet);
    this.#options.log.notice(why);
  }

  #unseen(error: UpstreamError): void {
    const { endpoint } = this.#subject;
    this.#options.log.info(`${endpoint} cannot be seen for the moment, and is waited for: ${error.message}`);
  }

  /** Once; what is seen here is not looked at again by the loop. */
  async #look<F extends Facet>(facet: F): Promise<Facets[F]> {
    const known = valueOf(this.#seen, facet);
    if (known !== undefined) return known;
    const answer = await this.#operation.look(facet);
    if (!isAnswer(answer)) throw new DeniedError(this.#platform.title, answer.denied);
    this.#seen = { now: answer.at, facets: { ...this.#seen.facets, [facet]: answer } };
    return answer.value;
  }
}

function withDetail(description: EndpointDescription, { detail }: Explained): EndpointDescription {
  return { ...description, detail: [description.detail, detail].filter(Boolean).join('\n\n') };
}
