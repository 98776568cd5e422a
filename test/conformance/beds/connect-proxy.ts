/** An HTTP proxy with a password that knows CONNECT only, and leads every host to one place on this machine. */
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ConnectProxy {
  /** With the password. */
  readonly url: string;
  /** Hosts that were asked for, in order. */
  readonly hosts: string[];
  stop(): Promise<void>;
}

const LOGIN = 'builder:proxy-password';

export async function startConnectProxy(port: number): Promise<ConnectProxy> {
  const hosts: string[] = [];
  const sockets = new Set<Socket>();
  const expected = `Basic ${Buffer.from(LOGIN).toString('base64')}`;
  const server = createServer((_, response) => response.writeHead(405).end('CONNECT only'));
  server.on('connect', (request, client: Socket) => {
    sockets.add(client);
    client.on('close', () => sockets.delete(client)).on('error', () => client.destroy());
    if (request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    hosts.push(request.url ?? '');
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(client);
      client.pipe(onward);
    });
    onward.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://${LOGIN}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
