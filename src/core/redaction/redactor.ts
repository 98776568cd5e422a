/**
 * Takes the run's secrets, and the values of container variables, out of every text that comes from outside. One is
 * made for each step, before its inputs are read; whatever learns of a secret later adds it.
 */
import { cleanError } from './clean-error.ts';
import { escaped, writtenForms, type WrittenForm } from './written-forms.ts';
import { isDistinct, isPlainHeader, partsOf, urlSecrets, type Named } from './what-is-hidden.ts';

const REDACTED = '***';

type Kind = 'secret' | 'variable';

interface Hidden {
  readonly kind: Kind;
  readonly value: string;
  readonly forms: readonly WrittenForm[];
}

export class Redactor {
  readonly #public = new Set<string>();
  readonly #known = new Set<string>();
  #hidden: readonly Hidden[] = [];

  /** A token, a password, the value of a secret input. `name` is the input's, or what else is before it in a text. */
  addSecret(value: string | null | undefined, name = ''): void {
    if (!value || isPlainHeader(name)) return;
    this.#add('secret', partsOf({ name, value }));
    // Of a webhook's URL the path is what nobody may know, and clients tell it without the host.
    const url = URL.canParse(value.trim()) ? new URL(value.trim()) : null;
    if (url !== null)
      this.#add('secret', [
        { name, value: url.href },
        { name, value: url.pathname },
      ]);
  }

  /** The variables of a container: not secrets all of them, and some of them are. */
  addVariables(variables: ReadonlyMap<string, string> | null): void {
    for (const [name, value] of variables ?? []) this.#add('variable', partsOf({ name, value }));
  }

  /** The secrets that the URLs of a text carry, such as `https://user:password@host`. */
  addUrl(text: string | null | undefined): void {
    for (const value of urlSecrets(text ?? '')) this.addSecret(value);
  }

  /** A text that the run says anyway, such as the endpoint's name: a variable with the same value hides nothing. */
  addPublic(text: string | null | undefined): void {
    if (text) this.#public.add(text.trim());
  }

  /** Whether a value is one that can be hidden everywhere. */
  isDistinct(value: string): boolean {
    return isDistinct(value.trim());
  }

  /** The text without any of them, in whatever way they are written in it. */
  text(text: string): string {
    return this.#clean(text, this.#hidden);
  }

  /** The same bytes if nothing is hidden in them. */
  bytes(bytes: Uint8Array): Uint8Array {
    return this.#cleanBytes(bytes, this.#hidden);
  }

  /**
   * Data that goes on to be compared, such as predictions: a label may be equal to the value of a variable, so only
   * secrets are taken out. If it becomes a text for people, that is cleaned of the rest.
   */
  data(bytes: Uint8Array): Uint8Array {
    return this.#cleanBytes(
      bytes,
      this.#hidden.filter(({ kind, value }) => kind === 'secret' && isDistinct(value)),
    );
  }

  /** The same error, with every text of it and of its causes cleaned. */
  error(error: unknown): unknown {
    return this.#hidden.length === 0 ? error : cleanError(error, (text) => this.text(text));
  }

  /** The same value with every text in it cleaned, those of objects and lists too; keys stay. */
  deep<T>(value: T): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.deep(item)) as T;
    if (typeof value !== 'object' || value === null) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.deep<unknown>(item)]),
    ) as T;
  }

  #cleanBytes(bytes: Uint8Array, hidden: readonly Hidden[]): Uint8Array {
    if (hidden.length === 0) return bytes;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const clean = this.#clean(text, hidden);
    return clean === text ? bytes : Buffer.from(clean);
  }

  #clean(text: string, hidden: readonly Hidden[]): string {
    return hidden
      .filter(({ kind, value }) => kind === 'secret' || !this.#public.has(value))
      .flatMap(({ forms }) => forms)
      .reduce((rest, { pattern, signs }) => {
        // Looking for a word is a hundred times faster than for a pattern.
        if (signs.length > 0 && !signs.some((sign) => rest.includes(sign))) return rest;
        return rest.replace(pattern, hideBehindName);
      }, text);
  }

  #add(kind: Kind, values: readonly Named[]): void {
    const key = ({ name, value }: Named) => `${kind} ${isDistinct(value) ? '' : name} ${value}`;
    const added = values.flatMap((named): Hidden[] => {
      const forms = this.#known.has(key(named)) ? [] : formsOf(named);
      this.#known.add(key(named));
      return forms.length === 0 ? [] : [{ kind, value: named.value, forms }];
    });
    // Of two of which one holds the other, the longer one first.
    this.#hidden = [...this.#hidden, ...added].toSorted((a, b) => b.value.length - a.value.length);
  }
}

/** What may be between a name and its value: `=`, `: "`, `","value":"`, `</th><td>`, " is ". */
const BETWEEN = String.raw`(?:["'\x60\s:=,>|*\\]|&[a-z#0-9]{2,6};|%(?:25)?(?:22|20|3[aAdD])|<[^<>]{0,60}>|\bvalue\b|\bValue\b|\b(?:is|to)\b){1,16}`;

/** The name stays, if the pattern has one; the groups are the last argument. */
function hideBehindName(...match: readonly unknown[]): string {
  const groups = match.at(-1) as { readonly name?: string } | string;
  return `${typeof groups === 'string' ? '' : (groups.name ?? '')}${REDACTED}`;
}

/** None for what can be hidden nowhere: a short value without a name. */
function formsOf({ name, value }: Named): WrittenForm[] {
  if (isDistinct(value)) return writtenForms(value);
  if (name === '') return [];
  const pattern = String.raw`(?<name>${escaped(name)}${BETWEEN})${escaped(value)}(?![A-Za-z0-9])`;
  return [{ pattern: new RegExp(pattern, 'gu'), signs: [] }];
}
