/** What belongs where in ml-deploy.yml: names, types and values, each by itself. */
import { isMap, type Node, type YAMLMap } from 'yaml';
import type { Problem } from '../errors.ts';
import { commonInputs, type ActionSpec } from '../spec/action-spec.ts';
import { livesNow, moveTo } from '../spec/former-names.ts';
import { isGroup, type Members } from '../spec/group.ts';
import { suggestion, type Input } from '../spec/input.ts';
import { ALIASES, environmentKeys } from './environment-keys.ts';
import { groupProblems } from './group-shape.ts';
import {
  asText,
  entriesOf,
  isEmpty,
  plainOf,
  problemAt,
  resolved,
  type Entry,
  type ParsedFile,
} from './located.ts';
import { kindProblem, parseProblem, sameSchema } from './value-problems.ts';

/** Names of inputs, each with the actions that have it: they may mean different things. */
type Inputs = ReadonlyMap<string, readonly Taker[]>;

interface Taker {
  /** '' for an environment's own key. */
  readonly action: string;
  readonly input: Input<unknown>;
}

/** A place for settings: what its keys may be. */
interface Level {
  readonly path: string;
  readonly inputs: Inputs;
  /** Whether it belongs to one environment. */
  readonly ofEnvironment: boolean;
}

const KEYS = takersOf([['', environmentKeys]]);

function takersOf(actions: readonly (readonly [string, Readonly<Record<string, Input<unknown>>>])[]): Inputs {
  const takers = new Map<string, Taker[]>();
  for (const [action, inputs] of actions) {
    for (const [name, input] of Object.entries(inputs)) {
      takers.set(name, [...(takers.get(name) ?? []), { action, input }]);
    }
  }
  return takers;
}

/** The members that the actions have in a group of that name, all together; null if it is no group. */
function membersOf(takers: readonly Taker[]): Members | null {
  const groups = takers.map(({ input }) => input).filter(isGroup);
  return groups.length === 0 ? null : (Object.assign({}, ...groups.map(({ members }) => members)) as Members);
}

/** One input for each name: which action it is of makes no difference to whether there is one. */
function anyOf(inputs: Inputs): Members {
  return Object.fromEntries([...inputs].flatMap(([name, [taker]]) => (taker ? [[name, taker.input]] : [])));
}

/** Those that plain keys reach, or those that they do not. */
function inputsThat(inputs: ActionSpec['inputs'], belowActionOnly: boolean): ActionSpec['inputs'] {
  const entries = Object.entries(inputs);
  return Object.fromEntries(entries.filter(([, input]) => input.belowActionOnly === belowActionOnly));
}

export function shapeProblems(file: ParsedFile, specs: readonly ActionSpec[]): Problem[] {
  const checker = new ShapeChecker(file, specs);
  checker.check();
  return checker.problems;
}

/** Walks the document once and collects what is wrong, with line numbers. */
class ShapeChecker {
  readonly problems: Problem[] = [];
  readonly #file: ParsedFile;
  readonly #inputs: Inputs;
  readonly #belowActionOnly: Inputs;
  readonly #actions: ReadonlyMap<string, ActionSpec>;

  constructor(file: ParsedFile, specs: readonly ActionSpec[]) {
    this.#file = file;
    this.#actions = new Map(specs.map((spec) => [spec.name, spec]));
    const reached = (belowActionOnly: boolean) =>
      takersOf(specs.map(({ name, inputs }) => [name, inputsThat(inputs, belowActionOnly)]));
    this.#inputs = reached(false);
    this.#belowActionOnly = reached(true);
  }

  check(): void {
    const { document } = this.#file;
    if (document.contents === null) return;
    this.#eachKey(document.contents, 'the file', {
      defaults: (node) => this.#level(node, 'defaults', false),
      environments: (node) => this.#environments(node, 'environments'),
      models: (node) => this.#named(node, 'models', (child, path) => this.#model(child, path)),
    });
  }

  #model(node: Node | null, path: string): void {
    this.#eachKey(node, path, {
      defaults: (child) => this.#level(child, `${path}.defaults`, false),
      environments: (child) => this.#environments(child, `${path}.environments`),
    });
  }

  #environments(node: Node | null, path: string): void {
    this.#named(node, path, (child, childPath, { key, keyNode }) => {
      this.#environmentName(key, keyNode);
      this.#level(child, childPath, true);
    });
  }

  #environmentName(name: string, node: Node | null): void {
    try {
      commonInputs.environment.parse(name);
    } catch (error) {
      this.#problem(node, `the environment's name "${name}" ${(error as Error).message}`);
    }
  }

  #eachKey(
    node: Node | null,
    path: string,
    visit: Readonly<Record<string, (child: Node | null) => void>>,
  ): void {
    const known = Object.keys(visit);
    for (const { key, value, keyNode } of this.#entries(node, path)) {
      const visitor = Object.hasOwn(visit, key) ? visit[key] : undefined;
      if (visitor) visitor(value);
      else {
        const fix = `${path} may have ${known.join(', ')}.${suggestion(key, known)}`;
        this.#problem(keyNode, `"${key}" is not a known key here.`, fix);
      }
    }
  }

  #named(
    node: Node | null,
    path: string,
    visit: (child: Node | null, path: string, entry: Entry) => void,
  ): void {
    for (const entry of this.#entries(node, path)) visit(entry.value, `${path}.${entry.key}`, entry);
  }

  #level(node: Node | null, path: string, ofEnvironment: boolean): void {
    const level: Level = { path, inputs: this.#inputs, ofEnvironment };
    for (const entry of this.#entries(node, path)) {
      const action = this.#actions.get(entry.key);
      const value = resolved(entry.value, this.#file);
      if (action && isMap(value)) this.#actionLevel(value, action, `${path}.${entry.key}`);
      else if (action) this.#problem(entry.keyNode, `${path}.${entry.key} must be a map of inputs.`);
      else this.#setting(entry, level);
    }
  }

  #actionLevel(node: YAMLMap, action: ActionSpec, path: string): void {
    const level: Level = { path, inputs: takersOf([[action.name, action.inputs]]), ofEnvironment: false };
    for (const entry of entriesOf(node)) this.#setting(entry, level);
  }

  #setting(entry: Entry, level: Level): void {
    const members = membersOf(level.inputs.get(entry.key) ?? []);
    if (members === null) this.#plain(entry, level);
    else {
      const path = `${level.path}.${entry.key}`;
      this.problems.push(...groupProblems(this.#file, entry, members, path, anyOf(this.#inputs)));
    }
  }

  #plain({ key, value, keyNode }: Entry, { path, inputs, ofEnvironment }: Level): void {
    const own = KEYS.get(key);
    const takers = inputs.get(key) ?? (ofEnvironment ? own : undefined);
    const [owner] = this.#belowActionOnly.get(key) ?? [];
    if (!takers && owner) {
      const fix = `Move it below ${owner.action}.`;
      this.#problem(keyNode, `"${key}" in ${path} belongs to ${owner.action}.`, fix);
    } else if (!takers && own) {
      this.#problem(
        keyNode,
        `"${key}" in ${path} belongs to one environment.`,
        'Move it below environments.<name>.',
      );
    } else if (!takers) {
      const known = [...inputs.keys(), ...(ofEnvironment ? KEYS.keys() : [])];
      this.#problem(keyNode, `"${key}" in ${path} is not an input.`, this.#instead(key, known));
    } else if (takers.some(({ input }) => input.secret)) {
      this.#problem(keyNode, `"${key}" is a secret and must not be in a file.`, 'Pass it as an input.');
    } else if (key in commonInputs) {
      this.#problem(keyNode, `"${key}" decides what is read from this file, so it cannot be in it.`);
    } else this.#value(key, value ?? keyNode, takers);
  }

  #instead(key: string, known: readonly string[]): string {
    const alias = ALIASES[key];
    if (alias !== undefined && known.includes(alias)) return `Did you mean "${alias}"?`;
    const now = livesNow(key, [...this.#actions.values()]);
    if (now !== null) return moveTo(now);
    const owners = [...this.#actions.values()].filter(({ inputs }) => Object.hasOwn(inputs, key));
    if (owners.length === 0) return suggestion(key, known).trim();
    return `It is an input of ${owners.map(({ name }) => name).join(' and of ')}.`;
  }

  /** The value goes to every action that has the input, so each has to take it. */
  #value(key: string, node: Node | null, takers: readonly Taker[]): void {
    const value = resolved(node, this.#file);
    const plain = plainOf(value, this.#file);
    if (isEmpty(value) || asText(plain).trim() === '') return;
    for (const { action, input } of takers) {
      const kind = kindProblem(this.#file, value, input);
      const wrong = kind ?? parseProblem(asText(plain).trim(), input);
      if (wrong === null) continue;
      const isShared = kind === null && takers.some((other) => !sameSchema(other.input, input));
      const whose = isShared ? `This is the input of ${action}; other actions can have their own value.` : '';
      this.#problem(node, `${key}: ${wrong.message}`, [wrong.fix, whose].filter(Boolean).join(' '));
      return;
    }
  }

  #entries(node: Node | null, path: string): Entry[] {
    const map = resolved(node, this.#file);
    if (isEmpty(map)) return [];
    if (isMap(map)) return entriesOf(map);
    this.#problem(node, `${path} must be a map of names to values.`);
    return [];
  }

  #problem(node: Node | null, message: string, fix?: string): void {
    this.problems.push(problemAt(this.#file, node, message, fix));
  }
}
