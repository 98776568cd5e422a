/** What a run says on its way. */
import { UpstreamError } from '../core/errors.ts';
import type { FailurePage } from '../core/failure-pages.ts';
import { valueOf, type Observed } from './observed.ts';
import { sayWatched } from './rollout/watch.ts';
import type { Traits } from './traits.ts';
import type { Step, StepKind } from './verdict.ts';

/** Nobody may look, or do, what the goal cannot do without. */
export class DeniedError extends UpstreamError {
  constructor(system: string, permission: string, page: FailurePage = 'missing-permission') {
    super(system, permission, { refusesCaller: true, page });
  }
}

const SENTENCES: Readonly<Record<StepKind, (of: string, endpoint: string, scaling: string) => string>> = {
  'make-version': (of) => `The version ${of} could not be created.`,
  'retire-version': (of) => `The old version ${of} could not be removed.`,
  'start-candidate': (of) => `The candidate ${of} could not be started.`,
  'keep-candidate': (of) => `The candidate ${of} could not be kept longer.`,
  'drop-candidate': (of) => `The candidate ${of} could not be removed.`,
  open: (_, endpoint) => `The endpoint ${endpoint} could not be created.`,
  shift: (of, endpoint) => `${endpoint} could not be moved to ${of}.`,
  'abort-shift': (_, endpoint) => `The update of ${endpoint} in progress could not be stopped.`,
  unmark: (of) => `That the rollout of ${of} is over could not be marked.`,
  ask: (of) => `No requests of our own could be sent to ${of}.`,
  'set-count': (_, endpoint) => `The number of instances of ${endpoint} could not be changed.`,
  close: (_, endpoint) => `The endpoint ${endpoint} could not be removed.`,
  guard: (of) => `The alarms of ${of} could not be created.`,
  unguard: (of) => `The alarms of ${of} could not be removed.`,
  'set-scaling': (_, endpoint, scaling) => `The ${scaling} of ${endpoint} could not be changed.`,
  'set-scaling-aside': (_, endpoint, scaling) => `The ${scaling} of ${endpoint} could not be set aside.`,
  'restore-scaling': (_, endpoint, scaling) => `The ${scaling} of ${endpoint} could not be restored.`,
  'end-scaling': (_, endpoint, scaling) => `The ${scaling} of ${endpoint} could not be removed.`,
  note: (of) => `Facts about ${of} could not be recorded.`,
};

/** What could not be done. */
export function sentenceOf(
  { kind, of }: Step,
  endpoint: string,
  { scaling = 'autoscaling' }: Pick<Traits, 'scaling'> = {},
): string {
  return SENTENCES[kind](of, endpoint, scaling);
}

/** What is said of a step of a rollout: what the one before was judged on, and who gets which requests now. */
export function progressOf(
  { kind, of, percent, requests }: Step,
  seen: Observed,
  endpoint: string,
): string[] {
  if (kind === 'ask') return [`Too few requests reach ${of}; ${requests} synthetic ones were sent to it.`];
  if (kind !== 'shift' || percent === undefined) return [];
  const watch = valueOf(seen, 'watch');
  const isFirst = valueOf(seen, 'serving')?.rollout === undefined;
  const judged = watch === undefined || isFirst ? [] : [sayWatched(watch)];
  return [...judged, `${of} gets ${percent} % of the requests of ${endpoint}.`];
}
