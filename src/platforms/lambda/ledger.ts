/**
 * What is remembered on the platform itself. Versions and aliases have no tags: what never changes stands in a version's
 * description, which serves is told by the alias's own description, changed in the one call that moves it, and what is
 * found out later stands in a tag of the function.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html (Description, 256 characters at most)
 */
import { NEVER, runText, type Served } from '../../deployment/kept/served.ts';
import type { Made } from '../../deployment/kept/versions.ts';
import { readWords, writeWords, type Words } from '../../deployment/kept/words.ts';

const MARK = 'ml-deploy/1';
const LONGEST = 256;

function write(words: Words): string {
  return `${MARK} ${writeWords(words)}`.trimEnd();
}

/** null for a text that nobody of us wrote */
function read(text: string | undefined): ReadonlyMap<string, string> | null {
  const [mark] = (text ?? '').split(' ');
  return mark === MARK ? readWords(text ?? '') : null;
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

/**
 * Of the alias that serves: numbers of versions. The oldest are forgotten where there is no room for them.
 */
export function writeServed({ versions: numbers, back, marker }: Served): string {
  const { run = '', from = '', to = '' } = back ?? {};
  for (let kept = numbers.length; ; kept--) {
    const text = write({
      s: numbers.slice(0, kept).join(','),
      b: back === null ? null : `${runText(run)}/${from}/${to}`,
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
    versions: words.get('s')?.split(',') ?? [],
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
