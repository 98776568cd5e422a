/**
 * S3 and the SageMaker Model Registry as the outside sees them: moto, and in front of it what moto does not do: each
 * request is named as IAM names it and may be denied, and conditional writes of one key come one after the other.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { findProgram, freePort, startProcess, untilReady, type Process } from './processes.ts';

const run = promisify(execFile);

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';
/** Where install-moto.sh puts them. */
export const VENV = join(root, 'build/conformance/venv-aws/bin');

/** A request in the words of IAM. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly permissions: readonly Permission[];
  readonly bytes: number;
  status: number;
}

export interface S3Bed {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly asked: Asked[];
  /** Decides about every request from now on. */
  decide: (permission: Permission) => Promise<boolean>;
  /** Runs before a request goes on; may wait. */
  before: (asked: Asked) => Promise<void>;
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Runs the AWS CLI, past permissions and records; its standard output. */
  aws(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** What is missing, in words; null where it is all there. */
export async function missingForS3(): Promise<string | null> {
  for (const program of ['moto_server', 'aws']) {
    if ((await findProgram(program, [VENV])) === null) {
      return `skipped: ${program} is not installed (test/conformance/beds/install-moto.sh)`;
    }
  }
  return null;
}

export async function startS3Bed(): Promise<S3Bed> {
  const folder = await mkdtemp(join(tmpdir(), 's3-bed-'));
  const moto = await startMoto(folder);
  const front = new Front(moto.port);
  const server = createServer((request, response) => front.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const credentials = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret-access-key',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
  };
  return Object.assign(front, {
    url,
    port,
    env: { ...credentials, AWS_ENDPOINT_URL: url },
    aws: async (...args: string[]) => {
      const env = { ...process.env, ...credentials, AWS_ENDPOINT_URL: `http://127.0.0.1:${moto.port}` };
      return (await run(join(VENV, 'aws'), args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
    },
    stop: async () => {
      await close(server);
      await moto.process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function startMoto(folder: string): Promise<{ port: number; process: Process }> {
  const port = await freePort();
  const started = startProcess(join(VENV, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    log: join(folder, 'moto.log'),
    env: { ...process.env, MOTO_ACCOUNT_ID: ACCOUNT },
  });
  await untilReady(started, () =>
    fetch(`http://127.0.0.1:${port}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return { port, process: started };
}

class Front {
  readonly asked: Asked[] = [];
  decide: (permission: Permission) => Promise<boolean> = () => Promise.resolve(true);
  before: (asked: Asked) => Promise<void> = () => Promise.resolve();
  readonly #moto: number;
  #writes: Promise<unknown> = Promise.resolve();

  constructor(moto: number) {
    this.#moto = moto;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const { pathname, searchParams: query } = new URL(url, 'http://bed');
    const isApi = headers['x-amz-target'] !== undefined;
    // Small, and needed to know what is asked for.
    const body = isApi || method === 'POST' ? await buffer(request) : null;
    const path = decodeURIComponent(pathStyle(pathname, headers.host ?? ''));
    const permissions = isApi
      ? apiPermissions(String(headers['x-amz-target']), body)
      : s3Permissions(method, path, query, headers);
    const bytes = Number(headers['content-length'] ?? 0);
    const asked: Asked = { method, path, query, headers, permissions, bytes, status: 0 };
    this.asked.push(asked);
    for (const permission of permissions) {
      if (await this.decide(permission)) continue;
      asked.status = 403;
      deny(permission, isApi, method, request, response);
      return;
    }
    await this.before(asked);
    const onward = () => this.#onward(request, response, body, asked);
    const isConditional = headers['if-none-match'] !== undefined;
    await (isConditional ? (this.#writes = this.#writes.then(onward, onward)) : onward());
  }

  #onward(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer | null,
    asked: Asked,
  ): Promise<void> {
    const { method, url: path, headers } = request;
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { host: '127.0.0.1', port: this.#moto, method, path, headers },
        (answer) => {
          asked.status = answer.statusCode ?? 0;
          response.writeHead(asked.status, answer.headers);
          answer.pipe(response);
          answer.on('end', resolve);
        },
      );
      outgoing.on('error', reject);
      request.on('aborted', () => outgoing.destroy());
      response.on('close', resolve);
      if (body === null) request.pipe(outgoing);
      else outgoing.end(body);
    });
  }
}

/** `bucket.s3.region.amazonaws.com/key` as `/bucket/key`. */
function pathStyle(path: string, host: string): string {
  const bucket = /^(.+)\.s3[.-]/.exec(host)?.[1];
  return bucket === undefined ? path : `/${bucket}${path}`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function s3Permissions(
  method: string,
  path: string,
  query: URLSearchParams,
  headers: IncomingMessage['headers'],
): Permission[] {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const resource = key === '' ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`;
  const on = (action: string) => ({ action: `s3:${action}`, resource });
  if (key === '') return [on(query.has('uploads') ? 'ListBucketMultipartUploads' : 'ListBucket')];
  if (method === 'GET' || method === 'HEAD') return [on('GetObject')];
  if (method === 'DELETE') return [on(query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject')];
  const kms = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  const [, from] = /^\/?(.+)$/.exec(decodeURIComponent(String(headers['x-amz-copy-source'] ?? ''))) ?? [];
  return [
    ...(from === undefined ? [] : [{ action: 's3:GetObject', resource: `arn:aws:s3:::${from}` }]),
    on('PutObject'),
    ...(headers['x-amz-tagging'] === undefined ? [] : [on('PutObjectTagging')]),
    ...(kms === undefined
      ? []
      : [
          { action: 'kms:GenerateDataKey', resource: String(kms) },
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
          ...(query.has('uploads') ? [{ action: 'kms:Decrypt', resource: String(kms) }] : []),
        ]),
  ];
}

function apiPermissions(target: string, body: Buffer | null): Permission[] {
  const operation = target.slice(target.indexOf('.') + 1);
  const input = JSON.parse(body?.toString('utf8') ?? '{}') as Record<string, unknown>;
  const arn = (kind: string, name: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${kind}/${name}`;
  const group = typeof input.ModelPackageGroupName === 'string' ? input.ModelPackageGroupName : '';
  if (target.startsWith('AmazonEC2ContainerRegistry')) {
    const repository = typeof input.repositoryName === 'string' ? input.repositoryName : '';
    return [
      { action: `ecr:${operation}`, resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${repository}` },
    ];
  }
  const action = `sagemaker:${operation}`;
  if (operation === 'ListModelPackages') return [{ action, resource: '*' }];
  if (operation === 'CreateModelPackage') return [{ action, resource: arn('model-package', `${group}/*`) }];
  if (operation === 'DescribeModelPackage') return [{ action, resource: String(input.ModelPackageName) }];
  const resource = arn('model-package-group', group);
  const tags = (input.Tags as unknown[] | undefined)?.length
    ? [{ action: 'sagemaker:AddTags', resource }]
    : [];
  return [{ action, resource }, ...tags];
}

function deny(
  { action, resource }: Permission,
  isApi: boolean,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume();
  const said = `User: arn:aws:iam::${ACCOUNT}:user/ci is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  if (isApi) {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: 'AccessDeniedException', message: said }));
    return;
  }
  // S3 says which action it is only where it can say anything, and older S3-compatible servers never do.
  response.writeHead(403, { 'content-type': 'application/xml', connection: 'close' });
  const xml = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`;
  response.end(method === 'HEAD' ? undefined : xml);
}
