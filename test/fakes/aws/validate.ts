/**
 * Checks a request against its shape and puts it into the form that the handlers (and the SDK's types) know:
 * timestamps as Date, blobs as bytes. All that is wrong is told at once, in the services' own words.
 */
import { AwsError } from './errors.ts';
import type { ServiceShapes, Shape } from './shapes.ts';

export interface Checked {
  readonly input: Record<string, unknown>;
  readonly problems: readonly string[];
}

export function checkInput(service: ServiceShapes, operation: string, raw: unknown): Checked {
  const name = service.operations.get(operation);
  if (name === undefined || name === null) return { input: {}, problems: [] };
  const problems: string[] = [];
  const input = convert({ service, problems }, name, raw ?? {}, '');
  return { input: isRecord(input) ? input : {}, problems };
}

/** `2 validation errors detected: Value '…' at '…' failed to satisfy constraint: …; Value …` */
export function validationMessage(problems: readonly string[]): string {
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  return `${count} detected: ${problems.join('; ')}`;
}

interface Context {
  readonly service: ServiceShapes;
  readonly problems: string[];
}

function convert(context: Context, shapeName: string, value: unknown, path: string): unknown {
  const shape = context.service.shapes.get(shapeName);
  if (shape === undefined) throw new Error(`unknown shape ${shapeName}`);
  const problem = (constraint: string) =>
    context.problems.push(`Value '${show(value)}' at '${path}' failed to satisfy constraint: ${constraint}`);
  switch (shape.type) {
    case 'structure':
      return structure(context, shape, value, path);
    case 'list':
      if (!Array.isArray(value)) return wrongType(shape, path);
      size(shape, value.length, problem);
      return value.map((item, at) => convert(context, shape.member ?? '', item, `${path}.${at + 1}.member`));
    case 'map':
      return mapping(context, shape, value, path, problem);
    case 'string':
      if (typeof value !== 'string') return wrongType(shape, path);
      text(shape, value, problem);
      return value;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return numeric(shape, value, path, problem);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrongType(shape, path);
    case 'timestamp':
      return new Date(typeof value === 'number' ? value * 1000 : String(value));
    case 'blob':
      return Buffer.isBuffer(value) ? value : Buffer.from(String(value), 'base64');
    default:
      throw new Error(`no idea how to check a ${shape.type}`);
  }
}

function structure(context: Context, shape: Shape, value: unknown, path: string): unknown {
  if (!isRecord(value)) return wrongType(shape, path);
  const at = (member: string) => `${path}${path === '' ? '' : '.'}${camel(member)}`;
  const result: Record<string, unknown> = {};
  for (const required of shape.required ?? []) {
    if (value[required] === undefined || value[required] === null) {
      const where = `Value null at '${at(required)}'`;
      context.problems.push(`${where} failed to satisfy constraint: Member must not be null`);
    }
  }
  // A member that the service does not know is ignored, as AWS does.
  for (const [member, { shape: name }] of Object.entries(shape.members ?? {})) {
    const given = value[member];
    if (given !== undefined && given !== null) result[member] = convert(context, name, given, at(member));
  }
  return result;
}

function mapping(
  context: Context,
  shape: Shape,
  value: unknown,
  path: string,
  problem: (constraint: string) => void,
): unknown {
  if (!isRecord(value)) return wrongType(shape, path);
  size(shape, Object.keys(value).length, problem);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      convert(context, shape.key ?? '', key, `${path}.${key}.key`),
      convert(context, shape.value ?? '', item, `${path}.${key}.member`),
    ]),
  );
}

function numeric(shape: Shape, value: unknown, path: string, problem: (constraint: string) => void): unknown {
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof value !== 'number' || (whole && !Number.isInteger(value))) return wrongType(shape, path);
  if (shape.min !== undefined && value < shape.min)
    problem(`Member must have value greater than or equal to ${shape.min}`);
  if (shape.max !== undefined && value > shape.max)
    problem(`Member must have value less than or equal to ${shape.max}`);
  return value;
}

function text(shape: Shape, value: string, problem: (constraint: string) => void): void {
  if (shape.enum !== undefined && !shape.enum.includes(value))
    problem(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`);
  size(shape, Array.from(value).length, problem);
  if (shape.pattern !== undefined && !matcher(shape.pattern).test(value))
    problem(`Member must satisfy regular expression pattern: ${shape.pattern}`);
}

function size(shape: Shape, length: number, problem: (constraint: string) => void): void {
  if (shape.min !== undefined && length < shape.min)
    problem(`Member must have length greater than or equal to ${shape.min}`);
  if (shape.max !== undefined && length > shape.max)
    problem(`Member must have length less than or equal to ${shape.max}`);
}

const matchers = new Map<string, RegExp>();

/** AWS matches the whole value. The patterns are Java's; what JavaScript writes differently is rewritten. */
function matcher(pattern: string): RegExp {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  const ours = pattern
    .replaceAll('\\uD800\\uDC00-\\uDBFF\\uDFFF', '\\u{10000}-\\u{10FFFF}')
    .replaceAll('[\\p{Print}]', '[ -~]')
    .replaceAll('\\p{Print}', '[ -~]')
    .replace(/^\\A|\\z$/g, '');
  // Under `u` JavaScript takes fewer needless backslashes than Java does: only where there is no other way.
  const unicode = /\\p\{|\\u\{/.test(ours);
  const made = new RegExp(`^(?:${ours})$`, unicode ? 'su' : 's');
  matchers.set(pattern, made);
  return made;
}

function wrongType(shape: Shape, path: string): never {
  throw new AwsError(
    'SerializationException',
    `the value at '${path}' can not be converted to ${shape.type}`,
  );
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}
