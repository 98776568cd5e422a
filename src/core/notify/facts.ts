/** What a release is, out of the outputs of our actions: a list of known names, and nothing else is ever read. */
import { shortDigest } from '../canonical-json.ts';
import { figureAndChange } from '../news/words.ts';
import type { Outputs } from './content.ts';
import type { Fact } from './fact.ts';

/** Of several steps, what the last one said counts. */
export function factsOf(all: readonly Outputs[], durationMs: number | null): Fact[] {
  const say = latest(all);
  const place = say('running-version') === say('model-digest') ? '' : short(say('running-version'));
  return [
    fact('Model', short(say('model-digest'))),
    fact('Image', short(say('image-digest').replace(/^sha256:/, ''))),
    fact('Endpoint', say('endpoint-name') || say('endpoint-url'), say('endpoint-url')),
    fact('Serves', place),
    fact('Served before', short(say('previous-version'))),
    fact('Plan', short(say('plan-digest'))),
    fact('New', say('news')),
    fact('Cost', say('cost')),
    { ...fact('Approved by', say('approved-by').replaceAll(',', ', '), say('issue-url')), people: true },
    say('approved-by') === '' ? fact('Request', say('issue-url'), say('issue-url')) : NOTHING,
    fact('Parity', parity(say)),
    fact('Accuracy', figure(say, 'accuracy')),
    fact('Mean absolute error', figure(say, 'mae')),
    fact('Latency', latency(say)),
    fact('Rolled back', say('rolled-back') === 'true' ? 'yes, to the version before' : ''),
    fact('Duration', durationMs === null ? '' : duration(durationMs)),
  ].filter(({ value }) => value !== '');
}

const NOTHING = fact('', '');

type Say = (name: string) => string;

function latest(all: readonly Outputs[]): Say {
  return (name) => all.findLast((outputs) => (outputs[name] ?? '') !== '')?.[name] ?? '';
}

function fact(label: string, value: string, url = ''): Fact {
  return { label, value, url: url === '' ? null : url, people: false };
}

function short(digest: string): string {
  return /^[0-9a-f]{64}$/.test(digest) ? shortDigest(digest) : digest;
}

function parity(say: Say): string {
  const compared = Number(say('compared'));
  if (!(compared > 0)) return '';
  const largest = say('max-abs-diff');
  const wrong = say('mismatches') || '0';
  const found = wrong === '0' ? 'all equal within tolerance' : `${wrong} differ`;
  return `${compared} values compared, ${found}${largest === '' ? '' : `, largest difference ${plainNumber(largest)}`}`;
}

/** With its change, if the plan has said what it was before. */
function figure(say: Say, name: 'accuracy' | 'mae'): string {
  const read = (output: string) => {
    const value = say(output) === '' ? NaN : Number(say(output));
    return { accuracy: null, mae: null, [name]: Number.isFinite(value) ? value : null };
  };
  return figureAndChange(read(name), read(`${name}-before`));
}

function latency(say: Say): string {
  return ['p50', 'p95', 'p99']
    .map((name) => [name, say(`${name}-ms`)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${plainNumber(value)} ms`)
    .join(', ');
}

/** Three digits are enough for people. */
function plainNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) ? String(Number(number.toPrecision(3))) : text;
}

export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
