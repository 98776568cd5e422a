/**
 * ECR as the outside sees it, made of other people's servers: moto answers the API, a docker-registry the registry's
 * own protocol. What joins them stands here: the host names of AWS (behind a proxy, with a certificate authority of its
 * own), the permissions (each request is named as IAM names it), and that an image which is pushed is known to the API
 * too, with moto's word on immutable tags.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { root } from '../../../scripts/lib/paths.ts';
import { sha256 } from '../../../src/core/canonical-json.ts';
import { makeCertificates, missingForCertificates } from './certificates.ts';
import { startConnectProxy, type ConnectProxy } from './connect-proxy.ts';
import { startRegistry } from './docker-bed.ts';
import { findProgram, freePort, startProcess, untilReady, type Process } from './processes.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';
export const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
/** moto has one account; that it is asked for another one's registry is seen in the requests. */
export const OTHER_HOST = `999999999999.dkr.ecr.${REGION}.amazonaws.com`;
/** bcrypt of the password in moto's authorization token. */
const HTPASSWD = 'AWS:$2b$04$Xz0EIsmCwAC6fQQ6D1zp5ODKdqtir7hrG14/MDeeY5IrTvOJMwNLy\n';

/** Where install-moto.sh puts it. */
const PYTHON = join(root, 'build/conformance/venv-aws/bin');

/** A request in the words of IAM. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

export interface EcrBed {
  readonly proxy: ConnectProxy;
  /** For the action and for the daemon: AWS can be reached by the proxy only. */
  readonly env: Readonly<Record<string, string>>;
  readonly daemonEnv: Readonly<Record<string, string>>;
  /** Every request that was made, allowed or not. */
  readonly asked: Permission[];
  /** Decides about every request from now on. */
  allow(decide: (permission: Permission) => Promise<boolean>): void;
  /** Calls ECR's API, past permissions and proxy. */
  ecr(operation: string, input: object): Promise<Record<string, unknown>>;
  /** Lets the next looks at a scan, so many, find it under way: moto's scans are done at once. */
  delayScan(looks: number): void;
  /** Manifests that were pushed, by any tag. */
  pushes(): number;
  stop(): Promise<void>;
}

export async function missingForEcr(): Promise<string | null> {
  const moto = await findProgram('moto_server', [PYTHON]);
  if (moto === null) return 'skipped: moto is not installed (test/conformance/beds/install-moto.sh)';
  return missingForCertificates();
}

export async function startEcrBed(): Promise<EcrBed> {
  const folder = await mkdtemp(join(tmpdir(), 'ecr-bed-'));
  const processes: Process[] = [];
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of stops.toReversed()) await end();
  };
  try {
    stops.push(async () => {
      for (const started of processes) await started.stop();
    });
    const registry = await startRegistry(folder, processes, HTPASSWD);
    const moto = await startMoto(folder, processes);
    const front = new Front(moto, registry);
    const hosts = [HOST, OTHER_HOST, `api.ecr.${REGION}.amazonaws.com`, `sts.${REGION}.amazonaws.com`];
    const { caFile, key, cert } = makeCertificates(folder, hosts);
    const server = createServer({ key, cert }, (request, response) => void front.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    const proxy = await startConnectProxy((server.address() as AddressInfo).port);
    stops.push(() => proxy.stop());
    return {
      proxy,
      asked: front.asked,
      allow: (decide) => void (front.decide = decide),
      ecr: (operation, input) => front.ecr(operation, input),
      delayScan: (looks) => void (front.scanDelay = looks),
      pushes: () => front.pushes,
      env: {
        HTTPS_PROXY: proxy.url,
        NODE_EXTRA_CA_CERTS: caFile,
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret-access-key',
        AWS_REGION: REGION,
      },
      daemonEnv: { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: caFile },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startMoto(folder: string, processes: Process[]): Promise<string> {
  const port = await freePort();
  const args = ['-H', '127.0.0.1', '-p', String(port)];
  const started = startProcess(join(PYTHON, 'moto_server'), args, {
    log: join(folder, 'moto.log'),
    env: { ...process.env, MOTO_ACCOUNT_ID: ACCOUNT },
  });
  processes.push(started);
  const address = `127.0.0.1:${port}`;
  await untilReady(started, () =>
    fetch(`http://${address}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return address;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One server for all host names. */
class Front {
  readonly asked: Permission[] = [];
  readonly #moto: string;
  readonly #registry: string;
  decide: (permission: Permission) => Promise<boolean> = () => Promise.resolve(true);
  pushes = 0;
  scanDelay = 0;

  constructor(moto: string, registry: string) {
    this.#moto = moto;
    this.#registry = registry;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await buffer(request);
      const isApi = !(request.headers.host ?? '').includes('.dkr.ecr.');
      const {
        status,
        headers,
        body: said,
      } = isApi ? await this.#api(request, body) : await this.#images(request, body);
      response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : said);
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  }

  async ecr(operation: string, input: object): Promise<Record<string, unknown>> {
    const { body } = await send(this.#moto, {
      method: 'POST',
      path: '/',
      headers: {
        host: `api.ecr.${REGION}.amazonaws.com`,
        'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
        authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${REGION}/ecr/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: Buffer.from(JSON.stringify(input)),
    });
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  }

  async #api(request: IncomingMessage, body: Buffer): Promise<Answer> {
    for (const permission of apiPermissions(request, body)) {
      if (await this.#allowed(permission)) continue;
      const said = { __type: 'AccessDeniedException', message: denial(permission) };
      return json(400, said, 'application/x-amz-json-1.1');
    }
    const { method = 'GET', url: path = '/', headers } = request;
    const answer = await send(this.#moto, { method, path, headers, body });
    return answer.status === 200 && isScan(request) && this.scanDelay-- > 0 ? underWay(answer) : answer;
  }

  async #images(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const { method = 'GET', url: path = '/', headers } = request;
    const permission = headers.authorization === undefined ? null : imagePermission(method, path);
    if (permission !== null && !(await this.#allowed(permission))) {
      return json(403, { errors: [{ code: 'DENIED', message: denial(permission) }] }, 'application/json');
    }
    const [, repository = '', tag = ''] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path) ?? [];
    if (repository !== '') {
      const problem = await this.#repositoryProblem(repository, method === 'PUT' ? tag : null);
      if (problem !== null) return problem;
    }
    const answer = await send(this.#registry, { method, path, headers, body });
    if (method === 'PUT' && repository !== '' && answer.status === 201) {
      this.pushes++;
      const imageManifestMediaType = headers['content-type'];
      const imageManifest = body.toString('utf8');
      // moto takes a digest of its own otherwise.
      const imageDigest = `sha256:${sha256(body)}`;
      const image = { imageManifest, imageManifestMediaType, imageDigest, imageTag: tag };
      await this.ecr('PutImage', { registryId: ACCOUNT, repositoryName: repository, ...image });
    }
    return answer;
  }

  /** What ECR says of a repository that is missing, and of a tag that must not be moved; not even to the same image. */
  async #repositoryProblem(repository: string, tag: string | null): Promise<Answer | null> {
    const described = await this.ecr('DescribeRepositories', { repositoryNames: [repository] });
    const [found] = (described.repositories ?? []) as { imageTagMutability: string }[];
    if (found === undefined) {
      const message = `The repository with name '${repository}' does not exist in the registry with id '${ACCOUNT}'`;
      return json(404, { errors: [{ code: 'NAME_UNKNOWN', message }] }, 'application/json');
    }
    if (tag === null || tag.startsWith('sha256:') || found.imageTagMutability !== 'IMMUTABLE') return null;
    const input = { repositoryName: repository, imageIds: [{ imageTag: tag }] };
    const { images = [] } = (await this.ecr('BatchGetImage', input)) as { images?: object[] };
    if (images.length === 0) return null;
    const message = `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the tag is immutable.`;
    return json(400, { errors: [{ code: 'TAG_INVALID', message }] }, 'application/json');
  }

  async #allowed(permission: Permission): Promise<boolean> {
    this.asked.push(permission);
    return this.decide(permission);
  }
}

function apiPermissions(request: IncomingMessage, body: Buffer): Permission[] {
  const target = String(request.headers['x-amz-target'] ?? '');
  // GetCallerIdentity needs no permission, and cannot be denied.
  if (target === '') return [];
  const operation = target.slice(target.indexOf('.') + 1);
  const input = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const name = (input.repositoryName ?? (input.repositoryNames as string[] | undefined)?.[0]) as
    string | undefined;
  const resource = name === undefined ? '*' : arnOf(name);
  const tagging = operation === 'CreateRepository' && (input.tags as unknown[] | undefined)?.length;
  return [
    { action: `ecr:${operation}`, resource },
    ...(tagging ? [{ action: 'ecr:TagResource', resource }] : []),
  ];
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function imagePermission(method: string, path: string): Permission | null {
  const [, repository = '', kind = ''] = /^\/v2\/(.+)\/(manifests|blobs)\//.exec(path) ?? [];
  if (repository === '') return null;
  const actions: Readonly<Record<string, string>> = {
    'GET manifests': 'BatchGetImage',
    'HEAD manifests': 'BatchGetImage',
    'PUT manifests': 'PutImage',
    'HEAD blobs': 'BatchCheckLayerAvailability',
    'GET blobs': 'GetDownloadUrlForLayer',
    'POST blobs': 'InitiateLayerUpload',
    'PATCH blobs': 'UploadLayerPart',
    'PUT blobs': 'CompleteLayerUpload',
  };
  const action = actions[`${method} ${kind}`];
  return action === undefined ? null : { action: `ecr:${action}`, resource: arnOf(repository) };
}

function arnOf(repository: string): string {
  return `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${repository}`;
}

function isScan(request: IncomingMessage): boolean {
  return String(request.headers['x-amz-target']).endsWith('.DescribeImageScanFindings');
}

function underWay({ body }: Answer): Answer {
  const { imageScanFindings: _, ...found } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const imageScanStatus = { status: 'IN_PROGRESS', description: 'on it' };
  return json(200, { ...found, imageScanStatus }, 'application/x-amz-json-1.1');
}

function denial({ action, resource }: Permission): string {
  return `User: arn:aws:iam::${ACCOUNT}:user/ci is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

function json(status: number, value: object, type: string): Answer {
  return { status, headers: { 'content-type': type }, body: Buffer.from(JSON.stringify(value)) };
}

interface Onward {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

function send(address: string, { method, path, headers, body }: Onward): Promise<Answer> {
  const [host, port] = address.split(':');
  const { 'transfer-encoding': _, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host, port, method, path, headers: { ...kept, 'content-length': String(body.length) }, agent: false },
      (incoming) => {
        buffer(incoming).then(
          (said) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: said }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
