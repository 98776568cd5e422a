import type { Problem } from '../errors.ts';
import { AWS_REGION, regionsNear } from './aws-regions.ts';
import { isGroup, lineOf, memberPath, readGroup, type Group } from './group.ts';
import { text, type Input } from './input.ts';

/**
 * - `any`: for an action that tells people what failed, which must not fail for the same reason.
 * - `combinations`: each key and value is right by itself, so its own inputs are as they were meant. What does not go together
 *   is for the actions that are about it.
 */
export type ConfigTolerance = 'any' | 'combinations';

/** An action as data. The single source of its action.yml, README tables, JSON Schema, types and parsing. */
export interface ActionSpec {
  /** Folder name and the part after the slash in `uses:`. */
  readonly name: string;
  /** The action's title in action.yml and in the Marketplace. */
  readonly title: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs: Readonly<Record<string, Input<unknown>>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** Runs after the job, also when it was cancelled. */
  readonly post: boolean;
  /** Inputs of ml-deploy.yml that are ignored if the step gives another name for the same thing. */
  readonly instead?: Readonly<Record<string, readonly string[]>>;
  /** How wrong ml-deploy.yml may be, so the action works with what can be read of it, and warns. Absent: not at all. */
  readonly toleratesConfig?: ConfigTolerance;
  /** What is wrong with inputs in ml-deploy.yml, taken together; a step may add those that are null. */
  checkFile?(inputs: Readonly<Record<string, unknown>>): readonly Problem[];
}

/** `model-path` -> `modelPath` */
export type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

type ValueOf<I> = I extends Input<infer T> ? T : never;

/** The typed, camelCase inputs of an action. */
export type InputsOf<S extends ActionSpec> = {
  readonly [K in keyof S['inputs'] & string as Camel<K>]: ValueOf<S['inputs'][K]>;
};

export type OutputsOf<S extends ActionSpec> = keyof S['outputs'] & string;

export function defineAction<const S extends ActionSpec>(spec: S): S {
  return spec;
}

/** The inputs that every action takes. */
export const commonInputs = {
  environment: text({
    description:
      'The environment (such as dev, staging or prod) whose settings in ml-deploy.yml apply. This run is recorded under its name.',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    form: 'letters, digits, dots, hyphens and underscores, 63 at most',
  }),
  'config-file': text({
    description:
      'A YAML file with defaults for the inputs, per model and environment. Default: `ml-deploy.yml` in the workspace, if it exists.',
  }),
  'model-name': text({ description: 'The model in ml-deploy.yml that this run is about.' }),
} as const;

/** The input of every action that talks to AWS. */
export const awsInputs = {
  'aws-region': text({
    description: 'The AWS region. Default: `AWS_REGION`, then `AWS_DEFAULT_REGION`.',
    pattern: AWS_REGION,
    form: 'a region such as eu-central-1',
    meant: regionsNear,
  }),
} as const;

export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The inputs that the file is not asked for. @param isGiven whether the step gives an input */
export function setAsideBy({ instead = {} }: ActionSpec, isGiven: (name: string) => boolean): Set<string> {
  return new Set(Object.entries(instead).flatMap(([name, others]) => (isGiven(name) ? others : [])));
}

/** A value together with where it was written, for messages. */
export interface RawValue {
  readonly text: string;
  /** '' for an input; otherwise such as "ml-deploy.yml, environments.dev". */
  readonly origin: string;
}

/** Where values come from; each gives null if nothing is said. */
export interface Sources {
  /** The explicit input, or the file's value. Of a group, the input alone. */
  readonly input: (name: string) => RawValue | null;
  /** The file's value of one member of a group. */
  readonly member?: (group: string, name: string) => RawValue | null;
}

export interface ParsedInputs<S extends ActionSpec> {
  readonly inputs: InputsOf<S>;
  readonly problems: Problem[];
  /** Where each value that was given comes from, by input or by path of a member; '' for an input. */
  readonly origins: ReadonlyMap<string, string>;
  /** The line of each member of a group that `with:` gives, by path. */
  readonly lines: ReadonlyMap<string, number>;
}

/**
 * Turns texts into typed inputs.
 * Every problem is collected; none is thrown.
 */
export function parseInputs<S extends ActionSpec>(
  spec: S,
  sources: Sources | Sources['input'],
): ParsedInputs<S> {
  const from = typeof sources === 'function' ? { input: sources } : sources;
  const parser = new InputParser(spec.inputs, from);
  const inputs: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    inputs[camelCase(name)] = isGroup(input)
      ? parser.group(name, input)
      : parser.value(name, input, from.input(name));
  }
  return {
    inputs: inputs as InputsOf<S>,
    problems: parser.problems,
    origins: parser.origins,
    lines: parser.lines,
  };
}

class InputParser {
  readonly problems: Problem[] = [];
  readonly origins = new Map<string, string>();
  /** Of the members that `with:` gives, by path. */
  readonly lines = new Map<string, number>();
  readonly #inputs: ActionSpec['inputs'];
  readonly #sources: Sources;

  constructor(inputs: ActionSpec['inputs'], sources: Sources) {
    this.#inputs = inputs;
    this.#sources = sources;
  }

  /** Key by key: a member that the step does not give is the file's. */
  group(name: string, group: Group): Record<string, unknown> {
    const text = this.#sources.input(name)?.text ?? '';
    const given = readGroup(name, this.#inputs, text, this.problems);
    const values = Object.entries(group.members).map(([key, member]) => {
      const own = given.get(key);
      const path = memberPath(name, key);
      if (own === undefined || own.text.trim() === '') {
        return [camelCase(key), this.value(path, member, this.#sources.member?.(name, key) ?? null)];
      }
      const place = { where: lineOf(name, own.line), prefix: `${key}: ` };
      this.lines.set(path, own.line);
      return [camelCase(key), this.value(path, member, { text: own.text, origin: '' }, place)];
    });
    return Object.fromEntries(values) as Record<string, unknown>;
  }

  /** @param place of the value for messages, if it is a line of a longer text */
  value(name: string, input: Input<unknown>, raw: RawValue | null, place = placeOf(name, raw)): unknown {
    const given = raw?.text.trim() ?? '';
    if (given !== '') this.origins.set(name, raw?.origin ?? '');
    const value = given === '' ? input.defaultText : given;
    if (value === null) {
      if (input.required) this.problems.push(missing(name, input));
      return null;
    }
    try {
      return input.parse(value);
    } catch (error) {
      const shown = input.quotable ? `"${value}"` : 'the value';
      const message = `${place.prefix}${shown} ${(error as Error).message}`;
      this.problems.push({ where: place.where, message, input: name });
      return null;
    }
  }
}

/** A problem of a member in `with:`, at its line. */
export function atLine(problem: Problem, lines: ReadonlyMap<string, number>): Problem {
  const { where, message } = problem;
  const line = lines.get(where);
  const [group = '', member = ''] = where.split(': ');
  if (line === undefined) return problem;
  return { ...problem, where: lineOf(group, line), message: `${member}: ${message}`, input: where };
}

interface ValuePlace {
  readonly where: string;
  /** What the message has to say first, if `where` does not name the input. */
  readonly prefix: string;
}

function placeOf(name: string, raw: RawValue | null): ValuePlace {
  return { where: raw?.origin ? `${name} (${raw.origin})` : name, prefix: '' };
}

function missing(name: string, input: Input<unknown>): Problem {
  const place = input.secret ? `the input ${name}` : `the input ${name}, or ${name} in ml-deploy.yml`;
  return { where: name, message: 'is required.', fix: `Set ${place}.` };
}
