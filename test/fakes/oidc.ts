/**
 * The runner's OIDC service on a loopback port.
 * https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeOidc {
  /** What the runner puts into the environment of a job with `id-token: write`. */
  readonly env: Readonly<Record<string, string>>;
  /** The audience of each token, in order. */
  readonly audiences: (string | null)[];
  /** Whether it fails, as it does in an outage of GitHub. */
  down: boolean;
  close(): Promise<void>;
}

const REQUEST_TOKEN = 'request-token-of-the-runner';

/** @param trust is told each token that is given out */
export async function startOidc(trust: (token: string) => void): Promise<FakeOidc> {
  const audiences: (string | null)[] = [];
  const server = createServer((request, response) => {
    const allowed = request.headers.authorization === `Bearer ${REQUEST_TOKEN}`;
    if (!allowed || fake.down) {
      response.writeHead(allowed ? 500 : 401).end('{}');
      return;
    }
    audiences.push(new URL(request.url ?? '/', 'http://oidc').searchParams.get('audience'));
    const value = `header.id-token-${audiences.length}.signature`;
    trust(value);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeOidc = {
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
    audiences,
    down: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}
