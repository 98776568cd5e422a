/**
 * Settings of ml-deploy.yml that cannot hold together, looked at as each model and environment has them: with what
 * the less specific levels say. Only what the file itself says is judged; an input of the step may still add to it.
 */
import type { Node } from 'yaml';
import type { Problem } from '../errors.ts';
import { parseInputs, type ActionSpec } from '../spec/action-spec.ts';
import { memberPath } from '../spec/group.ts';
import { suggestion } from '../spec/input.ts';
import { gateProblems } from './gate.ts';
import { NEEDED_BY, ROLE_KEYS } from './environment-keys.ts';
import { entryAt, namesAt, problemAt, type ParsedFile } from './located.ts';
import { routeProblems } from './routes.ts';
import { environmentsOf } from './setting.ts';
import { View, type Place } from './view.ts';

export function combinationProblems(file: ParsedFile, specs: readonly ActionSpec[]): Problem[] {
  const views = placesOf(file).map((place) => new View(file, place));
  const problems = [
    ...misspelledEnvironments(file),
    ...views.flatMap((view) => [
      ...inputRules(view, specs),
      ...gateProblems(view),
      ...account(view),
      ...halves(view),
    ]),
    ...routeProblems(file, views),
  ];
  const seen = new Set<string>();
  return problems.filter(({ where, message }) => {
    const key = `${where} ${message}`;
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

function placesOf(file: ParsedFile): Place[] {
  const models: (string | null)[] = namesAt(file, ['models']);
  return (models.length === 0 ? [null] : models).flatMap((model) => {
    const environments: (string | null)[] = environmentsOf(file, model);
    return (environments.length === 0 ? [null] : environments).map((environment) => ({ model, environment }));
  });
}

/** A slip in the name of a model's environment would silently make another one. */
function misspelledEnvironments(file: ParsedFile): Problem[] {
  const shared = namesAt(file, ['environments']);
  return namesAt(file, ['models']).flatMap((model) => {
    const path = ['models', model, 'environments'];
    return namesAt(file, path)
      .filter((name) => !shared.includes(name) && suggestion(name, shared) !== '')
      .map((name) => {
        const message = `"${name}" in ${path.join('.')} is not an environment of the file, which has ${shared.join(', ')}.`;
        return problemAt(
          file,
          keyNodeAt(file, path, name),
          message,
          `${suggestion(name, shared).trim()} Define a new one below environments too.`,
        );
      });
  });
}

function keyNodeAt(file: ParsedFile, path: readonly string[], name: string): Node | null {
  return entryAt(file, [...path, name])?.keyNode ?? null;
}

/** Of the roles that the workflow assumes; roles that are inputs have a rule of their own. */
function* account(view: View): Generator<Problem> {
  const id = view.text('aws-account-id');
  for (const name of ROLE_KEYS) {
    const arn = view.text(name);
    const other = arn === null ? null : (/^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1] ?? null);
    if (id === null || other === null || other === id) continue;
    const message = `${name}: the role belongs to the account ${other}, but aws-account-id is ${id}.`;
    yield view.problem([name], message);
  }
}

/** Half of a sign-in is none. */
function* halves(view: View): Generator<Problem> {
  for (const [name, needed] of NEEDED_BY) {
    if (view.text(name) === null || view.text(needed) !== null) continue;
    yield view.problem(
      [name],
      `${name}: ${needed} is not set, and it is nothing without it.`,
      'Set both, or none.',
    );
  }
}

/** The rules of the actions, in the words in which a step tells them. */
function inputRules(view: View, specs: readonly ActionSpec[]): Problem[] {
  return specs.flatMap((spec) => {
    if (spec.checkFile === undefined) return [];
    const { inputs } = parseInputs(spec, {
      input: (name) => view.raw(name, spec.name),
      member: (group, name) => view.raw(memberPath(group, name), spec.name),
    });
    return spec.checkFile(inputs).flatMap(({ where, message, fix, beside = [] }) => {
      const names = [where, ...beside];
      const isOfFile = names.some((name) => view.get(name, spec.name) !== null);
      return isOfFile ? [view.problem(names, `${where}: ${message}`, fix, spec.name)] : [];
    });
  });
}
