/** How a URL is asked: headers, signatures, and what it tells of its own time. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  httpEndpoint,
  type HttpEndpointOptions,
} from '../../../../src/adapters/http-endpoint/http-endpoint.ts';
import { platformTime } from '../../../../src/adapters/http-endpoint/platform-time.ts';
import { createSigner } from '../../../../src/clouds/aws/sigv4.ts';

interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function listen(answerHeaders: Record<string, string> = {}) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(200, { 'content-type': 'application/json', ...answerHeaders }).end('{}');
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod/score?stage=a%20b&stage=1`,
    seen,
  };
}

const ask = (url: string, options: HttpEndpointOptions) =>
  httpEndpoint(url, options).invoke('{"instances":[]}', 'application/json', new AbortController().signal);

describe('a request', () => {
  it('has the headers that were given, and says who sends it', async () => {
    const { url, seen } = await listen();
    await ask(url, {
      headers: { 'x-api-key': 'k', authorization: 'Bearer t', 'content-type': 'text/plain' },
    });
    expect(seen[0]?.headers).toMatchObject({
      'x-api-key': 'k',
      authorization: 'Bearer t',
      'content-type': 'application/json',
      'user-agent': 'ml-deploy-smoke-test',
    });
  });

  it('takes the time that the platform tells', async () => {
    const { url } = await listen({ 'server-timing': 'queue;dur=1.5, total;dur=12.25' });
    expect((await ask(url, {})).platformMs).toBe(12.25);
  });
});

describe("the platform's own time", () => {
  it.each<[Record<string, string>, number | null]>([
    [{ 'server-timing': 'app;desc="x";dur="7"' }, 7],
    [{ 'server-timing': 'cache;desc=hit' }, null],
    [{ 'x-envoy-upstream-service-time': '31' }, 31],
    [{ 'x-envoy-upstream-service-time': 'fast' }, null],
    [{}, null],
  ])('is read from %j', (headers, wanted) => {
    expect(platformTime(new Headers(headers))).toBe(wanted);
  });
});

describe('a signed request', () => {
  const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  const signer = createSigner({
    service: 'execute-api',
    region: 'eu-west-1',
    credentials: () =>
      Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'session' }),
  });

  it('has a signature that the other side computes too', async () => {
    const { url, seen } = await listen();
    await ask(url, { sign: signer, headers: { 'x-api-key': 'k' } });
    const [request] = seen;
    const { authorization = '', 'x-amz-security-token': token } = request!.headers;
    expect(token).toBe('session');
    expect(authorization).toContain(expectedSignature(request!, authorization));
  });

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, written a second time. */
  function expectedSignature({ url, headers, body }: Seen, authorization: string): string {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
    const date = String(headers['x-amz-date']);
    const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? '';
    expect(names.split(';')).toEqual(
      expect.arrayContaining(['content-type', 'host', 'x-amz-date', 'x-api-key']),
    );
    const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
    const [path = '', query = ''] = url.split('?');
    const sorted = query.split('&').sort().join('&');
    const request = ['POST', path, sorted, lines.join(''), names, hash(body)].join('\n');
    const scope = `${date.slice(0, 8)}/eu-west-1/execute-api/aws4_request`;
    const key = [date.slice(0, 8), 'eu-west-1', 'execute-api', 'aws4_request'].reduce<string | Buffer>(
      (derived, part) => hmac(derived, part),
      `AWS4${SECRET}`,
    );
    const text = ['AWS4-HMAC-SHA256', date, scope, hash(request)].join('\n');
    return `Signature=${hmac(key, text).toString('hex')}`;
  }

  it('cannot be made without credentials, which is for the user to mend', async () => {
    const { url, seen } = await listen();
    const sign = createSigner({
      service: 'lambda',
      region: 'eu-west-1',
      credentials: () => Promise.reject(new Error('none in the chain')),
    });
    const error = await ask(url, { sign }).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(
      /There are no AWS credentials\. .*\(sigv4-service on lambda: none in the chain\)/,
    );
    expect(seen).toEqual([]);
  });
});
