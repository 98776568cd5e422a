/**
 * What a rollout leaves on the platform, in one call with each shift of requests: where they come from and go to, how far
 * it is, and until when somebody cares. Whoever finds it can go on, or end it.
 */
import type { RolloutState, Serving } from '../observed.ts';

export interface Marker extends RolloutState {
  readonly from: string;
  readonly to: string;
}

/** A version, and the percent of all requests that it gets. */
export interface Share {
  readonly version: string;
  readonly percent: number;
}

/** Digits and lower-case letters alone: a label of Google Cloud takes nothing else, and 63 characters at most. */
const MARKER = /^([a-z0-9-]+)_([a-z0-9-]+)_(\d{1,3})_([a-z0-9]+)_([a-z0-9]+)$/;

/** @throws RangeError if a version's name cannot be in a marker */
export function writeMarker({ from, to, percent, at, until }: Marker): string {
  const text = [from, to, String(percent), seconds(at), seconds(until)].join('_');
  if (!MARKER.test(text)) throw new RangeError(`"${text}" cannot be the marker of a rollout.`);
  return text;
}

/** @returns null for a text that `writeMarker` did not write */
export function readMarker(text: string): Marker | null {
  const [, from, to, percent, at, until] = MARKER.exec(text) ?? [];
  if (from === undefined || to === undefined || at === undefined || until === undefined) return null;
  return { from, to, percent: Number(percent), at: milliseconds(at), until: milliseconds(until) };
}

/** Never earlier than it was: a bake is not cut short. */
const seconds = (time: number) => Math.ceil(time / 1000).toString(36);
const milliseconds = (text: string) => Number.parseInt(text, 36) * 1000;

/**
 * What a driver makes of the shares that requests are split by.
 * @returns `mixed` if several versions serve and no marker says why: nobody knows what was intended
 */
export function servingOf(
  shares: readonly Share[],
  marker: Marker | null,
): Pick<Serving, 'state' | 'version' | 'towards' | 'rollout'> {
  const some = shares.filter(({ percent }) => percent > 0).sort((a, b) => b.percent - a.percent);
  const [largest] = some;
  if (marker !== null && isSplitOf(marker, some)) {
    const { from, to, percent, at, until } = marker;
    return { state: 'shifting', version: from, towards: to, rollout: { percent, at, until } };
  }
  if (largest === undefined) return { state: 'broken', version: null, towards: null };
  return { state: some.length === 1 ? 'serving' : 'mixed', version: largest.version, towards: null };
}

/** Somebody may have changed the shares since, and left the marker. */
export function isSplitOf({ from, to, percent }: Marker, shares: readonly Share[]): boolean {
  const shareOf = (name: string) => shares.find(({ version }) => version === name)?.percent ?? 0;
  return (
    shareOf(to) === percent && shareOf(from) === 100 - percent && shares.length === (percent < 100 ? 2 : 1)
  );
}

/** @returns what a run that was stopped has left, and how it ends; null if no rollout is in progress */
export function sayShares({ version, towards, rollout }: Serving): string | null {
  if (rollout === undefined) return null;
  const { percent, until } = rollout;
  const rest = percent < 100 ? `, ${version} the rest` : '';
  const date = new Date(until).toISOString().slice(0, 16).replace('T', ' ');
  return (
    `${towards} gets ${percent} % of the requests${rest}. Run the same command to continue, or rollback to end it. ` +
    `After ${date} UTC the command reap ends it.`
  );
}

/** What a step that shifts requests asks a platform for. */
export function sharesOf(from: string | null, to: string, percent: number): readonly Share[] {
  const all = [
    { version: to, percent },
    { version: from ?? to, percent: 100 - percent },
  ];
  return all.filter((share) => share.percent > 0);
}
