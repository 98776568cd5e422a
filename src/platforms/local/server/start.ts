/** Starts the server of one local endpoint. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { writeFile as writeFileAtomic } from 'atomically';
import { UserError } from '../../../core/errors.ts';
import type { FindRunner } from '../../../core/image/container-runner.ts';
import type { OpenSession } from '../../../core/model-session.ts';
import type { Clock } from '../../../core/ports.ts';
import { Redactor } from '../../../core/redaction/redactor.ts';
import type { ServerAddress } from '../control-protocol.ts';
import type { Layout } from '../layout.ts';
import { isHeld, tryLock, type ProcessLock } from '../process-lock.ts';
import type { ProcessTable } from '../process-table.ts';
import { emptyState, readState } from '../state.ts';
import { createApp } from './app.ts';
import { Endpoint } from './endpoint.ts';
import { createVersionLoader, removeStrayContainers } from './load-version.ts';

const LOOPBACK = '127.0.0.1';
/** How long requests that are in progress may take to end when the server stops. */
const DRAIN_MS = 2000;

export interface ServerOptions {
  readonly layout: Layout;
  /** 0 for a free one. */
  readonly port: number;
  readonly openSession: OpenSession;
  /** For versions that a container serves. */
  readonly findRunner: FindRunner;
  readonly clock: Clock;
  readonly processes: ProcessTable;
  readonly log: (line: string) => void;
}

type CleanOptions = ServerOptions & { readonly redactor: Redactor };

export interface RunningServer {
  readonly port: number;
  /** Resolves when the server has ended, whoever asked it to. */
  readonly stopped: Promise<void>;
  stop(): Promise<void>;
}

/** @throws UserError if another process serves this endpoint, if its state is damaged, or the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { layout, processes } = options;
  await mkdir(layout.folder, { recursive: true });
  const lock = await tryLock(layout.serverFile, 'serving the endpoint', processes);
  if (!isHeld(lock)) throw new UserError(`The process ${lock.pid} serves ${layout.endpoint} already.`);
  try {
    return await startLocked(cleaned(options), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** What a container or its engine says may repeat the values of its variables: the log, which stays on the disk, has none. */
function cleaned(options: ServerOptions): CleanOptions {
  const redactor = new Redactor();
  redactor.addPublic(options.layout.endpoint);
  return { ...options, redactor, log: (line) => options.log(redactor.text(line)) };
}

async function startLocked(options: CleanOptions, lock: ProcessLock): Promise<RunningServer> {
  const { layout, log } = options;
  const state = (await readState(layout)) ?? emptyState(layout.endpoint);
  // Before anything is started: what a server that was killed has left is not to be in the way.
  await removeStrayContainers(options);
  const endpoint = new Endpoint(layout, state, createVersionLoader(options));
  await endpoint.load();
  for (const [version, why] of Object.entries(endpoint.problems))
    log(`version ${version} does not load: ${why}`);
  const token = randomBytes(32).toString('hex');
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  const requested = once(stopping.signal, 'abort');
  const app = createApp({ endpoint, token, log, stop });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const port = await listen(server, options.port);
  await endpoint.moveTo(port, lock.holder.pid);
  const address: ServerAddress = { port, token };
  await writeFileAtomic(layout.serverFile, JSON.stringify({ ...lock.holder, ...address }), { mode: 0o600 });
  log(
    `serving ${layout.endpoint} on http://${LOOPBACK}:${port}, live ${state.live}, process ${lock.holder.pid}`,
  );
  const stopped = requested.then(async () => {
    await close(server);
    await endpoint.close();
    await lock.release();
    log('stopped');
  });
  return {
    port,
    stopped,
    stop: () => {
      stop();
      return stopped;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Takes no new connections, lets what is in progress end, and then ends what does not. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  // After the answer to the request that asked for the stop has gone out.
  setImmediate(() => server.closeIdleConnections());
  await closed;
  clearTimeout(timer);
}
