import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';

const MODULE = pathToFileURL(join(root, 'src/runner/proxy.ts')).href;

let proxy: Server;
let direct: Server;
/** What the proxy was asked for. */
let asked: string[];

beforeEach(async () => {
  asked = [];
  proxy = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end('by proxy');
  });
  // fetch asks for a tunnel whatever the protocol; every one of them leads to the same server here.
  proxy.on('connect', ({ url }, socket: Socket) => {
    asked.push(`CONNECT ${url ?? ''}`);
    const onward = connect((direct.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  direct = createServer((_, response) => response.end('the server'));
  await Promise.all([proxy, direct].map((server) => listening(server)));
});
afterEach(() => Promise.all([proxy, direct].map((server) => closed(server))));

const listening = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
const closed = (server: Server) => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
};
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** In a process of its own, since the global agents are changed; what it prints is what each way of asking got. */
async function ask(
  urls: readonly string[],
  env: Readonly<Record<string, string>>,
  before = '',
): Promise<{ said: string | null; got: string[] }> {
  const script = `
    import http from 'node:http';
    import https from 'node:https';
    ${before}
    const { useProxyOf } = await import(${JSON.stringify(MODULE)});
    const said = useProxyOf(process.env);
    const byAgent = (url) => new Promise((resolve) => {
      (url.startsWith('https') ? https : http).get(url, (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
      }).on('error', () => resolve('failed'));
    });
    const byFetch = (url) => fetch(url).then((answer) => answer.text(), () => 'failed');
    const got = [];
    for (const url of ${JSON.stringify(urls)}) got.push(await byAgent(url), await byFetch(url));
    console.log(JSON.stringify({ said, got }));
    process.exit();`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    { env: { PATH: process.env.PATH ?? '', ...env } },
  );
  return JSON.parse(stdout) as { said: string | null; got: string[] };
}

describe('the proxy of the environment', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('%s is used by fetch and by the global agents', async (name) => {
    const { said, got } = await ask(['http://model.example/a'], { [name]: urlOf(proxy) });
    expect(said).toBeNull();
    expect(got).toEqual(['by proxy', 'the server']);
    expect(asked).toEqual(['GET http://model.example/a', 'CONNECT model.example:80']);
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])('%s is asked for a tunnel to a host behind TLS', async (name) => {
    const { got } = await ask(['https://model.example/'], { [name]: urlOf(proxy) });
    expect(got).toEqual(['failed', 'failed']);
    expect(asked).toEqual(['CONNECT model.example:443', 'CONNECT model.example:443']);
  });

  it('leaves out what NO_PROXY names', async () => {
    const env = { HTTP_PROXY: urlOf(proxy), NO_PROXY: 'localhost,127.0.0.1' };
    expect((await ask([urlOf(direct)], env)).got).toEqual(['the server', 'the server']);
    expect(asked).toEqual([]);
  });

  it('changes nothing where there is none', async () => {
    const { said, got } = await ask([urlOf(direct)], { NO_PROXY: 'x', HTTP_PROXY: '' });
    expect(said).toBeNull();
    expect(got).toEqual(['the server', 'the server']);
  });

  describe('with a Node that can do it in part only', () => {
    const OLD_NODE = 'http.setGlobalProxyFromEnv = undefined;';

    it('is used by the global agents, and what fetch needs is said', async () => {
      const { said, got } = await ask(['http://model.example/a'], { HTTP_PROXY: urlOf(proxy) }, OLD_NODE);
      expect(got).toEqual(['by proxy', 'failed']);
      expect(said).toContain('needs NODE_USE_ENV_PROXY=1 in the environment of the job');
    });

    it('is used by all of it with that variable', async () => {
      const env = { HTTP_PROXY: urlOf(proxy), NODE_USE_ENV_PROXY: '1' };
      const { said, got } = await ask(['http://model.example/a'], env, OLD_NODE);
      expect(got).toEqual(['by proxy', 'the server']);
      expect(said).toBeNull();
    });
  });
});
