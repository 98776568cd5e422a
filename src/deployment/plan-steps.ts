/** A forecast as the plan document holds it, for people. */
import type { Change, PlanStep } from '../documents/plan.ts';
import type { Forecast } from './plan.ts';
import type { Step, StepKind } from './verdict.ts';

const SENTENCES: Readonly<Record<Exclude<StepKind, 'shift'>, (of: string, endpoint: string) => string>> = {
  'make-version': (of) => `The version ${of} is created.`,
  'retire-version': (of) => `The old version ${of} is removed.`,
  'start-candidate': (of) => `The candidate ${of} is started.`,
  'keep-candidate': (of) => `The candidate ${of} is kept longer.`,
  'drop-candidate': (of) => `The candidate ${of} is removed.`,
  open: (of, endpoint) => `The endpoint ${endpoint} is created with ${of}.`,
  unmark: (of) => `The rollout of ${of} is marked as over.`,
  ask: (of) => `Synthetic requests are sent to ${of} if it gets too few others.`,
  'abort-shift': (_, endpoint) => `The update of ${endpoint} in progress is stopped.`,
  'set-count': (_, endpoint) => `The number of instances of ${endpoint} is changed.`,
  close: (_, endpoint) => `The endpoint ${endpoint} is removed.`,
  guard: (of) => `The alarms of ${of} are created.`,
  unguard: (of) => `The alarms of ${of} are removed.`,
  'set-scaling': (_, endpoint) => `The autoscaling of ${endpoint} is set.`,
  'set-scaling-aside': (_, endpoint) => `The autoscaling of ${endpoint} is set aside while it moves.`,
  'restore-scaling': (_, endpoint) => `The autoscaling of ${endpoint} is restored.`,
  'end-scaling': (_, endpoint) => `The autoscaling of ${endpoint} is removed.`,
  note: (of) => `Facts about ${of} are recorded.`,
};

function sentenceOf({ kind, of, percent }: Step, endpoint: string): string {
  if (kind !== 'shift') return SENTENCES[kind](of, endpoint);
  return percent === undefined
    ? `${endpoint} is moved to ${of}.`
    : `${of} gets ${percent} % of the requests of ${endpoint}.`;
}

export interface Words {
  /** The API calls of a step, if the platform names them. */
  readonly calls?: (step: Step) => readonly string[];
  /** What a step is on this platform, if it differs from other platforms. */
  readonly says?: Readonly<Partial<Record<StepKind, (of: string, endpoint: string) => string>>>;
}

/** What differs if we shift the requests. */
export const SAYS_OF_SHARES: NonNullable<Words['says']> = {
  'abort-shift': (_, endpoint) => `All requests of ${endpoint} go back to the version that served before.`,
};

export interface SpareCandidate<Version> {
  readonly name: string;
  readonly version: Version;
}

/**
 * Candidates of the version that serves: a promotion was cut short before it removed them.
 * @param ours nobody else's are touched
 * @param serving as the platform names versions
 */
export function spareCandidates<Version>(
  ours: readonly SpareCandidate<Version>[],
  serving: Version,
): Change[] {
  return ours
    .filter(({ version }) => version === serving)
    .map(({ name }) => ({ field: 'candidate', from: name, to: null }));
}

export function planSteps(
  { lines }: Pick<Forecast, 'lines'>,
  endpoint: string,
  { calls = () => [], says = {} }: Words = {},
): PlanStep[] {
  return lines.map(({ step, when, because }) => {
    const named = calls(step).join(', ');
    const said = says[step.kind]?.(step.of, endpoint) ?? sentenceOf(step, endpoint);
    const what = said + (named === '' ? '' : ` (${named})`);
    return because === undefined ? { when, what } : { when, what, because };
  });
}
