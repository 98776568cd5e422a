/** One value of ml-deploy.yml as it holds for a run, and its place. */
import { isMap, type Node } from 'yaml';
import { levelPaths, type ConfigSelection } from './levels.ts';
import {
  asText,
  entryAt,
  namesAt,
  plainOf,
  resolved,
  sourceOf,
  type Entry,
  type ParsedFile,
} from './located.ts';

export interface Setting {
  /** As the user would have written it as an input; not trimmed. */
  readonly text: string;
  /** Such as `environments.dev`. */
  readonly level: string;
  readonly node: Node | null;
}

/** The most specific value; null if no level that applies has one. */
export function settingAt(file: ParsedFile, name: string, selection: ConfigSelection): Setting | null {
  const isPlain = !file.belowActionOnly.has(`${selection.action}/${name}`);
  return firstOf(file, [name], isPlain, selection, (node) => {
    const plain = plainOf(node, file);
    return plain === null || plain === undefined ? null : asText(plain);
  });
}

/** The most specific value of one member of a group: key by key, whatever is beside it. */
export function memberAt(
  file: ParsedFile,
  group: string,
  member: string,
  selection: ConfigSelection,
): Setting | null {
  return firstOf(file, [group, member], true, selection, (node) => sourceOf(node, file) || null);
}

function firstOf(
  file: ParsedFile,
  keys: readonly string[],
  isPlain: boolean,
  selection: ConfigSelection,
  textOf: (node: Node | null) => string | null,
): Setting | null {
  for (const path of levelPaths(selection)) {
    const own = ownEntry(file, [...path, selection.action], keys);
    const entry = own ?? (isPlain ? entryAt(file, [...path, ...keys]) : null);
    const text = entry === null ? null : textOf(entry.value);
    if (entry === null || text === null) continue;
    return { text, level: path.join('.'), node: entry.value ?? entry.keyNode };
  }
  return null;
}

/** Of the action's own map, if the level has one. */
function ownEntry(file: ParsedFile, path: readonly string[], keys: readonly string[]): Entry | null {
  const action = entryAt(file, path);
  return isMap(resolved(action?.value ?? null, file)) ? entryAt(file, [...path, ...keys]) : null;
}

/** Every environment that the file knows, for all models or for this one. */
export function environmentsOf(file: ParsedFile, modelName: string | null): string[] {
  const own = modelName === null ? [] : namesAt(file, ['models', modelName, 'environments']);
  return [...new Set([...namesAt(file, ['environments']), ...own])];
}
