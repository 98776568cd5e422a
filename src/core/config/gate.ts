/**
 * The gate in ml-deploy.yml. A gate that is not there must have been meant so: whoever empties a list, comments names out,
 * or sets a quorum without naming anybody gets an error with its line, and no release without a gate.
 */
import { isMap, isScalar } from 'yaml';
import { parseApprovers } from '../approval/approvers.ts';
import type { Problem } from '../errors.ts';
import { levelPaths } from './levels.ts';
import { entryAt, plainOf, problemAt, resolved, asText, type Entry, type ParsedFile } from './located.ts';
import { listOf, type View } from './view.ts';

const GATE = 'approve-gate';
/** They say how somebody decides, so somebody has to. */
const GATE_SETTINGS = [
  'minimum-approvals',
  'exclude-initiator',
  'allow-read-access',
  'approve-words',
  'deny-words',
  'reminder-minutes',
  'issue-title',
];
/** What people write who mean that there are no approvers; each could be somebody's login. */
const NOBODY = [
  'none',
  'nobody',
  'no',
  'off',
  'false',
  'null',
  'nil',
  'tbd',
  'todo',
  'n/a',
  'all',
  'anyone',
  'any',
];

export function* gateProblems(view: View): Generator<Problem> {
  yield* emptied(view);
  yield* names(view);
  const mode = view.text('approval');
  const approvers = listOf(view.text('approvers', GATE));
  if ((mode === 'wait' || mode === 'request') && approvers.length === 0) {
    yield view.problem(['approval'], `approval: "${mode}" needs approvers.`);
  }
  if (mode === null && approvers.length === 0) yield* settingsWithoutGate(view);
  yield* contradiction(view, mode);
  yield* quorum(view, approvers);
}

/** Keys that are there and say nothing. */
function* emptied({ file, place }: View): Generator<Problem> {
  for (const path of levelPaths({ ...place, modelName: place.model })) {
    for (const at of [path, [...path, GATE]]) {
      const approvers = entryAt(file, [...at, 'approvers']);
      if (approvers !== null && listOf(textOf(approvers, file)).length === 0) {
        yield nothing(file, approvers, 'approvers', 'Name users and org/team.');
      }
    }
    const approval = entryAt(file, [...path, 'approval']);
    if (approval !== null && textOf(approval, file).trim() === '') {
      yield nothing(file, approval, 'approval', 'Set it to none, wait, request or environment.');
    }
    const around = entryAt(file, [...path, 'github-environment']);
    if (around !== null && textOf(around, file).trim() === '') {
      const message = 'github-environment is empty, so the release would run in no environment.';
      yield problemAt(
        file,
        around.keyNode,
        message,
        'Name an environment of the repository, or remove the key.',
      );
    }
    const gate = entryAt(file, [...path, GATE]);
    const map = resolved(gate?.value ?? null, file);
    if (gate !== null && isMap(map) && map.items.length === 0) {
      yield nothing(file, gate, GATE, 'Name approvers below it.');
    }
  }
}

function nothing(file: ParsedFile, { keyNode }: Entry, key: string, what: string): Problem {
  const message = `${key} is empty, so there would be no gate.`;
  return problemAt(file, keyNode, message, `${what} Remove it, or set approval: none if you want no gate.`);
}

/** '' for null, and for a list of nothing but nulls. */
function textOf({ value }: Entry, file: ParsedFile): string {
  const node = resolved(value, file);
  if (node === null || (isScalar(node) && node.value === null)) return '';
  const plain = plainOf(node, file);
  return Array.isArray(plain)
    ? plain.map((item) => (item === null ? '' : asText(item))).join('\n')
    : asText(plain);
}

function* names(view: View): Generator<Problem> {
  const approvers = listOf(view.text('approvers', GATE));
  for (const name of approvers.filter((one) => NOBODY.includes(one.toLowerCase()))) {
    const fix = 'Name users and org/team. If you want no gate, remove approvers and set approval: none.';
    yield view.problem(
      ['approvers'],
      `approvers: "${name}" would be read as the login of a user.`,
      fix,
      GATE,
    );
  }
  for (const { message, fix } of parseApprovers(approvers).problems) {
    if (NOBODY.some((word) => message.startsWith(`"${word}"`))) continue;
    yield view.problem(['approvers'], `approvers: ${message}`, fix, GATE);
  }
}

function* settingsWithoutGate(view: View): Generator<Problem> {
  for (const name of GATE_SETTINGS) {
    if (view.get(name, GATE) === null) continue;
    const message = `${name} is set without approvers, so there would be no gate.`;
    const fix = 'Name approvers, or set approval: none for this environment.';
    yield view.problem([name], message, fix, GATE);
    return;
  }
}

/** Approvers of this very environment, and no gate in it. Those of a less specific level are switched off by it. */
function* contradiction(view: View, mode: string | null): Generator<Problem> {
  if (mode !== 'none') return;
  const off = view.get('approval');
  const approvers = view.get('approvers', GATE);
  if (approvers === null || off?.level !== approvers.level) return;
  const message = 'approval: "none" is set together with approvers, who would not be asked.';
  yield view.problem(['approval'], message, 'Remove one of them.');
}

function* quorum(view: View, approvers: readonly string[]): Generator<Problem> {
  const people = approvers.filter((name) => !name.includes('/'));
  const minimum = view.number('minimum-approvals', GATE) ?? 1;
  if (people.length > 0 && people.length === approvers.length && new Set(people).size < minimum) {
    const message = `minimum-approvals: ${minimum} is more than the ${new Set(people).size} people in approvers.`;
    yield view.problem(['minimum-approvals'], message, 'Add people or a team (org/team).', GATE);
  }
}
