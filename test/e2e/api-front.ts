/**
 * A server in the place of API Gateway, which has no data plane in the fake: it answers by what was made there, looks
 * whether a request is signed, and does not check the signature.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Lambda } from '@aws-sdk/client-lambda';
import { eventOf } from '../../src/platforms/lambda/event.ts';
import type { FakeAws } from '../fakes/aws/fake-aws.ts';

export interface ApiFront {
  /** The HTTP API's own path, or `/live/...` of a REST API. */
  urlOf(path: string): string;
  close(): Promise<void>;
}

/** @param name of the function; the APIs are those that ml-deploy made in the account */
export async function startApiFront(aws: FakeAws, name: string): Promise<ApiFront> {
  const server = createServer((request, response) => void answer(aws, name, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (path) => `http://127.0.0.1:${port}${path}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Who may call what is asked for; null where there is no such route. */
function authorizationOf(aws: FakeAws, method: string, path: string): string | null {
  const [, restPath] = /^\/live(\/.+)$/.exec(path) ?? [];
  if (restPath !== undefined) {
    const [api] = [...aws.neighbours.without(aws.rest.apis).values()];
    const stage = api?.stages.get('live');
    // What is answered is the snapshot, whatever the resources are now.
    const snapshot = api?.deployments.get(stage?.deploymentId ?? '');
    return snapshot?.methods.get(`${method} ${restPath}`)?.authorizationType ?? null;
  }
  const [api] = [...aws.neighbours.without(aws.gateway.apis).values()];
  if (api?.stages.has('$default') !== true) return null;
  const route = [...api.routes.values()].find(({ RouteKey }) => RouteKey === `${method} ${path}`);
  return route === undefined ? null : (route.AuthorizationType ?? 'NONE');
}

const SIGNED = /^AWS4-HMAC-SHA256 Credential=\S+\/execute-api\/aws4_request/;

async function answer(
  aws: FakeAws,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const { method = '', url: path = '', headers } = request;
  const authorization = authorizationOf(aws, method, path);
  if (authorization === null) return void response.writeHead(404).end('{"message":"Not Found"}');
  if (authorization === 'AWS_IAM' && !SIGNED.test(headers.authorization ?? ''))
    return void response.writeHead(403).end('{"message":"Forbidden"}');
  const { Payload } = await new Lambda(aws.client).invoke({
    FunctionName: name,
    Qualifier: 'live',
    Payload: eventOf({ method: 'POST', path: '/predict', contentType: 'application/json', body }),
  });
  const returned = JSON.parse(Buffer.from(Payload ?? []).toString()) as { statusCode: number; body: string };
  response.writeHead(returned.statusCode, { 'content-type': 'application/json' }).end(returned.body);
}
