/** Starts the server of an endpoint if it does not run, and stops it. */
import { mkdir } from 'node:fs/promises';
import { UpstreamError, UserError } from '../../core/errors.ts';
import { TimedOutError } from '../../core/targets.ts';
import { poll } from '../../core/poll.ts';
import { connect, type Connection } from './connect.ts';
import type { Layout } from './layout.ts';
import { tailOf } from './log-tail.ts';
import { isPortFree } from './loopback-http.ts';
import type { LocalTargetOptions } from './options.ts';
import { readState } from './state.ts';
import type { LocalState } from '../../documents/local-state.ts';

export type Running = Extract<Connection, { kind: 'running' }>;

const POLL_MS = 100;
const TAIL_LINES = 20;
/** How long a server that was asked to stop may take. */
const STOP_MS = 10_000;

/**
 * The endpoint's server, started if it is not there. One that was killed comes back on its port, if that is free,
 * and serves what state.json says.
 * @throws UserError for a damaged state or a taken port; UpstreamError if the server does not come up.
 */
export async function ensureServer(layout: Layout, options: LocalTargetOptions): Promise<Running> {
  const found = await settled(layout, options);
  if (found.kind === 'running') return repaired(layout, found, options);
  if (found.kind === 'silent') throw await silent(layout, found.holder.pid, options);
  const state = await readState(layout);
  if (found.kind === 'dead' && state !== null) {
    options.log.warning(
      `The server process (pid ${found.holder.pid}) of endpoint ${layout.endpoint} has ended; it is started again.`,
    );
  }
  return start(layout, await choosePort(layout, state, options), options);
}

/** @throws UserError if the port that was asked for cannot be had; asked before anything is changed. */
export async function checkPort(layout: Layout, options: LocalTargetOptions): Promise<void> {
  const { kind } = await connect(layout, options.processes, options.signal);
  if (kind === 'none' || kind === 'dead') await choosePort(layout, await readState(layout), options);
}

/** Waits while a server is about to answer. */
async function settled(layout: Layout, options: LocalTargetOptions): Promise<Connection> {
  const { state } = await poll({
    ...timing(options),
    check: () => connect(layout, options.processes, options.signal),
    done: ({ kind }) => kind !== 'silent',
    key: ({ kind }) => kind,
    onChange: ({ kind }) => {
      if (kind === 'silent')
        options.log.info(`The server of ${layout.endpoint} lives, but does not answer yet.`);
    },
  });
  return state;
}

function timing({ clock, signal, timeoutMs, pollMs }: LocalTargetOptions) {
  return { clock, signal, timeoutMs, intervalMs: pollMs ?? POLL_MS };
}

/** A state file that was lost or damaged is written again from what the server knows. */
async function repaired(layout: Layout, running: Running, options: LocalTargetOptions): Promise<Running> {
  const state = await readState(layout).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (state?.generation === running.status.state.generation) return running;
  const status = await running.client.send('save', {}, options.signal);
  options.log.warning(
    `${layout.stateFile} was damaged, old or missing; it was written again from the running server's state.`,
  );
  return { ...running, status };
}

async function choosePort(
  layout: Layout,
  state: LocalState | null,
  options: LocalTargetOptions,
): Promise<number> {
  const known = state !== null && state.port !== 0;
  const wanted = known ? state.port : (options.port ?? 0);
  if (known && options.port !== null && options.port !== wanted) {
    options.log.notice(
      `Endpoint ${layout.endpoint} keeps its port ${wanted}; "local: port" is for new endpoints.`,
    );
  }
  if (wanted === 0 || (await isPortFree(wanted))) return wanted;
  if (!known) {
    throw UserError.of([
      {
        where: 'local: port',
        message: `the port ${wanted} of 127.0.0.1 is in use by another process.`,
        fix: 'Choose another one, or remove it to use a free one.',
      },
    ]);
  }
  options.log.warning(
    `The port ${wanted} of endpoint ${layout.endpoint} was taken by another process; it gets a new one.`,
  );
  return 0;
}

async function start(layout: Layout, port: number, options: LocalTargetOptions): Promise<Running> {
  await mkdir(layout.folder, { recursive: true });
  const { folder, logFile } = layout;
  const pid = await options.launch({ folder, port, logFile });
  const launched = { pid, start: null };
  const { state } = await poll({
    ...timing(options),
    check: async () => {
      // Asked first: a server that writes its address and dies at once must not be taken for one that never came.
      const alive = options.processes.alive(launched);
      return { connection: await connect(layout, options.processes, options.signal), alive };
    },
    // One that ended while another is silent has lost to it: a command that was killed had started one already.
    done: ({ connection: { kind }, alive }) => kind === 'running' || (kind !== 'silent' && !alive),
  });
  if (state.connection.kind === 'running') return state.connection;
  if (state.alive || state.connection.kind === 'silent') throw await silent(layout, pid, options);
  const said = (await tailOf(logFile, 1)) || '(none)';
  throw new UpstreamError(
    'local endpoint',
    `The server of endpoint ${layout.endpoint} ended while it started; the last line of its log: ${said}`,
    { detail: await tailOf(logFile, TAIL_LINES) },
  );
}

async function silent(
  layout: Layout,
  pid: number,
  { timeoutMs }: LocalTargetOptions,
): Promise<TimedOutError> {
  return new TimedOutError(
    'local endpoint',
    `The server process (pid ${pid}) of endpoint ${layout.endpoint} runs, but did not answer ` +
      `for ${Math.round(timeoutMs / 1000)} s. Look at its log, ${layout.logFile}, or end the process and run this again.`,
    { detail: await tailOf(layout.logFile, TAIL_LINES) },
  );
}

/** Asks the server to end, and makes sure that its process is gone; one that hangs is killed. */
export async function stopServer(layout: Layout, options: LocalTargetOptions): Promise<void> {
  const found = await connect(layout, options.processes, options.signal);
  if (found.kind === 'none' || found.kind === 'dead') return;
  if (found.kind === 'running') await found.client.send('stop', {}, options.signal);
  if (await ended(layout, options)) return;
  options.processes.kill(found.holder);
  if (await ended(layout, options)) return;
  throw new UpstreamError(
    'local endpoint',
    `The server process (pid ${found.holder.pid}) of endpoint ${layout.endpoint} does not end.`,
  );
}

async function ended(layout: Layout, options: LocalTargetOptions): Promise<boolean> {
  const { timedOut } = await poll({
    ...timing(options),
    timeoutMs: Math.min(options.timeoutMs, STOP_MS),
    check: async () => (await connect(layout, options.processes, options.signal)).kind,
    done: (kind) => kind === 'none' || kind === 'dead',
  });
  return !timedOut;
}
