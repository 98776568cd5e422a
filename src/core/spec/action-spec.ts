import type { Problem } from '../errors.ts';
import { text, type Input } from './input.ts';

/** An action as data. The single source of its action.yml, README tables, JSON Schema, types and parsing. */
export interface ActionSpec {
  /** Folder name and what stands behind the slash in `uses:`. */
  readonly name: string;
  /** The action's title in action.yml and in the Marketplace. */
  readonly title: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs: Readonly<Record<string, Input<unknown>>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** Runs after the job, also when it was cancelled. */
  readonly post: boolean;
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
      'The environment (such as dev, staging or prod) whose settings in ml-deploy.yml apply, and under which this run is recorded.',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    form: 'letters, digits, dots, hyphens and underscores, 63 at most',
  }),
  'config-file': text({
    description:
      'A YAML file with defaults for the inputs, per model and environment. Default: `ml-deploy.yml` in the workspace, where it exists.',
  }),
  'model-name': text({ description: 'Which of the models in ml-deploy.yml this run is about.' }),
} as const;

/** The input of every action that talks to AWS. */
export const awsInputs = {
  'aws-region': text({
    description: 'The AWS region. Default: `AWS_REGION`, then `AWS_DEFAULT_REGION`.',
    pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
    form: 'a region such as eu-central-1',
  }),
} as const;

export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A value together with where it was written, for messages. */
export interface RawValue {
  readonly text: string;
  /** '' for an input; otherwise such as "ml-deploy.yml, environments.dev". */
  readonly origin: string;
}

/**
 * Turns texts into typed inputs. `lookup` gives the explicit input, or the file's value, or null.
 * Every problem is collected; none is thrown.
 */
export function parseInputs<S extends ActionSpec>(
  spec: S,
  lookup: (name: string) => RawValue | null,
): { inputs: InputsOf<S>; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    inputs[camelCase(name)] = parseInput(name, input, lookup(name), problems);
  }
  return { inputs: inputs as InputsOf<S>, problems };
}

function parseInput(name: string, input: Input<unknown>, raw: RawValue | null, problems: Problem[]): unknown {
  const given = raw?.text.trim() ?? '';
  const value = given === '' ? input.defaultText : given;
  if (value === null) {
    if (input.required) problems.push(missing(name, input));
    return null;
  }
  try {
    return input.parse(value);
  } catch (error) {
    const where = raw?.origin ? `${name} (${raw.origin})` : name;
    const shown = input.quotable ? `"${value}"` : 'the value';
    problems.push({ where, message: `${shown} ${(error as Error).message}` });
    return null;
  }
}

function missing(name: string, input: Input<unknown>): Problem {
  const place = input.secret ? `the input ${name}` : `the input ${name}, or ${name} in ml-deploy.yml`;
  return { where: name, message: 'is required.', fix: `Set ${place}.` };
}
