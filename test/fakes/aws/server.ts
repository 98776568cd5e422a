/** One HTTP server for all services. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { errorAnswer, plain, resultAnswer, type HttpAnswer } from './answer.ts';
import { decodeChunked } from './aws-chunked.ts';
import type { Call } from './calls.ts';
import { AwsError } from './errors.ts';
import { denied, faultError, type Hook, type Struck } from './inject.ts';
import { route, type RawRequest, type Routed } from './route.ts';
import type { Permission, Service } from './service.ts';
import { shapesOf } from './shapes.ts';
import { checkInput, validationMessage } from './validate.ts';
import type { World } from './world.ts';

export interface ServerOptions {
  readonly world: World;
  readonly services: readonly Service[];
  readonly calls: Call[];
  /** Whether the caller may; asked for each permission that a call needs. */
  readonly allows: (permission: Permission, call: Call) => boolean | Promise<boolean>;
  /** What is wrong with the credentials of a call; null for nothing. */
  readonly credentials: (call: Call) => AwsError | null;
  /** Called before each call, for time that passes by itself. */
  readonly tick: (call: Call) => void;
  /** What a URL of the fake's own gives, such as that of a layer; undefined for anything else. */
  readonly blob: (digest: string) => string | undefined;
}

/** The fake's own time, for processes that are to live in it: test/e2e/time-hook.mjs reads it. */
const TIME_HEADER = 'x-fake-time';

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => void handle(options, request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

/** What comes of a request: an answer, a cut connection, or silence. */
export type Fate = HttpAnswer | 'cut' | 'silence';

/** What the services do with a request, however it came. */
export async function receive(options: ServerOptions, raw: RawRequest): Promise<Fate> {
  return answer(options, raw).catch((error: unknown) => failure(error));
}

async function handle(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, digest] = /^\/_blobs\/(.+)$/.exec(request.url ?? '') ?? [];
  if (digest !== undefined) {
    const blob = options.blob(digest);
    response.writeHead(blob === undefined ? 404 : 200).end(blob);
    return;
  }
  const fate = await receive(options, await read(request));
  if (fate === 'silence') return;
  if (fate === 'cut') {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(fate.status, { ...fate.headers, [TIME_HEADER]: options.world.time.now().toISOString() });
  response.end(request.method === 'HEAD' ? undefined : fate.body);
}

/** A mistake of the fake itself, or a request that it knows nothing of: never to be taken for an answer of AWS. */
function failure(error: unknown): HttpAnswer {
  if (error instanceof AwsError) return errorAnswer('json', error, 'unrouted');
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 501, headers: { 'content-type': 'text/plain' }, body: `fake-aws is broken: ${text}` };
}

async function answer(options: ServerOptions, raw: RawRequest): Promise<Fate> {
  return answerTo(options, route(raw), raw);
}

/** One call of a JSON service, without the writing and reading of requests and answers. */
export async function perform(
  options: ServerOptions,
  { service, action, input }: { readonly service: string; readonly action: string; readonly input: unknown },
): Promise<{ readonly fate: Fate; readonly call: Call }> {
  const routed: Routed = { service, action, protocol: 'json', raw: plain(input), unwritten: true };
  const call = record(options, routed, { headers: {}, body: Buffer.alloc(0) });
  options.tick(call);
  return { fate: await live(options, routed, call, options.world.faults.strike(call)), call };
}

async function answerTo(options: ServerOptions, routed: Routed, raw: RawRequest): Promise<Fate> {
  const call = record(options, routed, raw);
  options.tick(call);
  return live(options, routed, call, options.world.faults.strike(call));
}

async function live(options: ServerOptions, routed: Routed, call: Call, struck: Struck): Promise<Fate> {
  const { fault } = struck;
  const id = `req-${call.index}`;
  const fail = (error: AwsError): Fate => {
    call.status = error.status;
    call.error = error.code;
    return errorAnswer(routed.protocol, error, id, call.action.startsWith('Head'));
  };
  const before = await hooks(struck.before, call);
  if (before !== undefined) return before === 'drop' ? cut(call, 'dropped-before') : fail(before);
  call.fault = fault === null ? null : fault instanceof AwsError ? fault.code : fault;
  if (fault !== null && (fault instanceof AwsError || !fault.endsWith('-after'))) {
    const error = faultError(fault, call, options.world.caller);
    return error === null ? withoutAnswer(call.fault) : fail(error);
  }
  const fate = await act(options, routed, call, fail);
  const after = await hooks(struck.after, call);
  if (after !== undefined) return after === 'drop' ? cut(call, 'dropped-after') : fail(after);
  if (fault === null) return fate;
  const error = faultError(fault, call, options.world.caller);
  return error === null ? withoutAnswer(call.fault) : fail(error);
}

async function act(
  { world, services, allows, credentials }: ServerOptions,
  routed: Routed,
  call: Call,
  fail: (error: AwsError) => Fate,
): Promise<Fate> {
  const service = services.find(({ name }) => name === routed.service);
  const operation = service?.operations[routed.action];
  if (service === undefined || operation === undefined) throw new Error(`no ${call.name}`);
  try {
    const over = credentials(call);
    if (over !== null) throw over;
    const { problems } = checkInput(shapesOf(service.name), routed.action, routed.raw);
    if (problems.length > 0) throw new AwsError(service.validationCode, validationMessage(problems));
    for (const permission of call.permissions) {
      const verdict = allows(permission, call);
      // What is known at once is not waited for: calls that are made side by side keep their order.
      if (!(typeof verdict === 'boolean' ? verdict : await verdict))
        throw denied(call, world.caller, permission);
    }
    const output = await operation(call.input as never, { call });
    call.acted = true;
    call.output = output;
    const status = shapesOf(service.name).http.get(routed.action)?.status;
    if (routed.unwritten === true) {
      call.status = status ?? 200;
      return { status: call.status, headers: {}, body: '' };
    }
    const told = service.toWire?.(output) ?? output;
    const made = resultAnswer(routed.protocol, routed.action, told, `req-${call.index}`, status);
    call.status = made.status;
    return made;
  } catch (error) {
    if (error instanceof AwsError) return fail(error);
    throw error;
  }
}

function record(
  { world, services, calls }: ServerOptions,
  routed: Routed,
  raw: Pick<RawRequest, 'headers' | 'body'>,
): Call {
  const { service, action } = routed;
  const input = inputOf(routed);
  const known = services.find(({ name }) => name === service);
  // IAM and injections know both halves of SageMaker by one name.
  const prefix = service === 'sagemaker-runtime' ? 'sagemaker' : service;
  const call: Call = {
    index: calls.length,
    service,
    action,
    name: `${prefix}:${action}`,
    input,
    permissions: known?.permissions(action, input) ?? [],
    headers: raw.headers,
    body: raw.body,
    at: world.time.now(),
    acted: false,
    status: null,
    error: null,
    output: undefined,
    fault: null,
  };
  calls.push(call);
  return call;
}

/** What is asked, as far as it can be understood; `act` tells what is wrong with it. */
function inputOf({ service, action, raw }: Routed): Record<string, unknown> {
  try {
    return checkInput(shapesOf(service), action, raw).input;
  } catch (error) {
    if (error instanceof AwsError) return {};
    throw error;
  }
}

async function hooks(list: readonly Hook[], call: Call): Promise<'drop' | AwsError | undefined> {
  for (const hook of list) {
    const result = await hook(call);
    if (result !== undefined) return result;
  }
  return undefined;
}

function cut(call: Call, fault: string): Fate {
  call.status = null;
  call.fault = fault;
  return 'cut';
}

function withoutAnswer(fault: string | null): Fate {
  return fault?.startsWith('timeout') === true ? 'silence' : 'cut';
}

async function read(request: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', headers } = request;
  const url = new URL(request.url ?? '/', 'http://fake');
  return { method, url, ...decodeChunked(headers, Buffer.concat(chunks)) };
}
