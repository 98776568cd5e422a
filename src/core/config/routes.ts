/** How releases travel: branches, promotions from one environment to the next, and who owns which endpoint. */
import type { Problem } from '../errors.ts';
import { suggestion } from '../spec/input.ts';
import { lineOf, problemAt, type ParsedFile } from './located.ts';
import { environmentsOf } from './setting.ts';
import { listOf, type View } from './view.ts';

export function routeProblems(file: ParsedFile, views: readonly View[]): Problem[] {
  return [
    ...views.flatMap((view) => [...promotion(file, view)]),
    ...sharedBranches(file, views),
    ...sharedEndpoints(file, views),
  ];
}

function* promotion(file: ParsedFile, view: View): Generator<Problem> {
  const from = view.text('promote-from');
  if (from === null) return;
  const known = environmentsOf(file, view.place.model);
  const others = known.filter((name) => name !== view.place.environment);
  if (from === view.place.environment) {
    yield view.problem(['promote-from'], `promote-from: "${from}" is the environment itself.`);
  } else if (!known.includes(from)) {
    const message = `promote-from: "${from}" is not an environment of the file; it has ${others.join(', ') || 'no other'}.`;
    yield view.problem(['promote-from'], message, suggestion(from, others).trim());
  } else if (isCircle(view)) {
    yield view.problem(
      ['promote-from'],
      `promote-from: "${from}" is itself promoted from "${view.place.environment ?? ''}".`,
    );
  } else if (storeOf(view) === null) {
    const message = 'promote-from needs an artifact store that is kept after the job, but none is set.';
    yield view.problem(
      ['promote-from'],
      message,
      'Set destination to s3://bucket/prefix, gs://bucket/prefix, to a container of Azure Blob, or to a file:/// folder that all jobs can access.',
    );
  }
}

function isCircle(view: View): boolean {
  const { place } = view;
  const seen = new Set<string | null>();
  let environment: string | null = view.text('promote-from');
  while (environment !== null && !seen.has(environment)) {
    if (environment === place.environment) return true;
    seen.add(environment);
    environment = view.at({ ...place, environment }).text('promote-from');
  }
  return false;
}

/** Where release records are kept, as the workflow will have it. */
export function storeOf(view: View): string | null {
  return view.text('artifact-store') ?? view.text('destination', 'package-model');
}

/** A push would not know where to go. */
function sharedBranches(file: ParsedFile, views: readonly View[]): Problem[] {
  const owners = new Map<string, View>();
  return views.flatMap((view) =>
    listOf(view.text('branch')).flatMap((branch) => {
      const key = JSON.stringify([view.place.model, branch]);
      const owner = owners.get(key);
      owners.set(key, owner ?? view);
      if (owner === undefined) return [];
      const message = `branch: "${branch}" already belongs to "${owner.place.environment ?? ''}", on line ${lineOf(file, owner.get('branch')?.node ?? null)}.`;
      return [problemAt(file, view.get('branch')?.node ?? null, message)];
    }),
  );
}

/** Two releases would overwrite each other. One value that several inherit is left to the step's own inputs. */
function sharedEndpoints(file: ParsedFile, views: readonly View[]): Problem[] {
  const owners = new Map<string, View>();
  return views.flatMap((view) => {
    const name = view.get('endpoint-name');
    if (name === null) return [];
    const key = JSON.stringify([
      name.text.trim(),
      ...['target', 'aws-account-id', 'aws-region'].map((k) => view.text(k)),
    ]);
    const owner = owners.get(key);
    owners.set(key, owner ?? view);
    const other = owner?.get('endpoint-name')?.node ?? null;
    if (other === null || other === name.node) return [];
    const message = `endpoint-name: "${name.text.trim()}" is also on line ${lineOf(file, other)}, for ${nameOf(owner)}.`;
    return [problemAt(file, name.node, message, 'Give each model and environment its own endpoint.')];
  });
}

function nameOf(view: View | undefined): string {
  const { model = null, environment = null } = view?.place ?? {};
  return [model, environment].filter((name) => name !== null).join(' in ') || 'another place';
}
