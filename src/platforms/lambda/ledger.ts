/**
 * What is remembered on the platform itself. Versions and aliases have no tags: what never changes stands in a version's
 * description, which serves is told by the alias's own description, changed in the one call that moves it, and what is
 * found out later stands in a tag of the function.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html (Description, 256 characters at most)
 */
import type { Made, Notes } from '../../deployment/known-version.ts';

const MARK = 'ml-deploy/1';
const LONGEST = 256;

type Words = Readonly<Record<string, string | null>>;

function write(words: Words): string {
  const parts = Object.entries(words).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [`${key}:${value}`],
  );
  return [MARK, ...parts].join(' ');
}

/** null for a text that nobody of us wrote */
function read(text: string | undefined): ReadonlyMap<string, string> | null {
  const [mark, ...parts] = (text ?? '').split(' ');
  if (mark !== MARK) return null;
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]));
}

export function writeMade({ version, modelDigest, planDigest, referenceDigest }: Made): string {
  return write({ v: version, m: modelDigest, p: planDigest, r: referenceDigest });
}

export function readMade(description: string | undefined): Made | null {
  const words = read(description);
  const version = words?.get('v');
  if (words === null || version === undefined) return null;
  return {
    version,
    modelDigest: words.get('m') ?? '',
    planDigest: words.get('p') ?? null,
    referenceDigest: words.get('r') ?? null,
  };
}

/** Of the alias that serves. */
export interface Served {
  /** Numbers of the versions that have served, the last one first. */
  readonly numbers: readonly string[];
  /** The last rollback: the run that made it, and the numbers of the versions that it left and went to. */
  readonly back: { readonly run: string; readonly from: string; readonly to: string } | null;
  /** Of a rollout that is under way; '' where none is. */
  readonly marker: string;
}

export const NEVER: Served = { numbers: [], back: null, marker: '' };

/** The oldest numbers are forgotten where there is no room for them. */
export function writeServed({ numbers, back, marker }: Served): string {
  const { run = '', from = '', to = '' } = back ?? {};
  for (let kept = numbers.length; ; kept--) {
    const text = write({
      s: numbers.slice(0, kept).join(','),
      b: back === null ? null : `${run.replaceAll(/[^\w.-]/g, '-').slice(0, 40)}/${from}/${to}`,
      k: marker,
    });
    if (text.length <= LONGEST || kept === 0) return text;
  }
}

export function readServed(description: string | undefined): Served {
  const words = read(description);
  if (words === null) return NEVER;
  const [run, from, to] = words.get('b')?.split('/') ?? [];
  return {
    numbers: words.get('s')?.split(',') ?? [],
    back: run === undefined || from === undefined || to === undefined ? null : { run, from, to },
    marker: words.get('k') ?? '',
  };
}

/** Of a candidate's alias. */
export interface Waiting {
  /** Milliseconds. */
  readonly until: number;
  readonly environment: string | null;
}

export function writeWaiting({ until, environment }: Waiting): string {
  return write({ x: new Date(until).toISOString(), e: environment }).slice(0, LONGEST);
}

/** null for an alias that ml-deploy did not make */
export function readWaiting(description: string | undefined): Waiting | null {
  const words = read(description);
  const until = Date.parse(words?.get('x') ?? '');
  return Number.isNaN(until) ? null : { until, environment: words?.get('e') ?? null };
}

/** A tag of the function for each version: 50 there are at most. */
export function noteTag(number: string): string {
  return `ml-deploy:v${number}`;
}

/** Letters, digits, spaces and _ . : / = + - @ only. https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
export function writeNotes({ verified, withdrawn, withdrawnAt, release }: Notes): string {
  const flags = `${verified ? 'v' : ''}${withdrawn ? 'w' : ''}`;
  return [
    `f:${flags}`,
    ...(withdrawnAt === null ? [] : [`w:${withdrawnAt}`]),
    ...(release === null ? [] : [`r:${release}`]),
  ].join(' ');
}

export function readNotes(tag: string | undefined): Notes {
  const words = read(`${MARK} ${tag ?? ''}`);
  const flags = words?.get('f') ?? '';
  return {
    verified: flags.includes('v'),
    withdrawn: flags.includes('w'),
    withdrawnAt: words?.get('w') ?? null,
    release: words?.get('r') ?? null,
  };
}
