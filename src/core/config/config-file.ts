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
 * action with inputs of its own below it, which wins over the plain key.
 */
import { LineCounter, parseDocument, isMap, isScalar, type Document, type Node, type YAMLMap } from 'yaml';
import { UserError, type Problem } from '../errors.ts';
import type { ActionSpec, RawValue } from '../spec/action-spec.ts';
import { suggestion } from '../spec/input.ts';

export interface ConfigSelection {
  readonly action: string;
  readonly environment: string | null;
  readonly modelName: string | null;
}

export interface Config {
  /** The file's value for an input, with where it stands; null where the file says nothing. */
  lookup(input: string, selection: ConfigSelection): RawValue | null;
  /** Every environment that the file knows, for all models or for this one. */
  environmentsOf(modelName: string | null): readonly string[];
  readonly models: readonly string[];
}

type Level = Record<string, unknown>;

interface FileShape {
  defaults?: Level;
  environments?: Record<string, Level>;
  models?: Record<string, { defaults?: Level; environments?: Record<string, Level> }>;
}

/** Reads the file's text. @throws UserError with every problem, each with its line. */
export function parseConfig(source: string, fileName: string, specs: readonly ActionSpec[]): Config {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const checker = new ConfigChecker(fileName, lines, specs);
  checker.check(document);
  if (checker.problems.length > 0) throw UserError.of(checker.problems);
  const file = (document.toJS() ?? {}) as FileShape;
  return {
    lookup: (input, selection) => lookUp(file, fileName, input, selection),
    environmentsOf: (modelName) => {
      const own = modelName === null ? undefined : file.models?.[modelName]?.environments;
      return [...new Set([...Object.keys(file.environments ?? {}), ...Object.keys(own ?? {})])];
    },
    models: Object.keys(file.models ?? {}),
  };
}

function lookUp(
  file: FileShape,
  fileName: string,
  input: string,
  selection: ConfigSelection,
): RawValue | null {
  for (const { path, level } of levelsOf(file, selection)) {
    const own = level?.[selection.action];
    const value = isLevel(own) && input in own ? own[input] : level?.[input];
    if (value !== undefined && value !== null) return { text: asText(value), origin: `${fileName}, ${path}` };
  }
  return null;
}

function levelsOf(file: FileShape, { environment, modelName }: ConfigSelection) {
  const model = modelName === null ? undefined : file.models?.[modelName];
  const env = environment ?? '';
  return [
    { path: `models.${modelName}.environments.${env}`, level: model?.environments?.[env] },
    { path: `models.${modelName}.defaults`, level: model?.defaults },
    { path: `environments.${env}`, level: file.environments?.[env] },
    { path: 'defaults', level: file.defaults },
  ];
}

function isLevel(value: unknown): value is Level {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the user would have written as an input: lists one a line, maps as JSON. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Walks the document once and collects what is wrong, with line numbers. */
class ConfigChecker {
  readonly problems: Problem[] = [];
  readonly #fileName: string;
  readonly #lines: LineCounter;
  readonly #inputs = new Map<string, ActionSpec['inputs'][string]>();
  readonly #actions: ReadonlyMap<string, ActionSpec>;

  constructor(fileName: string, lines: LineCounter, specs: readonly ActionSpec[]) {
    this.#fileName = fileName;
    this.#lines = lines;
    this.#actions = new Map(specs.map((spec) => [spec.name, spec]));
    for (const spec of specs) {
      for (const [name, input] of Object.entries(spec.inputs)) this.#inputs.set(name, input);
    }
  }

  check(document: Document.Parsed): void {
    for (const error of document.errors) {
      const line = this.#lines.linePos(error.pos[0]).line;
      this.problems.push({ where: `${this.#fileName}:${line}`, message: error.message.split('\n')[0] ?? '' });
    }
    if (this.problems.length > 0 || document.contents === null) return;
    this.#eachKey(document.contents, 'the file', ['defaults', 'environments', 'models'], {
      defaults: (node) => this.#level(node, 'defaults'),
      environments: (node) => this.#named(node, 'environments', (child, path) => this.#level(child, path)),
      models: (node) => this.#named(node, 'models', (child, path) => this.#model(child, path)),
    });
  }

  #model(node: Node | null, path: string): void {
    this.#eachKey(node, path, ['defaults', 'environments'], {
      defaults: (child) => this.#level(child, `${path}.defaults`),
      environments: (child) =>
        this.#named(child, `${path}.environments`, (level, levelPath) => this.#level(level, levelPath)),
    });
  }

  #eachKey(
    node: Node | null,
    path: string,
    known: readonly string[],
    visit: Record<string, (child: Node | null) => void>,
  ): void {
    for (const { key, value, keyNode } of this.#entries(node, path)) {
      const visitor = Object.hasOwn(visit, key) ? visit[key] : undefined;
      if (visitor) visitor(value);
      else {
        const fix = `${path} may have ${known.join(', ')}.${suggestion(key, known)}`;
        this.#problem(keyNode, `"${key}" is not known here.`, fix);
      }
    }
  }

  #named(node: Node | null, path: string, visit: (child: Node | null, path: string) => void): void {
    for (const { key, value } of this.#entries(node, path)) visit(value, `${path}.${key}`);
  }

  #level(node: Node | null, path: string): void {
    for (const { key, value, keyNode } of this.#entries(node, path)) {
      const action = this.#actions.get(key);
      if (action && isMap(value)) this.#actionLevel(value, action, `${path}.${key}`);
      else this.#input(key, value, keyNode, this.#inputs, path);
    }
  }

  #actionLevel(node: YAMLMap, action: ActionSpec, path: string): void {
    const inputs = new Map(Object.entries(action.inputs));
    for (const { key, value, keyNode } of this.#entries(node, path))
      this.#input(key, value, keyNode, inputs, path);
  }

  #input(
    key: string,
    value: Node | null,
    keyNode: Node | null,
    known: ReadonlyMap<string, ActionSpec['inputs'][string]>,
    path: string,
  ): void {
    const input = known.get(key);
    if (!input) {
      this.#problem(keyNode, `"${key}" in ${path} is not an input.`, suggestion(key, known.keys()).trim());
    } else if (input.secret) {
      this.#problem(keyNode, `"${key}" is a secret and must not stand in a file.`, 'Pass it as an input.');
    } else if (key === 'config-file' || key === 'environment' || key === 'model-name') {
      this.#problem(keyNode, `"${key}" chooses what is read from this file and cannot stand in it.`);
    } else this.#parses(key, value, input);
  }

  #parses(key: string, value: Node | null, input: ActionSpec['inputs'][string]): void {
    const plain: unknown = isScalar(value) ? value.value : (value?.toJSON() as unknown);
    const text = plain === null || plain === undefined ? '' : asText(plain).trim();
    if (text === '') return;
    try {
      input.parse(text);
    } catch (error) {
      const shown = input.quotable ? `"${text}"` : 'the value';
      this.#problem(value, `${key}: ${shown} ${(error as Error).message}`);
    }
  }

  #entries(node: Node | null, path: string): { key: string; value: Node | null; keyNode: Node | null }[] {
    if (node === null || (isScalar(node) && node.value === null)) return [];
    if (!isMap(node)) {
      this.#problem(node, `${path} must be a map of names to values.`);
      return [];
    }
    return node.items.map((pair) => ({
      key: isScalar(pair.key) ? String(pair.key.value) : String(pair.key),
      value: pair.value as Node | null,
      keyNode: pair.key as Node | null,
    }));
  }

  #problem(node: Node | null, message: string, fix?: string): void {
    const line = node?.range ? this.#lines.linePos(node.range[0]).line : 1;
    this.problems.push({ where: `${this.#fileName}:${line}`, message, ...(fix ? { fix } : {}) });
  }
}
