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
  /** The file's value for an input, with where it stands; null if the file says nothing. */
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
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: false });
  const file: ParsedFile = { name: fileName, document, lines, belowActionOnly: belowActionOnly(specs) };
  const problems = problemsOf(file, specs);
  if (problems.length > 0) throw UserError.of(problems, { page: 'wrong-config' });
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
function problemsOf(file: ParsedFile, specs: readonly ActionSpec[]): Problem[] {
  const [error] = file.document.errors;
  const line = file.lines.linePos(error?.pos[0] ?? 0).line;
  const syntax = syntaxProblem(error, `${file.name}:${line}`);
  if (syntax !== null) return [syntax];
  const shape = [...duplicateKeys(file), ...shapeProblems(file, specs)];
  return shape.length > 0 ? inOrder(shape) : inOrder(combinationProblems(file, specs));
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const line = ({ where }: Problem) => Number(/:(\d+)$/.exec(where)?.[1] ?? 0);
  return [...problems].sort((a, b) => line(a) - line(b));
}

function located(file: ParsedFile, setting: Setting | null): RawValue | null {
  return setting === null ? null : { text: setting.text, origin: `${file.name}, ${setting.level}` };
}
