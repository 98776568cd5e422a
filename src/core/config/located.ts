/** Values of ml-deploy.yml together with their place. */
import {
  isAlias,
  isMap,
  isScalar,
  type Document,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../errors.ts';

/** The file, parsed, and the way from a node to its line. */
export interface ParsedFile {
  readonly name: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** `action/input` of the inputs that plain keys do not reach (`belowActionOnly`). */
  readonly belowActionOnly: ReadonlySet<string>;
}

export interface Entry {
  readonly key: string;
  readonly value: Node | null;
  readonly keyNode: Node | null;
}

export function problemAt(file: ParsedFile, node: Node | null, message: string, fix?: string): Problem {
  const where = `${file.name}:${lineOf(file, node)}`;
  return { where, message, ...(fix ? { fix } : {}) };
}

export function lineOf({ lines }: ParsedFile, node: Node | null): number {
  return node?.range ? lines.linePos(node.range[0]).line : 1;
}

/** The node itself, or what an alias (`*name`) stands for. */
export function resolved(node: Node | null, { document }: ParsedFile): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

export function entriesOf(map: YAMLMap): Entry[] {
  return map.items.map((pair: Pair) => ({
    key: isScalar(pair.key) ? String(pair.key.value) : String(pair.key),
    value: pair.value as Node | null,
    keyNode: pair.key as Node | null,
  }));
}

/** The entry at a path of keys; null if there is none. */
export function entryAt(file: ParsedFile, path: readonly string[]): Entry | null {
  let node: Node | null = file.document.contents;
  let found: Entry | null = null;
  for (const key of path) {
    const map = resolved(node, file);
    if (!isMap(map)) return null;
    found = entriesOf(map).find((entry) => entry.key === key) ?? null;
    if (found === null) return null;
    node = found.value;
  }
  return found;
}

/** The names in the map at a path; none if there is no map. */
export function namesAt(file: ParsedFile, path: readonly string[]): string[] {
  const map = resolved(
    path.length === 0 ? file.document.contents : (entryAt(file, path)?.value ?? null),
    file,
  );
  return isMap(map) ? entriesOf(map).map(({ key }) => key) : [];
}

export function plainOf(node: Node | null, file: ParsedFile): unknown {
  const value = resolved(node, file);
  if (value === null) return null;
  return isScalar(value) ? value.value : (value.toJS(file.document) as unknown);
}

/** A scalar as it is written, without what YAML would read into it (1.10, no, 0123); '' for null. */
export function sourceOf(node: Node | null, file: ParsedFile): string {
  const value = resolved(node, file);
  if (isEmpty(value)) return '';
  return isScalar(value) ? (value.source ?? asText(value.value)) : asText(plainOf(value, file));
}

/** What the user would have written as an input: lists one a line, maps as JSON. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
