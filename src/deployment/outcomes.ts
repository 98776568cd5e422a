/** What an end is called, and the sentence that people read: in one place, for every platform. */
import { UpstreamError, UserError } from '../core/errors.ts';
import { PlanOutdatedError } from '../core/plan/outdated.ts';
import { shortVersion, type Outcome } from '../core/targets.ts';
import { capital, nameOf, now, servingOf, sharesIn, versionOf, type Ended } from './ended.ts';
import { valueOf, type Observed } from './observed.ts';
import { sayWatched } from './rollout/watch.ts';
import type { EnginePlatform, Explained, Operation } from './port.ts';
import { DeniedError } from './progress.ts';
import type { End, Step } from './verdict.ts';

export interface Told {
  readonly outcome: Outcome;
  /** One sentence for people, or a few. */
  readonly message: string;
  /** Why it failed, if somebody looked. */
  readonly why: Explained | null;
  /** It is as asked, and yet not what somebody in a hurry may take it for. */
  readonly warns?: true;
}

/**
 * @throws PlanOutdatedError if another version serves than the one that the plan was made for; UserError if nothing
 * was changed; UpstreamError if the platform lets nobody in, or others change the endpoint again and again
 */
export async function tell(ended: Ended, platform: EnginePlatform, operation: Operation): Promise<Told> {
  return TELLERS[ended.end.kind](ended, platform, operation);
}

type Teller = (ended: Ended, platform: EnginePlatform, operation: Operation) => Told | Promise<Told>;

const refuses =
  (kind: Refusal): Teller =>
  (ended, platform) => {
    throw refusal(ended, kind, platform);
  };

const TELLERS: Readonly<Record<End['kind'], Teller>> = {
  serves,
  staged: (ended) => aboutCandidate(ended, 'staged'),
  unchanged: (ended) => aboutCandidate(ended, 'unchanged'),
  discarded: (ended) => aboutCandidate(ended, 'discarded'),
  'went-back': wentBack,
  gone,
  tidied,
  'rolled-back': rolledBack,
  failed: failure,
  refused: failure,
  'not-as-asked': failure,
  overtaken,
  replaced,
  'needs-human': needsHuman,
  'timed-out': timedOut,
  outdated: (ended) => {
    throw outdated(ended);
  },
  denied: (ended, { title }) => {
    const permission = ended.end.kind === 'denied' ? ended.end.permission : '';
    throw new DeniedError(title, [permission, ...sharesIn(ended)].join(' '), ended.refusal?.page);
  },
  withdrawn: refuses('withdrawn'),
  'no-candidate': refuses('no-candidate'),
  'nothing-to-go-back-to': refuses('nothing-to-go-back-to'),
  contended: refuses('contended'),
};

const plain = (outcome: Outcome, message: string): Told => ({ outcome, message, why: null });

function hasChanged(end: End): boolean {
  return 'changed' in end && end.changed;
}

function serves(ended: Ended, { title }: EnginePlatform): Told {
  const { endpoint, command, end } = ended;
  if (!hasChanged(end)) return plain('unchanged', `${endpoint} serves ${nameOf(ended)} already.`);
  const watched = valueOf(ended.seen, 'watch');
  const message = [
    `${endpoint} serves ${nameOf(ended)}, read back from ${title}: everything is as planned.`,
    ...(watched === undefined ? [] : [sayWatched(watched)]),
  ].join(' ');
  return plain(command === 'promote' && ended.plan?.candidate != null ? 'promoted' : 'deployed', message);
}

function aboutCandidate(ended: Ended, kind: 'staged' | 'unchanged' | 'discarded'): Told {
  const { endpoint, plan } = ended;
  const candidate = plan?.candidate ?? null;
  if (kind === 'staged')
    return plain(
      'staged',
      `${nameOf(ended)} waits as the candidate ${candidate ?? ''}; no traffic has moved.`,
    );
  if (kind === 'unchanged')
    return plain('unchanged', `${endpoint} already serves ${nameOf(ended)}, so nothing was staged.`);
  const isGone = ended.steps.some(({ kind: done }) => done === 'drop-candidate');
  return plain(
    'discarded',
    isGone
      ? `The candidate ${candidate ?? ''} was removed.`
      : `${endpoint} has no candidate ${candidate ?? '(staging: none)'}; nothing had to be discarded.`,
  );
}

function wentBack(
  { endpoint, goal, steps, end }: Ended,
  { title }: EnginePlatform,
  operation: Operation,
): Told {
  if (goal.kind !== 'go-back') throw new TypeError(`${goal.kind} does not go back.`);
  const [from, to] = [shortVersion(goal.from), shortVersion(goal.to)];
  const aborted = steps.find(({ kind }) => kind === 'abort-shift');
  if (aborted !== undefined) {
    const guard = operation.titleOf(aborted.of);
    const by = guard === null ? '' : ` by ${guard}`;
    return plain('rolled-back', `The update of ${endpoint} to ${from} was stopped${by}; ${to} serves.`);
  }
  const moved = steps.some(({ kind }) => kind === 'shift');
  if (hasChanged(end) && moved)
    return plain('rolled-back', `${endpoint} went back from ${from} to ${to}, read back from ${title}.`);
  const before = from === '' ? '' : `; it went back to it from ${from} before`;
  const message = `Nothing was rolled back: ${endpoint} already serves ${to}${before}. To go back further, name the version with to-version.`;
  return { ...plain('rolled-back', message), warns: true };
}

function gone({ endpoint, steps, seen }: Ended, { place }: EnginePlatform): Told {
  const removed = (kind: Step['kind']) => steps.filter((step) => step.kind === kind).map(({ of }) => of);
  const retired = removed('retire-version');
  const kept = (valueOf(seen, 'versions') ?? []).map(({ version }) => version);
  const rest =
    kept.length === 0 ? '' : ` Kept, because others use them or they are not ours: ${kept.join(', ')}.`;
  const names = [...removed('drop-candidate'), ...retired];
  const beside = names.length === 0 ? '' : ` Removed with it: ${names.join(', ')}.`;
  const existed = removed('close').length > 0;
  if (!existed && names.length === 0)
    return plain('torn-down', `There is no endpoint ${endpoint} ${place}; nothing had to be removed.${rest}`);
  const what = existed
    ? `The endpoint ${endpoint} was removed.`
    : `The endpoint ${endpoint} was gone already.`;
  return plain('torn-down', `${what}${beside}${rest}`);
}

function tidied({ endpoint, steps, failed }: Ended): Told {
  const of = (list: readonly Step[]) =>
    list.filter(({ kind }) => kind === 'drop-candidate').map((step) => step.of);
  const [removed, left] = [of(steps), of(failed)];
  const done =
    removed.length === 0 ? '' : `Removed the expired candidates of ${endpoint}: ${removed.join(', ')}.`;
  if (left.length > 0)
    return plain('failed', `${done} Could not be removed: ${left.join(', ')}. Run reap again.`.trim());
  if (removed.length > 0) return plain('discarded', done);
  const ended = steps.find(({ kind }) => kind === 'abort-shift');
  if (ended !== undefined)
    return plain('rolled-back', `The rollout of ${endpoint} to ${ended.of} was left behind; it was ended.`);
  const others = steps.length === 0 ? 'nothing was removed' : 'what failed runs had left was removed';
  return plain('unchanged', `${endpoint} has no expired candidate; ${others}.`);
}

async function failure(ended: Ended, { title }: EnginePlatform, operation: Operation): Promise<Told> {
  const { endpoint, command, plan, end } = ended;
  const isBack = ended.goal.kind === 'go-back';
  const candidate = command === 'stage' ? (plan?.candidate ?? endpoint) : endpoint;
  if (end.kind === 'not-as-asked') {
    const wrong = (await operation.differences()).join('; ');
    return plain('failed', `${endpoint} serves ${nameOf(ended)}, but not as it was planned: ${wrong}.`);
  }
  if (end.kind === 'refused') {
    const shares = sharesIn(ended);
    const why = await operation.explain({ of: 'step', name: candidate });
    if (shares.length > 0)
      return { outcome: 'needs-human', message: [`${end.cause} ${why.message}`, ...shares].join(' '), why };
    const rest = isBack
      ? ` ${now(ended)} serves still.`
      : ` Everything created for it has been removed${untouched(ended)}.`;
    const message = `${capital(title)} did not accept ${nameOf(ended)} for ${candidate}. ${why.message}${rest}`;
    return { outcome: 'failed', message, why };
  }
  const isMove = servingOf(ended)?.version != null && command !== 'stage';
  const why = await operation.explain({ of: isMove ? 'move' : 'start', name: candidate });
  if (isBack) {
    const message = `${endpoint} was to go back to ${nameOf(ended)}, but ${now(ended)} serves. ${why.message}`;
    return { outcome: 'failed', message, why };
  }
  if (isMove) {
    const message = `${capital(title)} rolled ${endpoint} back: ${now(ended)} serves, not ${nameOf(ended)}. ${why.message}`;
    return { outcome: 'rolled-back', message, why };
  }
  const what = command === 'stage' ? `The candidate ${candidate}` : `The endpoint ${endpoint}`;
  const message = `${what} could not be created. ${why.message} Everything created for it has been removed${untouched(ended)}.`;
  return { outcome: 'failed', message, why };
}

/** By the platform, or by this run for what the watch has found. */
function rolledBack(ended: Ended, platform: EnginePlatform, operation: Operation): Told | Promise<Told> {
  const { endpoint, end } = ended;
  if (end.kind !== 'rolled-back' || end.found === undefined) return failure(ended, platform, operation);
  return plain('rolled-back', `${now(ended)} takes all requests of ${endpoint} again. ${end.found.says}`);
}

function untouched({ plan }: Ended): string {
  return plan?.base == null ? '' : '; the live version was not touched';
}

/** If the platform cannot compare and swap: a moment remains between the last look and the change. */
function overtaken(ended: Ended): Told {
  const { endpoint, goal, plan } = ended;
  const meant = goal.kind === 'go-back' ? goal.from : (plan?.base ?? 'nothing');
  const planned = goal.kind === 'go-back' ? 'was to be rolled back' : 'this was planned (and approved) for';
  const [shares = `${nameOf(ended)} serves now.`] = sharesIn(ended);
  const message =
    `Another run changed ${endpoint} at the same moment, and this one wrote over it: ` +
    `the version there was not what ${planned} (${shortVersion(meant)}). ${shares} Decide which of the two you want.`;
  return plain('failed', message);
}

function replaced(ended: Ended): Told {
  const { endpoint, command, plan } = ended;
  const candidate = plan?.candidate ?? '';
  if (command === 'stage')
    return plain('failed', `Another run removed the candidate ${candidate} while this one waited for it.`);
  const { state = 'absent', version = null } = servingOf(ended) ?? {};
  const isGone = state === 'absent' || state === 'going';
  const what = isGone ? `removed the endpoint ${endpoint}` : `changed ${endpoint}`;
  const rest = isGone || version === null ? '' : ` ${shortVersion(version)} serves now.`;
  return plain('failed', `Another run ${what} after this one had moved it to ${nameOf(ended)}.${rest}`);
}

async function needsHuman(ended: Ended, { title }: EnginePlatform, operation: Operation): Promise<Told> {
  const { endpoint } = ended;
  const why = await operation.explain({ of: 'move', name: endpoint });
  const message =
    `${endpoint} serves a mix of two versions: an update failed, and so did its rollback. ${capital(title)} changes nothing on its own, ` +
    `and this run changed nothing; somebody has to look at it. ${why.message}`;
  return { outcome: 'needs-human', message, why };
}

function timedOut(ended: Ended): Told {
  const { endpoint, command, goal, timeoutMs, plan } = ended;
  const minutes = timeoutMs / 60_000;
  const { state = 'absent', towards = null } = servingOf(ended) ?? {};
  if (command === 'stage' && state !== 'moving')
    return plain(
      'timed-out',
      `The candidate ${plan?.candidate ?? ''} is not ready after ${minutes} minutes. Run stage again to continue waiting, or discard.`,
    );
  const wanted = goal.kind === 'go-back' ? goal.to : versionOf(ended);
  const isOurs = towards !== null && towards === wanted;
  if (isOurs) {
    const message =
      `${endpoint} is still being updated to ${shortVersion(wanted)} after ${minutes} minutes; the update continues in the account. ` +
      `${shortVersion(servingOf(ended)?.version ?? 'Nothing')} serves now. Run the same command again to follow it.`;
    return plain('timed-out', message);
  }
  const message = `${endpoint} was being changed by somebody else for longer than ${minutes} minutes, so this run changed nothing; ${now(ended)} serves.`;
  return plain('timed-out', message);
}

type Refusal = 'withdrawn' | 'no-candidate' | 'nothing-to-go-back-to' | 'contended';

/** Ends that are no outcome: nothing of what was asked for has been done. */
function refusal(ended: Ended, kind: Refusal, { title }: EnginePlatform): Error {
  const { endpoint, plan, seen } = ended;
  switch (kind) {
    case 'withdrawn':
      return new UserError(
        `${nameOf(ended)} was rolled back from after this was planned. Nothing was changed; plan again (and have the new plan approved).`,
        { page: 'plan-changed' },
      );
    case 'no-candidate':
      return new UserError(
        `${endpoint} has no candidate ${plan?.candidate ?? ''} that could be promoted (${candidatesIn(seen)}). ${whatToStage(ended)}`,
        { page: 'candidate' },
      );
    case 'nothing-to-go-back-to':
      return new UserError(
        `There is nothing to roll ${endpoint} back to: ${nameOf(ended)} no longer exists.`,
      );
    case 'contended':
      return new UpstreamError(
        title,
        `${endpoint} could not be changed, because others keep changing it. Run this again later.`,
      );
  }
}

function outdated(ended: Ended): Error {
  const { endpoint, plan, goal, end } = ended;
  const [shares] = sharesIn(ended);
  if (shares !== undefined)
    return new UserError(`Another rollout of ${endpoint} is in progress: ${shares} Nothing was changed.`, {
      page: goal.kind === 'go-back' ? 'rollback-refused' : 'plan-changed',
    });
  const serving = shortVersion((end.kind === 'outdated' ? end.serving : null) ?? 'nothing');
  if (goal.kind === 'go-back')
    return new UserError(
      `${endpoint} was not rolled back: another run changed it meanwhile, from ${shortVersion(goal.from)} to ${serving}.`,
      { page: 'rollback-refused' },
    );
  return new PlanOutdatedError(
    `The version that serves ${endpoint} has changed since this was planned: from ${shortVersion(plan?.base ?? 'nothing')} ` +
      `to ${serving}. Nothing was changed; plan again (and have the new plan approved).`,
  );
}

/** A candidate is named by its plan: the same version, planned when something else served, waits under another name. */
function whatToStage({ plan, seen }: Ended): string {
  const same = (valueOf(seen, 'candidates') ?? []).find(
    ({ name, version }) => version === plan?.version && name !== plan.candidate,
  );
  if (same === undefined) return 'Run stage with the same plan first.';
  return (
    `The same version waits as ${same.name}, but that was planned when another version served, or with other settings. ` +
    'Stage again, and have the new plan approved.'
  );
}

function candidatesIn(seen: Observed): string {
  const candidates = valueOf(seen, 'candidates') ?? [];
  if (candidates.length === 0) return 'it has none';
  return `it has ${candidates.map(({ name, state }) => `${name}, which is ${state}`).join('; ')}`;
}
