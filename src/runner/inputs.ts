import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as core from '@actions/core';
import type { Config } from '../core/config/config-file.ts';
import type { AskedKey } from '../core/config/environment-keys.ts';
import type { ConfigSelection } from '../core/config/levels.ts';
import { adviceOf, errorCode, UserError, type Problem } from '../core/errors.ts';
import { pathProblem } from '../core/missing-path.ts';
import type { RunContext } from '../core/ports.ts';
import type { Redactor } from '../core/redaction/redactor.ts';
import {
  atLine,
  parseInputs,
  setAsideBy,
  type ActionSpec,
  type InputsOf,
  type Sources,
} from '../core/spec/action-spec.ts';
import { foreignGroups, withoutForeign } from '../core/spec/foreign-groups.ts';
import { isGroup } from '../core/spec/group.ts';
import { suggestion } from '../core/spec/input.ts';
import { unknownInputs } from './unknown-inputs.ts';

const CONFIG_FILE = 'ml-deploy.yml';

/** Loads the specs of all actions; needed only to check a configuration file, so they are not loaded without one. */
export type LoadSpecs = () => Promise<readonly ActionSpec[]>;

/** What ml-deploy.yml says about the environment beside inputs; null if it says nothing. */
export type EnvironmentKeys = (key: AskedKey) => string | null;

/** What is wrong with the inputs beyond each by itself. */
export type InputCheck = (inputs: InputsOf<ActionSpec>, keys: EnvironmentKeys) => Promise<Problem[]>;

export interface ReadInputs<S extends ActionSpec> {
  readonly inputs: InputsOf<S>;
  readonly environmentKey: EnvironmentKeys;
  /** Where each value that was given comes from, by input or by path of a member; '' for an input of the step. */
  readonly origins: ReadonlyMap<string, string>;
  /** What was given to no effect, in sentences. */
  readonly notices: readonly string[];
  /** What is wrong with the file, if the action works all the same. */
  readonly warnings: readonly string[];
}

/**
 * The typed inputs: explicit ones first, then those of ml-deploy.yml, then the defaults.
 * @throws UserError with every problem at once.
 */
export async function readInputs<S extends ActionSpec>(
  spec: S,
  context: RunContext,
  loadSpecs: LoadSpecs,
  redactor: Redactor,
  check: InputCheck = () => Promise.resolve([]),
): Promise<ReadInputs<S>> {
  const unknown = await unknownInputs(spec, process.env, loadSpecs);
  const { config, wrong } = await readConfig(spec, context, loadSpecs, unknown);
  const { selection, problems: unselected } = select(spec.name, config);
  const [tolerated, selectionProblems] =
    spec.toleratesConfig === 'any' ? [[...wrong, ...unselected], []] : [wrong, unselected];
  if (config !== null) hideVariables(config, selection, await loadSpecs(), redactor);
  const sources = sourcesOf(spec, config, selection);
  const { inputs, problems, origins, lines } = parseInputs(spec, sources);
  nameWhatIsPublic(spec, sources, context, redactor);
  const environmentKey: EnvironmentKeys = (key) =>
    config?.environmentKey(key, selection)?.text.trim() || null;
  const foreign = foreignGroups(spec, inputs, origins, (name) => core.getInput(name) !== '');
  const understood = [...unknown, ...selectionProblems, ...problems, ...foreign.problems];
  const used = withoutForeign(spec, inputs);
  // What could not be understood is null for the check, which then misses it once more.
  const further = (await check(used, environmentKey)).filter(
    (problem) => !understood.some((known) => inputOf(known) === inputOf(problem)),
  );
  const all = [...understood, ...further.map((problem) => atLine(problem, lines))];
  if (all.length > 0) throw UserError.of([...tolerated, ...all]);
  const warnings = tolerated.map((problem) => `${problem.where}: ${adviceOf(problem)}`);
  return { inputs: used, environmentKey, origins, notices: foreign.notices, warnings };
}

/** The variables of the model's container: smoke-test talks to it too, and says what it answers. */
function hideVariables(
  config: Config,
  selection: ConfigSelection,
  specs: readonly ActionSpec[],
  redactor: Redactor,
): void {
  for (const { name: action, inputs } of specs) {
    for (const [name, input] of Object.entries(inputs).filter(([, { variables }]) => variables)) {
      const value = config.lookup(name, { ...selection, action })?.text.trim() ?? '';
      try {
        if (value !== '') redactor.addVariables(input.parse(value) as ReadonlyMap<string, string>);
      } catch {
        // What cannot be parsed is reported with the inputs, without its value.
      }
    }
  }
}

/** What every message says anyway is no secret because a variable of the container has it too. */
function nameWhatIsPublic(
  spec: ActionSpec,
  sources: Sources,
  { repository, commit, ref, runId, actor, workflow, job }: RunContext,
  redactor: Redactor,
): void {
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (input.quotable) redactor.addPublic(sources.input(name)?.text ?? input.defaultText);
  }
  for (const fact of [repository, commit, ref, runId, actor, workflow, job]) redactor.addPublic(fact);
}

function sourcesOf(spec: ActionSpec, config: Config | null, selection: ConfigSelection): Sources {
  const setAside = setAsideBy(spec, (name) => core.getInput(name) !== '');
  return {
    input: (name) => {
      const given = core.getInput(name, { trimWhitespace: false });
      const input = spec.inputs[name];
      if (given.trim() !== '') return { text: given, origin: '' };
      // A group of the file is asked for key by key.
      if (input !== undefined && isGroup(input)) return null;
      if (name === 'model-name' && selection.modelName) return { text: selection.modelName, origin: '' };
      return setAside.has(name) ? null : (config?.lookup(name, selection) ?? null);
    },
    member: (group, name) => config?.lookupMember(group, name, selection) ?? null,
  };
}

function inputOf({ input, where }: Problem): string {
  return input ?? where;
}

interface ReadConfig {
  /** null if there is no file, or nothing of it can be read. */
  readonly config: Config | null;
  /** What is wrong with it, for an action that tolerates that. */
  readonly wrong: readonly Problem[];
}

/**
 * @param before problems that are reported together with those of the file
 * @throws UserError for a file that is wrong or cannot be read, if the action does not tolerate it
 */
async function readConfig(
  { toleratesConfig }: ActionSpec,
  context: RunContext,
  loadSpecs: LoadSpecs,
  before: readonly Problem[],
): Promise<ReadConfig> {
  const given = core.getInput('config-file');
  const path = resolve(context.workspace, given || CONFIG_FILE);
  let source: string;
  try {
    source = await readFile(path, 'utf8');
  } catch (error) {
    const problem = await unread(given, context.workspace, error);
    if (problem === null) return { config: null, wrong: [] };
    if (toleratesConfig === 'any') return { config: null, wrong: [problem] };
    throw UserError.of([...before, problem]);
  }
  const { tryConfig } = await import('../core/config/config-file.ts');
  const { config, problems, isSound } = tryConfig(source, given || CONFIG_FILE, await loadSpecs());
  const isTolerated = toleratesConfig === 'any' || (toleratesConfig === 'combinations' && isSound);
  if (problems.length > 0 && !isTolerated)
    throw UserError.of([...before, ...problems], { page: 'wrong-config' });
  return { config, wrong: problems };
}

/** Null if there is none and none was named: every input may come from the step. */
async function unread(given: string, workspace: string, error: unknown): Promise<Problem | null> {
  const where = 'config-file';
  if (given !== '' || errorCode(error) !== 'ENOENT')
    return pathProblem(where, given || CONFIG_FILE, workspace, error);
  const names = await readdir(workspace).catch(() => []);
  // What is in it would be passed over in silence.
  const other = names.find((name) => /^\.?ml[-_]deploy\.ya?ml$/i.test(name));
  if (other === undefined) return null;
  const fix = `Rename it to ${CONFIG_FILE}, or set config-file to ${other}.`;
  return { where, message: `There is ${other}, and no ${CONFIG_FILE}.`, fix };
}

/** Which levels of the file apply. The only model of a file needs no model-name. */
function select(action: string, config: Config | null): { selection: ConfigSelection; problems: Problem[] } {
  const environment = core.getInput('environment') || null;
  const named = core.getInput('model-name') || null;
  const [first, ...others] = config?.models ?? [];
  const modelName = named ?? (others.length === 0 ? (first ?? null) : null);
  const problems = [
    ...unlessKnown('model-name', named, config?.models ?? []),
    ...unlessKnown('environment', environment, config?.environmentsOf(modelName) ?? []),
  ];
  return { selection: { action, environment, modelName }, problems };
}

/** A name that the file does not have; a file that has none of its kind says nothing about it. */
function unlessKnown(where: string, value: string | null, known: readonly string[]): Problem[] {
  if (value === null || known.length === 0 || known.includes(value)) return [];
  const message = `"${value}" is not in the configuration file, which has ${known.join(', ')}.`;
  return [{ where, message, fix: suggestion(value, known).trim() }];
}
