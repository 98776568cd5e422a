/**
 * What is recorded on Lambda itself. Versions and aliases have no tags. A version's description has what never changes;
 * the alias's description says which version serves, and changes in the same call that moves the alias; a tag of the
 * function has what is found out later. https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 * (Description, 256 characters at most)
 */
import { NEVER, readBack, runText, type Served } from '../../deployment/kept/served.ts';
import { madeIn, wordsOfMade, type Made } from '../../deployment/kept/versions.ts';
import { readWords, writeWords, type Words } from '../../deployment/kept/words.ts';

const MARK = 'ml-deploy/1';
const LONGEST = 256;

function write(words: Words): string {
  return `${MARK} ${writeWords(words)}`.trimEnd();
}

/** null for a text that ml-deploy did not write */
function read(text: string | undefined): ReadonlyMap<string, string> | null {
  const [mark] = (text ?? '').split(' ');
  return mark === MARK ? readWords(text ?? '') : null;
}

export function writeMade(made: Made): string {
  return write(wordsOfMade(made));
}

export function readMade(description: string | undefined): Made | null {
  const words = read(description);
  return words === null ? null : madeIn(words);
}

/**
 * Of the alias that serves: numbers of versions. The oldest are forgotten if there is no room.
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
  return {
    versions: words.get('s')?.split(',') ?? [],
    back: readBack(words.get('b'), '/'),
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

/** A tag of the function for each version: a function has 50 at most. */
export function noteTag(number: string): string {
  return `ml-deploy:v${number}`;
}
