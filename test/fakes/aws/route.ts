/** Which service and operation a request is for, as the services tell from target header, path and signature. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './errors.ts';
import { routeRuntime, routeS3 } from './route-rest.ts';
import { routeRestJson } from './route-rest-json.ts';
import { shapesOf } from './shapes.ts';

export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Protocol = 'json' | 'query' | 's3' | 'runtime' | 'rest-json';

export interface Routed {
  readonly service: string;
  readonly action: string;
  readonly protocol: Protocol;
  /** The members as they came, not checked yet. */
  readonly raw: unknown;
  /** Whether the answer is read from the record of the call, and not from its text. */
  readonly unwritten?: boolean;
}

const JSON_SERVICES = [
  'sagemaker',
  'application-autoscaling',
  'cloudwatch',
  'logs',
  'ecr',
  'service-quotas',
  'events',
] as const;

/** By the name that requests are signed for. */
const REST_JSON_SERVICES: Readonly<Record<string, string>> = { lambda: 'lambda', apigateway: 'apigateway' };

export function route(request: RawRequest): Routed {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return routeJson(request, target);
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    return routeQuery(request);
  }
  const signed = signedFor(request);
  const service = REST_JSON_SERVICES[signed];
  // Two services are signed for by one name.
  const isSecond = service === 'apigateway' && request.url.pathname.startsWith('/v2/');
  if (service !== undefined) return routeRestJson(isSecond ? 'apigatewayv2' : service, request);
  return signed === 's3' ? routeS3(request) : routeRuntime(request);
}

function routeJson(request: RawRequest, target: string): Routed {
  const [prefix = '', action = ''] = target.split('.');
  const service = JSON_SERVICES.find((name) => shapesOf(name).target === prefix);
  if (service === undefined || !shapesOf(service).operations.has(action)) throw unknownOperation(target);
  try {
    const raw: unknown = JSON.parse(request.body.toString() || '{}');
    return { service, action, protocol: 'json', raw };
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON');
  }
}

function routeQuery(request: RawRequest): Routed {
  const { Action: action = '', ...raw } = Object.fromEntries(new URLSearchParams(request.body.toString()));
  const service = ['sts', 'iam'].find((name) => shapesOf(name).operations.has(action));
  if (service === undefined) throw new AwsError('InvalidAction', `Could not find operation ${action}`);
  return { service, action, protocol: 'query', raw: withNumbers(service, action, raw) };
}

/** The query protocol writes numbers as text. */
function withNumbers(service: string, action: string, raw: Readonly<Record<string, string>>): object {
  const { operations, shapes } = shapesOf(service);
  const members = shapes.get(operations.get(action) ?? '')?.members ?? {};
  const isNumber = (name: string) => shapes.get(members[name]?.shape ?? '')?.type === 'integer';
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, isNumber(name) ? Number(value) : value]),
  );
}

/** The service in `Credential=<key>/<date>/<region>/<service>/aws4_request`; '' where nothing is signed. */
export function signedFor({ headers, url }: RawRequest): string {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const scope = (credential ?? url.searchParams.get('X-Amz-Credential') ?? '').split('/');
  return scope[3] ?? '';
}

export function unknownOperation(what: string): AwsError {
  return new AwsError('UnknownOperationException', `The fake has no operation ${what}.`, 400);
}
