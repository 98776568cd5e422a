import { AwsError } from './errors.ts';
import type { RawRequest, Routed } from './route.ts';
import { shapesOf, type MemberRef } from './shapes.ts';

/** `POST /endpoints/<name>/invocations` */
export function routeRuntime(request: RawRequest): Routed {
  const name = /^\/endpoints\/([^/]+)\/invocations$/.exec(request.url.pathname)?.[1];
  if (request.method !== 'POST' || name === undefined) {
    throw new AwsError('UnknownOperationException', `${request.method} ${request.url.pathname}`, 404);
  }
  const raw = restMembers('sagemaker-runtime', 'InvokeEndpoint', request, {
    EndpointName: decodeURIComponent(name),
  });
  return { service: 'sagemaker-runtime', action: 'InvokeEndpoint', protocol: 'runtime', raw };
}

/** Path style (`/bucket/key`), and virtual-hosted style for hosts below `localhost`. */
export function routeS3(request: RawRequest): Routed {
  const { Bucket, Key } = bucketAndKey(request);
  const action = s3Action(request, Key);
  const raw = restMembers('s3', action, request, { Bucket, ...(Key === '' ? {} : { Key }) });
  return { service: 's3', action, protocol: 's3', raw };
}

function bucketAndKey({ url, headers }: RawRequest): { Bucket: string; Key: string } {
  const host = /^(.+)\.localhost(:\d+)?$/.exec(headers.host ?? '')?.[1];
  const path = decodeURIComponent(url.pathname.slice(1));
  if (host !== undefined) return { Bucket: host, Key: path };
  const slash = path.indexOf('/');
  return slash < 0 ? { Bucket: path, Key: '' } : { Bucket: path.slice(0, slash), Key: path.slice(slash + 1) };
}

function s3Action({ method, url }: RawRequest, key: string): string {
  const query = url.searchParams;
  const of = (actions: Readonly<Record<string, string>>) => {
    const action = actions[method];
    if (action === undefined) throw new AwsError('MethodNotAllowed', `${method} ${url.pathname}`, 405);
    return action;
  };
  if (key === '') {
    if (query.has('location')) return of({ GET: 'GetBucketLocation' });
    return of({ GET: 'ListObjectsV2', HEAD: 'HeadBucket' });
  }
  if (query.has('uploads')) return of({ POST: 'CreateMultipartUpload' });
  if (query.has('uploadId'))
    return of({ PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' });
  return of({ GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' });
}

/** The members that the shape puts into headers, query and path. */
function restMembers(
  service: string,
  action: string,
  { headers, url, body }: RawRequest,
  uri: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const { operations, shapes } = shapesOf(service);
  const shape = shapes.get(operations.get(action) ?? '');
  const result: Record<string, unknown> = { ...uri };
  for (const [member, ref] of Object.entries(shape?.members ?? {})) {
    const value = carried(ref, headers, url);
    if (value !== undefined) result[member] = typed(shapes.get(ref.shape)?.type ?? 'string', value);
  }
  if (
    shape?.payload !== undefined &&
    shapes.get(shape.members?.[shape.payload]?.shape ?? '')?.type === 'blob'
  )
    result[shape.payload] = body;
  return result;
}

export function carried(ref: MemberRef, headers: RawRequest['headers'], url: URL): string | undefined {
  const name = ref.as ?? '';
  if (ref.in === 'querystring') return url.searchParams.get(name) ?? undefined;
  const header = ref.in === 'header' ? headers[name.toLowerCase()] : undefined;
  return Array.isArray(header) ? header.join(',') : header;
}

export function typed(type: string, value: string): unknown {
  if (type === 'integer' || type === 'long') return Number(value);
  if (type === 'boolean') return value === 'true';
  return value;
}
