/**
 * The methods of Google's APIs, as their discovery documents have them (shapes/*.json; extract_shapes.py writes them), and
 * whether a request or an answer is one of them: a field that Google does not know is a mistake, here as there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

interface Method {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly request: string | null;
  readonly response: string;
}

interface Node {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly readOnly?: boolean;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node;
}

interface Document {
  readonly revision: string;
  readonly methods: Readonly<Record<string, Method>>;
  readonly schemas: Readonly<Record<string, Node>>;
}

const APIS = ['aiplatform.v1', 'monitoring.v3', 'logging.v2'] as const;

export interface Matched {
  /** Such as `projects.locations.endpoints.create`. */
  readonly name: string;
  /** The parts of the path that are names, in their order. */
  readonly names: readonly string[];
  problems(query: URLSearchParams, body: unknown): string[];
  /** Of an answer that is no error. */
  answerProblems(body: unknown): string[];
}

interface Known {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly query: ReadonlySet<string>;
  readonly request: ValidateFunction | null;
  readonly response: ValidateFunction;
}

/** Of every request (https://cloud.google.com/apis/docs/system-parameters). */
const ALWAYS = ['$alt', 'alt'];
/** Its body and answer are those of the container. */
const RAW = 'projects.locations.endpoints.rawPredict';

let known: readonly Known[] | null = null;

/** null where no API has such a method */
export function matchMethod(method: string, path: string): Matched | null {
  known ??= APIS.flatMap(load);
  for (const each of known) {
    const found = each.method === method ? each.path.exec(path) : null;
    if (found === null) continue;
    return {
      name: each.name,
      names: found.slice(1).map(decodeURIComponent),
      problems: (query, body) => problems(each, query, body),
      answerProblems: (body) =>
        each.name === RAW ? [] : invalid(each.response, body, `answer of ${each.name}`),
    };
  }
  return null;
}

function problems({ name, query, request }: Known, given: URLSearchParams, body: unknown): string[] {
  const unknown = [...given.keys()].filter((key) => !query.has(key) && !ALWAYS.includes(key));
  const wrong = unknown.map((key) => `${name}: Unknown query parameter "${key}".`);
  if (name === RAW) return wrong;
  if (request === null) return [...wrong, ...(body === undefined ? [] : [`${name}: takes no body.`])];
  return [...wrong, ...invalid(request, body ?? {}, name)];
}

function invalid(validate: ValidateFunction, value: unknown, name: string): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) => {
    const { additionalProperty } = params as { additionalProperty?: string };
    const what = additionalProperty === undefined ? message : `Unknown name "${additionalProperty}"`;
    return `${name}: ${what} at ${instancePath === '' ? 'the body' : instancePath}`;
  });
}

function load(api: (typeof APIS)[number]): Known[] {
  const file = join(import.meta.dirname, 'shapes', `${api}.json`);
  const { methods, schemas } = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const ajv = new Ajv({ allErrors: true, strict: false });
  for (const way of ['in', 'out'] as const)
    for (const [name, node] of Object.entries(schemas)) ajv.addSchema(schemaOf(node, way), `${way}-${name}`);
  const compiled = (id: string) => {
    const found = ajv.getSchema(id);
    if (found === undefined) throw new Error(`${api} has no schema ${id}.`);
    return found as ValidateFunction;
  };
  return Object.entries(methods).map(([name, { method, path, query, request, response }]) => ({
    name,
    method,
    path: pathOf(path),
    query: new Set(query),
    request: request === null ? null : compiled(`in-${request}`),
    response: compiled(`out-${response}`),
  }));
}

function pathOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^/${parts.join('([^/:]+)')}$`);
}

/** proto3 JSON (https://protobuf.dev/programming-guides/json/): 64-bit integers are texts. What only Google writes, nobody sends. */
function schemaOf(node: Node, way: 'in' | 'out'): object {
  if (node.$ref !== undefined) return { $ref: `${way}-${node.$ref}` };
  switch (node.type ?? 'any') {
    case 'object':
      return objectOf(node, way);
    case 'array':
      return { type: 'array', items: schemaOf(node.items ?? {}, way) };
    case 'integer':
      return { type: 'integer' };
    case 'number':
    case 'boolean':
      return { type: node.type };
    case 'string':
      return textOf(node);
    default:
      return {};
  }
}

function objectOf({ properties, additionalProperties }: Node, way: 'in' | 'out'): object {
  if (additionalProperties !== undefined)
    return { type: 'object', additionalProperties: schemaOf(additionalProperties, way) };
  const named = Object.entries(properties ?? {}).filter(
    ([, { readOnly }]) => way === 'out' || readOnly !== true,
  );
  const members = named.map(([name, each]) => [name, schemaOf(each, way)] as const);
  return { type: 'object', properties: Object.fromEntries(members), additionalProperties: false };
}

function textOf({ format, enum: values }: Node): object {
  if (values !== undefined) return { type: 'string', enum: values };
  if (format === 'int64' || format === 'uint64') return { type: 'string', pattern: '^-?\\d+$' };
  if (format === 'google-duration') return { type: 'string', pattern: '^\\d+(\\.\\d+)?s$' };
  if (format === 'google-datetime') return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T.*Z$' };
  return { type: 'string' };
}
