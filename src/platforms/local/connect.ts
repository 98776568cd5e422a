/** Finds the server of an endpoint, and makes sure that it is that one. */
import { readFile } from 'node:fs/promises';
import { CancelledError } from '../../core/errors.ts';
import { createControlClient, type ControlClient } from './control-client.ts';
import { tokenHashOf, type ServerAddress, type ServerStatus } from './control-protocol.ts';
import type { Layout } from './layout.ts';
import { readHolder, type LockHolder } from './process-lock.ts';
import type { ProcessTable } from './process-table.ts';

export type Connection =
  | {
      readonly kind: 'running';
      readonly holder: LockHolder;
      readonly client: ControlClient;
      readonly status: ServerStatus;
    }
  /** The process lives, and does not answer: it starts, or it hangs. */
  | { readonly kind: 'silent'; readonly holder: LockHolder }
  | { readonly kind: 'dead'; readonly holder: LockHolder }
  /** No server was started, or it was stopped in order. */
  | { readonly kind: 'none' };

const STATUS_TIMEOUT_MS = 5000;

export async function connect(
  layout: Layout,
  processes: ProcessTable,
  signal: AbortSignal,
): Promise<Connection> {
  const holder = await readHolder(layout.serverFile);
  if (holder === null) return { kind: 'none' };
  if (!processes.alive(holder)) return { kind: 'dead', holder };
  const address = await readAddress(layout);
  if (address === null) return { kind: 'silent', holder };
  const client = createControlClient(layout.endpoint, address.port, address.token);
  const status = await identify(client, layout.endpoint, address.token, signal);
  return status === null ? { kind: 'silent', holder } : { kind: 'running', holder, client, status };
}

/** null as long as the server has not written its address. */
async function readAddress(layout: Layout): Promise<ServerAddress | null> {
  try {
    const { port, token } = JSON.parse(await readFile(layout.serverFile, 'utf8')) as Partial<ServerAddress>;
    return port !== undefined && token !== undefined ? { port, token } : null;
  } catch {
    // Gone or damaged since it was looked at; the next look will tell.
    return null;
  }
}

/** null if nothing answers, or something that is not this endpoint's server. */
async function identify(
  client: ControlClient,
  endpoint: string,
  token: string,
  signal: AbortSignal,
): Promise<ServerStatus | null> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(STATUS_TIMEOUT_MS)]);
  try {
    const status = (await client.status(limited)) as ServerStatus | null;
    return status?.endpoint === endpoint && status.tokenHash === tokenHashOf(token) ? status : null;
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    // A fault of this program is not an answer of the server: taken for silence, it would be waited for until the timeout.
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    return null;
  }
}
