/**
 * A reverse proxy in front of a real MLflow server that asks for a token, as hosted ones do, and signs in to the server
 * itself. It can send what is asked for elsewhere.
 */
import { createServer, request as requestOnward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface Front {
  readonly url: string;
  /** Every request that came, in order. */
  readonly asked: Asked[];
  /** Answers itself and returns true, or leaves the request to the server. */
  instead: (path: string, response: ServerResponse) => boolean;
  stop(): Promise<void>;
}

interface Options {
  /** The server behind it; null for one that answers everything with an empty object. */
  readonly behind: { readonly url: string; readonly authorization: string } | null;
  /** Asked for; null for none. */
  readonly token: string | null;
}

export async function startFront({ behind, token }: Options): Promise<Front> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const { authorization } = request.headers;
    asked.push({ path, authorization });
    if (token !== null && authorization !== `Bearer ${token}`) {
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="acme"' }).end('No valid token.');
      return;
    }
    if (front.instead(path, response)) return;
    if (behind === null) {
      response.end('{}');
      return;
    }
    const headers = { ...request.headers, authorization: behind.authorization };
    const onward = requestOnward(`${behind.url}${path}`, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    instead: () => false,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return front;
}
