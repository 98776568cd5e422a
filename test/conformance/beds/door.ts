/** A door in front of somebody else's server: writes down each request, may hold it back, and can break the connection. */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly bytes: number;
  readonly headers: IncomingMessage['headers'];
  status: number;
}

export interface Door {
  readonly url: string;
  readonly asked: Asked[];
  /** Runs before a request goes on; may wait. A number is the status of an answer in the server's place. */
  before: (asked: Asked) => Promise<number | null>;
  /** Loses the answer to the first request for which it is true; the server has carried it out. */
  lose: (asked: Asked) => boolean;
  close(): Promise<void>;
}

/**
 * @param onward where requests go: over TLS where it has a `ca`
 * @param tellsHost whether the server is told its own address as the one that was asked, and not the door's
 */
export async function openDoor(onward: RequestOptions, tellsHost: boolean): Promise<Door> {
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    before: () => Promise.resolve(null),
    lose: () => false,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
  return door;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    const entry: Asked = { method, path: url, bytes: body.length, headers, status: 0 };
    door.asked.push(entry);
    const instead = await door.before(entry);
    if (instead !== null) {
      entry.status = instead;
      response.writeHead(instead).end();
      return;
    }
    const host = tellsHost ? { host: `${onward.host ?? ''}:${onward.port ?? ''}` } : {};
    const options = { ...onward, path: url, method, headers: { ...headers, ...host } };
    const send = onward.ca === undefined ? httpRequest : httpsRequest;
    const sent = send(options, (answer) => {
      entry.status = answer.statusCode ?? 0;
      if (door.lose(entry)) {
        door.lose = () => false;
        answer.resume();
        answer.once('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(entry.status, answer.headers);
      answer.pipe(response);
    });
    sent.once('error', () => request.socket.destroy());
    sent.end(body);
  }
}
