/** What is beside the shares of requests, and changes in the one call that changes them. Pure. */
import { writeMarker, type Marker } from '../rollout/marker.ts';
import type { Step } from '../verdict.ts';

export interface Served {
  /** The versions that have served, the last one first, as the platform names them. */
  readonly versions: readonly string[];
  /** The last rollback: the run that made it, and the versions that it left and went to. */
  readonly back: { readonly run: string; readonly from: string; readonly to: string } | null;
  /** Of a rollout that is in progress; '' if none is. */
  readonly marker: string;
}

export const NEVER: Served = { versions: [], back: null, marker: '' };

/** As it is written down: the run, and the versions that it left and went to. @returns null if one is missing */
export function readBack(text: string | undefined, separator: string): Served['back'] {
  const [run, from, to] = text?.split(separator) ?? [];
  return run === undefined || from === undefined || to === undefined ? null : { run, from, to };
}

/** A version by the name that the platform has for it, and by its content id. */
interface Named {
  readonly name: string;
  readonly id: string;
}

interface Shift {
  readonly step: Step;
  /** What is left; its content id is null if nobody knows it, so no marker can name it. */
  readonly from: Omit<Named, 'id'> & { readonly id: string | null };
  readonly to: Named;
  readonly now: Date;
  /** The run that goes back; null for a move forward. */
  readonly back: string | null;
}

/** After a step of a rollout, or all of it at once. */
export function shifted(before: Served, { step, from, to, now, back }: Shift): Served {
  const { percent = 100, holdMs } = step;
  const at = now.getTime();
  const marker =
    holdMs === undefined || from.id === null
      ? ''
      : writeMarker({ from: from.id, to: to.id, percent, at, until: at + holdMs });
  const isWhole = percent === 100 && holdMs === undefined;
  const left = inFront(from.name, before.versions);
  return {
    versions: isWhole ? inFront(to.name, left) : left,
    back: back === null ? before.back : { run: back, from: from.name, to: to.name },
    marker,
  };
}

/** After all requests went back if they came from. */
export function aborted(before: Served, left: string, to: string, back: string | null): Served {
  return { ...before, back: back === null ? before.back : { run: back, from: left, to }, marker: '' };
}

/** After the rollout has arrived: from now on it is the version that served last. */
export function arrived(before: Served, name: string): Served {
  return { ...before, versions: inFront(name, before.versions), marker: '' };
}

/** A version that was removed: made again, it has not served. The same object if it never had. */
export function forgotten<Kept extends Served>(before: Kept, name: string): Kept {
  if (!before.versions.includes(name)) return before;
  return { ...before, versions: before.versions.filter((version) => version !== name) };
}

/** Whether the rollout has moved all requests to that version, and only its marker is left. */
export function hasArrived(marker: Marker | null, version: string): marker is Marker {
  return marker?.to === version && marker.percent === 100;
}

export function inFront(name: string, names: readonly string[]): readonly string[] {
  return name === '' ? names : [name, ...names.filter((other) => other !== name)];
}

/** A run's name, in what a list of names can hold. */
export function runText(run: string): string {
  return run.replaceAll(/[^\w.-]/g, '-').slice(0, 40);
}
