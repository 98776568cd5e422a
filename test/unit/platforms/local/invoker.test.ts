import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NoAnswerError } from '../../../../src/core/targets.ts';
import { createInvoker } from '../../../../src/platforms/local/invoker.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const never = new AbortController().signal;

/** A server that closes the connection instead of answering the requests of these numbers, from 1. */
async function serverThatDrops(numbers: readonly number[]): Promise<number> {
  let seen = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    if (numbers.includes(++seen)) request.socket.resetAndDestroy();
    else request.on('end', () => response.end('{}'));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a request to a local endpoint', () => {
  it('that is sent again on a new connection is counted', async () => {
    const invoker = createInvoker('churn', await serverThatDrops([2]), null, new FakeClock());
    const ask = () => invoker.invoke('{}', 'application/json', never);
    expect((await ask()).retries).toBe(0);
    expect((await ask()).retries).toBe(1);
    expect((await ask()).retries).toBe(0);
  });

  it('is counted too where it was sent again in vain', async () => {
    const invoker = createInvoker('churn', await serverThatDrops([2, 3]), null, new FakeClock());
    const ask = () => invoker.invoke('{}', 'application/json', never);
    await ask();
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect((error as NoAnswerError).retries).toBe(1);
  });

  it('is sent once where the connection was new', async () => {
    const invoker = createInvoker('churn', await serverThatDrops([1]), null, new FakeClock());
    const error = await invoker.invoke('{}', 'application/json', never).catch((thrown: unknown) => thrown);
    expect((error as NoAnswerError).retries).toBe(0);
  });
});
