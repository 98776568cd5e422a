/** A command becomes a goal: once, from the first look, so nothing relative is left in it. */
import { UserError } from '../core/errors.ts';
import type { Plan } from '../documents/plan.ts';
import { shortVersion } from '../core/targets.ts';
import type { GoBack, Serve, Stage, WithoutCandidate } from './goal.ts';
import type { Serving, VersionState } from './observed.ts';
import type { Move, WayBack } from './port.ts';
import { previousOf } from './versions.ts';

export interface Run {
  /** Names what this run makes, and no other may remove; never empty. */
  readonly run: string;
  /** How many old versions stay for a rollback. */
  readonly keep: number;
}

/** @param candidate that must be ready first; null for a deployment without one */
export function bindServe(plan: Plan, candidate: string | null, move: Move, { run, keep }: Run): Serve {
  const { version, base } = plan;
  return { kind: 'serve', version, base, candidate, ...move, withdrawn: isWithdrawn(plan), run, keep };
}

/** @param until when a candidate expires that nobody promotes, in milliseconds */
export function bindStage(plan: Plan, candidate: string, until: number): Stage {
  const { version, base } = plan;
  return { kind: 'stage', version, base, candidate, until, withdrawn: isWithdrawn(plan) };
}

/** What approvers saw: a rollback since then is news to them. */
function isWithdrawn({ withdrawn }: Plan): boolean {
  return withdrawn !== undefined;
}

export function bindDiscard({ version, candidate }: Plan): WithoutCandidate {
  return { kind: 'without-candidate', candidate: candidate ?? '', version };
}

export interface AskedBack {
  readonly endpoint: string;
  /** Where it was looked for, as sentences end. */
  readonly place: string;
  /** The version to leave; null for the one that serves, or that a move in progress leads to. */
  readonly from: string | null;
  /** The version to go back to; null for the newest verified one before that. */
  readonly to: string | null;
  /** Of the endpoint's last rollback. */
  readonly last: WayBack | null;
}

export type Back = Pick<GoBack, 'from' | 'to'>;

/**
 * Where to go back from and to. Two of them if a move in progress has to be undone first, and then an older version than
 * the one before it is asked for.
 * @throws UserError if there is nothing to go back to, or if another version serves than the one to leave
 */
export function bindBack(
  asked: AskedBack,
  serving: Serving,
  versions: readonly VersionState[],
  { run }: Pick<Run, 'run'>,
): readonly Back[] {
  checkServes(asked, serving);
  const { version } = serving;
  const to = asked.to === null ? null : named(asked.endpoint, versions, asked.to);
  checkLeaves(asked, to ?? previousOf(versions, asked.from)?.version ?? null, serving);
  if (serving.state === 'mixed' && version !== null) return [{ from: version, to: to ?? version }];
  const follows = toFollow(asked, to, serving);
  if (follows !== null) return [follows];
  const underWay = toUndo(asked, to, serving);
  if (underWay !== null) {
    const isEnough = to === null || to === underWay.to;
    return isEnough ? [underWay] : [underWay, { from: underWay.to, to }];
  }
  if (to !== null) return [bindNamed(asked, to, version)];
  return [bindUnnamed(asked, serving, versions, run)];
}

/** One that serves already is left by nobody. */
function bindNamed({ from }: AskedBack, to: string, version: string | null): Back {
  return { from: from ?? (to === version ? '' : (version ?? '')), to };
}

/** A rollback that is in progress already, of this run or of another one. */
function toFollow({ from, last }: AskedBack, to: string | null, { version, towards }: Serving): Back | null {
  if (last?.to !== towards || last.from !== version) return null;
  return (to ?? towards) === towards && (from ?? version) === version ? last : null;
}

/** A move in progress to another version than the one that is asked for; null if there is none. */
function toUndo({ from }: AskedBack, to: string | null, { state, version, towards }: Serving): Back | null {
  const isUnderWay = state === 'moving' || state === 'shifting';
  if (!isUnderWay || towards === null || version === null || towards === to) return null;
  return from === null || from === towards ? { from: towards, to: version } : null;
}

/** The same run again has gone back already, or was cut short on the way. */
function bindUnnamed(
  { endpoint, from, last }: AskedBack,
  { version }: Serving,
  versions: readonly VersionState[],
  run: string,
): Back {
  const isAgain = last?.run === run && [last.from, last.to].includes(version ?? '');
  if (from === null && isAgain && versions.some((known) => known.version === last.to))
    return { from: last.from, to: last.to };
  const leaves = from ?? version;
  const previous = previousOf(versions, leaves);
  if (previous !== null && leaves !== null) return { from: leaves, to: previous.version };
  throw new UserError(
    `There is nothing to roll ${endpoint} back to: no version is known to have served before ` +
      `${shortVersion(leaves ?? 'the first one')}. Nothing was changed.`,
  );
}

function checkServes({ endpoint, place }: AskedBack, { state, version }: Serving): void {
  if (state === 'absent')
    throw new UserError(`There is no endpoint ${endpoint} ${place}. Nothing was changed.`);
  if (version !== null) return;
  throw new UserError(`${endpoint} serves nothing, so there is nothing to roll back. Deploy again.`);
}

/** @param to where it goes back to; one that serves already has been gone back to, by a run that was cut short */
function checkLeaves({ endpoint, from }: AskedBack, to: string | null, { version, towards }: Serving): void {
  if (from === null || from === version || from === towards || to === version) return;
  const message =
    `"${from}" does not serve ${endpoint}: ${shortVersion(version ?? 'nothing')} does. ` +
    'Nothing was changed: another version went live meanwhile.';
  throw UserError.of([{ where: 'from-version', message }], { page: 'rollback-refused' });
}

/** A version may be given by its first characters, or by the digits at its end. */
function named(endpoint: string, versions: readonly VersionState[], asked: string): string {
  if (versions.some(({ version }) => version === asked)) return asked;
  const isMeant = ({ version }: VersionState) => version.startsWith(asked) || version.endsWith(asked);
  const matches = asked.length < 8 ? [] : versions.filter(isMeant);
  if (matches.length === 1 && matches[0] !== undefined) return matches[0].version;
  const known = versions.map(({ version }) => shortVersion(version)).join(', ') || 'none';
  const message = `${endpoint} has no version "${asked}"; it has ${known}.`;
  throw UserError.of([{ where: 'to-version', message }]);
}
