/**
 * Settings of ml-deploy.yml that cannot hold together, looked at as each model and environment has them: with what
 * the less specific levels say. Only what the file itself says is judged; an input of the step may still add to it.
 */
import type { Node } from 'yaml';
import type { Problem } from '../errors.ts';
import { suggestion } from '../spec/input.ts';
import { entryAt, namesAt, problemAt, type ParsedFile } from './located.ts';
import { routeProblems } from './routes.ts';
import { environmentsOf } from './setting.ts';
import { listOf, View, type Place } from './view.ts';

export function combinationProblems(file: ParsedFile): Problem[] {
  const views = placesOf(file).map((place) => new View(file, place));
  const problems = [
    ...misspelledEnvironments(file),
    ...views.flatMap((view) => [...sizes(view), ...strategies(view), ...approvals(view), ...account(view)]),
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
        const message = `"${name}" in ${path.join('.')} is no environment of the file, which has ${shared.join(', ')}.`;
        return problemAt(
          file,
          keyNodeAt(file, path, name),
          message,
          `${suggestion(name, shared).trim()} A new one has to stand below environments too.`,
        );
      });
  });
}

function keyNodeAt(file: ParsedFile, path: readonly string[], name: string): Node | null {
  return entryAt(file, [...path, name])?.keyNode ?? null;
}

function* sizes(view: View): Generator<Problem> {
  const [min, max] = [view.number('min-capacity'), view.number('max-capacity')];
  const count = view.number('initial-instance-count');
  if (min !== null && max !== null && min > max) {
    yield view.problem(['min-capacity'], `min-capacity: ${min} is more than max-capacity, ${max}.`);
  } else if (min !== null && max !== null && count !== null && (count < min || count > max)) {
    const message = `initial-instance-count: ${count} is not within min-capacity ${min} and max-capacity ${max}.`;
    yield view.problem(['initial-instance-count'], message);
  }
  if ((min === null) !== (max === null)) {
    const [given, missing] =
      min === null ? ['max-capacity', 'min-capacity'] : ['min-capacity', 'max-capacity'];
    yield view.problem([given], `${given} is given without ${missing}.`, 'Give both or none.');
  }
  for (const name of ['invocations-per-instance', 'scale-in-cooldown', 'scale-out-cooldown']) {
    if (view.get(name) === null || max !== null) continue;
    yield view.problem([name], `${name} needs min-capacity and max-capacity.`);
  }
  yield* serverless(view);
}

function* serverless(view: View): Generator<Problem> {
  const names = ['serverless-memory-mb', 'serverless-max-concurrency'];
  if (names.every((name) => view.get(name) === null)) return;
  const memory = view.number('serverless-memory-mb');
  if (memory !== null && memory % 1024 !== 0) {
    yield view.problem(['serverless-memory-mb'], `serverless-memory-mb: ${memory} is no multiple of 1024.`);
  }
  for (const name of ['instance-type', 'initial-instance-count', 'max-capacity']) {
    if (view.get(name) === null) continue;
    const message = `${name} does not go with serverless inference.`;
    yield view.problem([name], message, 'Leave it out, or leave out the serverless-* inputs.');
  }
}

function* strategies(view: View): Generator<Problem> {
  const strategy = view.text('strategy') ?? 'all-at-once';
  const percent = view.get('step-percent');
  if (strategy !== 'all-at-once' && percent === null) {
    yield view.problem(
      ['strategy'],
      `strategy: "${strategy}" needs step-percent.`,
      'Add it, such as step-percent: 10.',
    );
  }
  if (strategy === 'all-at-once' && percent !== null) {
    const message = 'step-percent is given, but the strategy "all-at-once" has no steps.';
    yield view.problem(['step-percent'], message, 'Leave it out, or set strategy.');
  }
  const most = Math.max(view.number('initial-instance-count') ?? 0, view.number('max-capacity') ?? 0);
  if (strategy === 'canary' && most === 1) {
    yield view.problem(['strategy'], 'strategy: "canary" needs two instances or more, and there is one.');
  }
}

const GATE = 'approve-gate';

function* approvals(view: View): Generator<Problem> {
  const mode = view.text('approval');
  const approvers = listOf(view.text('approvers', GATE));
  if ((mode === 'wait' || mode === 'request') && approvers.length === 0) {
    yield view.problem(['approval'], `approval: "${mode}" needs approvers, so that somebody could approve.`);
  }
  const people = approvers.filter((name) => !name.includes('/'));
  const minimum = view.number('minimum-approvals', GATE) ?? 1;
  if (people.length > 0 && people.length === approvers.length && new Set(people).size < minimum) {
    const message = `minimum-approvals: ${minimum} is more than the ${new Set(people).size} people in approvers.`;
    yield view.problem(['minimum-approvals'], message, 'Add people or a team (org/team).', GATE);
  }
}

function* account(view: View): Generator<Problem> {
  const id = view.text('aws-account-id');
  for (const name of ['aws-role-arn', 'execution-role-arn']) {
    const arn = view.text(name);
    const other = arn === null ? null : (/^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1] ?? null);
    if (id === null || other === null || other === id) continue;
    yield view.problem([name], `${name}: the role is of the account ${other}, and aws-account-id is ${id}.`);
  }
}
