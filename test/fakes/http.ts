import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpFake {
  readonly url: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** A small HTTP server on a free loopback port; `answer` gets each request and how many came before it. */
export async function startHttp(
  answer: (request: SeenRequest, before: number) => FakeAnswer,
): Promise<HttpFake> {
  const requests: SeenRequest[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
    const { status = 200, headers: extra = {}, body = '' } = answer(seen, requests.push(seen) - 1);
    const text = typeof body === 'string';
    response.writeHead(status, { 'content-type': text ? 'text/html' : 'application/json', ...extra });
    response.end(status === 304 ? undefined : text ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
