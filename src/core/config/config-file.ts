/**
 * ml-deploy.yml: defaults for any input, per model and environment.
 *
 * An explicit input wins; then, the more specific level before the less specific one:
 *
 *     models.<model>.environments.<environment>
 *     models.<model>.defaults
 *     environments.<environment>
 *     defaults
 *
 * On every level a key is the name of an input, which then holds for every action that has it, or the name of an
 * action with inputs of its own below it, which wins over the plain key. If one name means different things, its
 * spec says whom the plain key does not reach (`belowActionOnly`). An environment has a few keys more, which the
 * workflow reads (environment-keys.ts).
 */
import { LineCounter, parseDocument } from 'yaml';
import { UserError, type Problem } from '../errors.ts';
import type { ActionSpec, RawValue } from '../spec/action-spec.ts';
import { combinationProblems } from './combinations.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import type { ConfigSelection } from './levels.ts';
import { namesAt, type ParsedFile } from './located.ts';
import { environmentsOf, memberAt, settingAt, type Setting } from './setting.ts';
import { shapeProblems } from './shape.ts';
import { syntaxProblem } from './syntax.ts';

export interface Config {
  /** The file's value for an input, with its place; null if the file says nothing. */
  lookup(input: string, selection: ConfigSelection): RawValue | null;
  /** The file's value for one member of a group. */
  lookupMember(group: string, member: string, selection: ConfigSelection): RawValue | null;
  /** The value of one of an environment's own keys (environment-keys.ts); null if the file says nothing. */
  environmentKey(key: string, selection: Omit<ConfigSelection, 'action'>): RawValue | null;
  /** Every environment that the file knows, for all models or for this one. */
  environmentsOf(modelName: string | null): readonly string[];
  readonly models: readonly string[];
}

/** Reads the file's text. @throws UserError with every problem, each with its line. */
export function parseConfig(source: string, fileName: string, specs: readonly ActionSpec[]): Config {
  const { config, problems } = tryConfig(source, fileName, specs);
  if (problems.length > 0 || config === null) throw UserError.of(problems, { page: 'wrong-config' });
  return config;
}

export interface TriedConfig {
  /** What can be read of the file, right or wrong; null if it is no YAML. */
  readonly config: Config | null;
  readonly problems: readonly Problem[];
  /** Each key and each value is right by itself. */
  readonly isSound: boolean;
}

/** The file as far as it can be read, for an action that has its work to do even if the file is wrong. */
export function tryConfig(source: string, fileName: string, specs: readonly ActionSpec[]): TriedConfig {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: false });
  const file: ParsedFile = { name: fileName, document, lines, belowActionOnly: belowActionOnly(specs) };
  const found = problemsOf(file, specs);
  return { config: document.errors.length > 0 ? null : configOf(file), ...found };
}

function configOf(file: ParsedFile): Config {
  return {
    lookup: (input, selection) => located(file, settingAt(file, input, selection)),
    lookupMember: (group, member, selection) => located(file, memberAt(file, group, member, selection)),
    environmentKey: (key, selection) => located(file, settingAt(file, key, { ...selection, action: '' })),
    environmentsOf: (modelName) => environmentsOf(file, modelName),
    models: namesAt(file, ['models']),
  };
}

function belowActionOnly(specs: readonly ActionSpec[]): ReadonlySet<string> {
  return new Set(
    specs.flatMap(({ name, inputs }) =>
      Object.entries(inputs)
        .filter(([, input]) => input.belowActionOnly)
        .map(([input]) => `${name}/${input}`),
    ),
  );
}

/** Combinations are looked at only if each value by itself makes sense. */
function problemsOf(file: ParsedFile, specs: readonly ActionSpec[]): Omit<TriedConfig, 'config'> {
  const [error] = file.document.errors;
  const line = file.lines.linePos(error?.pos[0] ?? 0).line;
  const syntax = syntaxProblem(error, `${file.name}:${line}`);
  if (syntax !== null) return { problems: [syntax], isSound: false };
  const shape = [...duplicateKeys(file), ...shapeProblems(file, specs)];
  if (shape.length > 0) return { problems: inOrder(shape), isSound: false };
  return { problems: inOrder(combinationProblems(file, specs)), isSound: true };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const line = ({ where }: Problem) => Number(/:(\d+)$/.exec(where)?.[1] ?? 0);
  return [...problems].sort((a, b) => line(a) - line(b));
}

function located(file: ParsedFile, setting: Setting | null): RawValue | null {
  return setting === null ? null : { text: setting.text, origin: `${file.name}, ${setting.level}` };
}
