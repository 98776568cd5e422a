import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  httpEndpoint,
  shownUrl,
  type HttpEndpointOptions,
} from '../../../../src/adapters/http-endpoint/http-endpoint.ts';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import { answerTo, LABELS, makeScene, ROWS, type Row } from '../../actions/smoke-test/scene.ts';

const never = new AbortController().signal;

type Listener = (...args: Parameters<RequestListener>) => unknown;

async function serve(listener: Listener): Promise<string> {
  const server = createServer((request, response) => void listener(request, response));
  onTestFinished(() => stop(server));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/invocations`;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function failureOf(url: string, options: HttpEndpointOptions = {}, signal = never): Promise<unknown> {
  return httpEndpoint(url, options)
    .invoke('{}', 'application/json', signal)
    .then(
      (answer) => answer,
      (error: unknown) => error,
    );
}

describe('one request', () => {
  it('is a POST with its content type; any status is an answer', async () => {
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const seen = `${request.method} ${request.headers['content-type']} ${Buffer.concat(chunks).toString()}`;
      response.writeHead(418, { 'content-type': 'text/plain' }).end(seen);
    });
    const answer = await httpEndpoint(url).invoke(Buffer.from('1,2'), 'text/csv', never);
    expect(answer).toMatchObject({ status: 418, contentType: 'text/plain', version: null });
    expect(Buffer.from(answer.body).toString()).toBe('POST text/csv 1,2');
    expect(answer.latencyMs).toBeGreaterThan(0);
  });

  it('follows no redirect', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/login' }).end());
    expect(await failureOf(url)).toMatchObject({ status: 302 });
  });

  it('is cut off where the answer does not end', async () => {
    let closed = false;
    const url = await serve((_request, response) => {
      response.on('close', () => (closed = true));
      const chunk = Buffer.alloc(64 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', write);
      write();
    });
    const error = await failureOf(url, { maxBytes: 1_000_000 });
    expect(error).toBeInstanceOf(UpstreamError);
    expect(String(error)).toContain('sends more than 1000000 bytes');
    await expect.poll(() => closed).toBe(true);
  });

  it('has words for a server that resets, refuses, is silent, or speaks no HTTP', async () => {
    const resets = await serve((request) => request.socket.destroy());
    expect(String(await failureOf(resets))).toContain('closed the connection before it had answered');
    const half = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.destroy());
    });
    expect(String(await failureOf(half))).toContain('closed the connection before it had answered');
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await stop(gone);
    expect(String(await failureOf(`http://127.0.0.1:${port}/`))).toContain(
      'refuses connections; nothing listens there',
    );
    const silent = await serve(() => undefined);
    const error = await failureOf(silent, { timeoutMs: 20 });
    expect(error).toBeInstanceOf(UpstreamError);
    expect(String(error)).toContain('did not answer within 0.02 s');
    const tcp = createTcpServer((socket) => void socket.resume().end('no HTTP\r\n\r\n'));
    onTestFinished(() => new Promise<void>((resolve) => tcp.close(() => resolve())));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const odd = await failureOf(`http://127.0.0.1:${(tcp.address() as AddressInfo).port}/`);
    expect(odd).toBeInstanceOf(UpstreamError);
    expect(String(await failureOf('http://no-such-host.invalid/'))).toMatch(
      /host name that (is not known|could not be)/,
    );
  });

  it('stops where the run is cancelled', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    expect(await failureOf(url, {}, controller.signal)).toBeInstanceOf(CancelledError);
  });

  it('shows no query, which may hold a key', () => {
    expect(shownUrl('https://host:8443/a/b?code=secret#x')).toBe('https://host:8443/a/b');
    expect(httpEndpoint('http://h/a?key=secret').url).toBe('http://h/a');
  });
});

describe('a smoke test of a URL', () => {
  const inputs = { 'model-path': 'reference.onnx', cases: 'cases.json', warmup: '0', 'min-accuracy': '0.95' };

  /** Serves honest answers, changed by `change`. */
  const model = (
    change: (count: number, rows: readonly Row[]) => { status?: number; type?: string; body: string | null },
  ) => {
    let count = 0;
    return serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { instances } = JSON.parse(body) as { instances: readonly Row[] };
      const answer = change(++count, instances);
      if (answer.body === null) return void request.socket.destroy();
      response
        .writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' })
        .end(answer.body);
    });
  };
  const honest = (rows: readonly Row[]) => JSON.stringify(answerTo(rows));

  async function test(url: string, more: Record<string, string> = {}) {
    const scene = await makeScene();
    const error = await scene.run({ ...inputs, 'endpoint-url': url, ...more }).then(
      () => '',
      (thrown: unknown) => String(thrown),
    );
    return { error, outputs: scene.ports.outputs };
  }

  it('passes where it is honest', async () => {
    const { error, outputs } = await test(await model((_count, rows) => ({ body: honest(rows) })), {
      concurrency: '4',
    });
    expect(error).toBe('');
    expect(outputs).toMatchObject({ compared: String(ROWS.length * 3), accuracy: '1', 'error-rate': '0' });
    expect(LABELS).toContain(1);
  });

  it('fails on one 500 in ten, and passes where that is allowed', async () => {
    const flaky = () =>
      model((count, rows) => (count % 10 === 0 ? { status: 500, body: 'oops' } : { body: honest(rows) }));
    const { error, outputs } = await test(await flaky());
    expect(error).toContain(
      '2 of 20 requests failed. Most often (2 times) the endpoint answered HTTP 500: oops.',
    );
    expect(outputs['error-rate']).toBe('0.1');
    expect((await test(await flaky(), { 'max-error-rate': '0.1' })).error).toBe('');
  });

  it('fails on resets', async () => {
    const url = await model((count, rows) => (count === 5 ? { body: null } : { body: honest(rows) }));
    expect((await test(url)).error).toMatch(
      /1 of 20 requests failed.*closed the connection before it had answered/,
    );
  });

  it('fails on HTML', async () => {
    const url = await model(() => ({
      type: 'text/html; charset=utf-8',
      body: '<!doctype html><title>Sign in</title>',
    }));
    expect((await test(url)).error).toContain(
      'answered an HTML page instead of a prediction: <!doctype html><title>Sign in</title>',
    );
  });

  it('fails on right labels with wrong probabilities', async () => {
    const url = await model((_count, rows) => {
      const { predictions, probabilities } = answerTo(rows);
      return {
        body: JSON.stringify({
          predictions,
          probabilities: probabilities.map(([a = 0, b = 0]) => [a * 0.9, 1 - a * 0.9 + 0 * b]),
        }),
      };
    });
    const { error, outputs } = await test(url);
    expect(error).toMatch(/80 of 120 values, in 40 of 40 rows, differ from the reference/);
    expect(outputs.accuracy).toBe('1');
  });
});
