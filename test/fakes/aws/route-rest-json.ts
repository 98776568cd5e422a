/** REST services that take JSON: method and path say the operation, as botocore's models bind them. */
import { AwsError } from './errors.ts';
import type { RawRequest, Routed } from './route.ts';
import { carried, typed } from './route-rest.ts';
import { shapesOf, type HttpBinding, type ServiceShapes, type Shape } from './shapes.ts';
import { isRecord } from './validate.ts';

export function routeRestJson(service: string, request: RawRequest): Routed {
  const known = shapesOf(service);
  for (const [action, binding] of known.http) {
    const uri = matched(binding, request);
    if (uri === null) continue;
    const raw = membersOf(known, action, request, uri);
    return { service, action, protocol: 'rest-json', raw };
  }
  throw new AwsError('UnknownOperationException', `${request.method} ${request.url.pathname}`, 404);
}

/** The parts of the path by their names; null where it is another operation's. */
function matched(
  { method, path }: HttpBinding,
  request: RawRequest,
): Readonly<Record<string, string>> | null {
  if (request.method !== method) return null;
  const [template = '', query] = path.split('?');
  const [name = '', value] = query?.split('=') ?? [];
  // One operation of Lambda is told from another by a query alone.
  if (request.url.searchParams.get('List') !== (name === 'List' ? value : null)) return null;
  const pattern = template.replaceAll(/\{(\w+)\+?\}/g, (_, part: string) => `(?<${part}>[^/]+)`);
  const groups = new RegExp(`^${pattern}/?$`).exec(request.url.pathname);
  if (groups === null) return null;
  return Object.fromEntries(
    Object.entries(groups.groups ?? {}).map(([part, text]) => [part, decodeURIComponent(text)]),
  );
}

function membersOf(
  service: ServiceShapes,
  action: string,
  { headers, url, body }: RawRequest,
  uri: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const shape = service.shapes.get(service.operations.get(action) ?? '');
  if (shape === undefined) return {};
  const given =
    shape.payload === undefined ? fromWire(service, shape, parsed(body)) : { [shape.payload]: body };
  const result: Record<string, unknown> = isRecord(given) ? { ...given } : {};
  for (const [member, ref] of Object.entries(shape.members ?? {})) {
    const type = service.shapes.get(ref.shape)?.type ?? 'string';
    if (ref.in === 'uri') result[member] = uri[ref.as ?? member];
    else if (ref.in === 'querystring' && type === 'list') {
      const values = url.searchParams.getAll(ref.as ?? member);
      if (values.length > 0) result[member] = values;
    } else if (ref.in !== undefined) {
      const value = carried(ref, headers, url);
      if (value !== undefined) result[member] = typed(type, value);
    }
  }
  return result;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || '{}');
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
}

/** Members by their names in the model, whatever they are called on the way. */
function fromWire(service: ServiceShapes, shape: Shape | undefined, value: unknown): unknown {
  if (shape?.type === 'list' && Array.isArray(value))
    return value.map((item) => fromWire(service, service.shapes.get(shape.member ?? ''), item));
  if (shape?.type !== 'structure' || !isRecord(value)) return value;
  const members = Object.entries(shape.members ?? {}).flatMap(([member, ref]) => {
    const found = value[ref.as ?? member];
    if (ref.in !== undefined || found === undefined) return [];
    return [[member, fromWire(service, service.shapes.get(ref.shape), found)]];
  });
  return Object.fromEntries(members) as unknown;
}
