/**
 * What `kubectl diff` or `helm diff` prints, by objects. kubectl compares files in temporary folders, so the names of those
 * and the times behind them differ each time; only the object's name and the lines count.
 */
import { createHmac } from 'node:crypto';
import { digestOf } from '../../canonical-json.ts';
import { UserError } from '../../errors.ts';
import type { Content, Part, ReadOptions } from './read-document.ts';

/** `diff -u -N /tmp/LIVE-1234/apps.v1.Deployment.prod.churn /tmp/MERGED-1234/apps.v1.Deployment.prod.churn` */
const KUBECTL = /^diff (?:-\S+ )*\S*?([^/\s]+) \S+$/;
/** `prod, churn, Deployment (apps) has changed:` */
const HELM = /^(\S+, \S+, \S+ \(\S*\)) has (?:changed|been added|been removed|changed ownership)[^:]*:$/;
/** Lines that say where and when kubectl wrote its copies, and the counter that the API server keeps. */
const NOISE = /^(?:---|\+\+\+) \S|^[-+ ]\s*(?:generation|resourceVersion): /;
/** A colour, as helm diff writes if nobody told it that it is not at a terminal. */
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[0-9;]*m/g;
const SECRET = /(?:^|\.)Secret\.|, Secret \(/;
/** `+  password: aHVudGVyMg==`, in an object that is a Secret */
const VALUE = /^([-+ ]\s*[^\s:]+:)(\s+)(\S.*)$/;

/** @throws UserError for a text that has lines, and no object in them */
export function readKubernetesDiff(bytes: Uint8Array, { label, key }: ReadOptions): Content {
  const lines = new TextDecoder().decode(bytes).replace(COLOUR, '').split(/\r?\n/);
  const objects = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const line of lines) {
    const name = KUBECTL.exec(line)?.[1] ?? HELM.exec(line)?.[1];
    if (name !== undefined) {
      current = objects.get(name) ?? [];
      objects.set(name, current);
    } else if (current === null ? line.trim() !== '' : false) {
      throw new UserError(`${label} is not the output of kubectl diff or helm diff: "${line.slice(0, 80)}".`);
    } else if (!NOISE.test(line)) current?.push(line.trimEnd());
  }
  const secrets = new Sealer(key);
  const parts = [...objects].map(([name, text]) => partOf(name, text, secrets));
  return { parts, findings: secrets.findings(), secrets: [...secrets.found] };
}

function partOf(name: string, lines: readonly string[], secrets: Sealer): Part {
  const kept = SECRET.test(name) ? lines.map((line) => secrets.line(line)) : lines;
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  // The place of a hunk moves with what is above it in the object, which counts by itself.
  const text = kept
    .filter((line) => !line.startsWith('@@'))
    .join('\n')
    .trimEnd();
  return { name, what: `+${count('+')} -${count('-')} lines`, digest: digestOf(text) };
}

/** Replaces the values of Secrets, which kubectl masks by itself and other tools do not. */
class Sealer {
  readonly found = new Set<string>();
  readonly #key: string | null;
  #withheld = 0;

  constructor(key: string | null) {
    this.#key = key;
  }

  line(line: string): string {
    const [, name, space, value] = VALUE.exec(line) ?? [];
    if (
      name === undefined ||
      value === undefined ||
      /^[-+ ]\s*(?:kind|apiVersion|name|namespace|type):$/.test(name)
    )
      return line;
    if (/^['"]?\*+/.test(value)) return line;
    this.found.add(value);
    return `${name}${space ?? ''}${this.#sealed(value)}`;
  }

  findings(): Content['findings'] {
    if (this.#withheld === 0) return [];
    const message = `${this.#withheld} values of Secrets are not covered by the digest: a changed secret would pass. Set document-key to cover them.`;
    return [{ level: 'not-checked', message }];
  }

  #sealed(value: string): string {
    if (this.#key !== null) return createHmac('sha256', this.#key).update(value).digest('hex');
    this.#withheld += 1;
    return '(secret)';
  }
}
