/** The process that serves one local endpoint: `local-server <state folder> [--port N] [--tool-cache FOLDER]`. */
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, UserError } from './core/errors.ts';
import type { FindRunner } from './core/image/container-runner.ts';
import type { OpenSession } from './core/model-session.ts';
import type { Logger } from './core/ports.ts';
import { systemClock } from './runner/clock.ts';
import { layoutOfFolder } from './platforms/local/layout.ts';
import { systemProcesses } from './platforms/local/process-table.ts';
import { createBoundedLog } from './platforms/local/server/bounded-log.ts';
import { startServer } from './platforms/local/server/start.ts';

/** Serves until it is told to stop, by its client or by a signal. Exits with 1 if it cannot. */
export async function serve(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { port: { type: 'string', default: '0' }, 'tool-cache': { type: 'string' } },
  });
  const folder = resolve(positionals[0] ?? '.');
  const layout = layoutOfFolder(folder, basename(folder));
  const log = createBoundedLog(layout.logFile, () => new Date());
  try {
    const server = await startServer({
      layout,
      port: Number(values.port),
      openSession: sessionOpener(log, values['tool-cache']),
      findRunner: runnerFinder(log),
      clock: systemClock,
      processes: systemProcesses,
      log,
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop());
    await server.stopped;
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UserError)) log(error instanceof Error ? (error.stack ?? '') : String(error));
    // The last line of the log is what the client says.
    log(`cannot serve: ${messageOf(error)}`);
    process.exit(1);
  }
}

/** The engine is looked for with the first version that needs it. */
function runnerFinder(log: (line: string) => void): FindRunner {
  return async () => {
    const [{ programTools }, engine] = await Promise.all([
      import('./runner/toolbox.ts'),
      import('./adapters/container-engine/find-runner.ts'),
    ]);
    // A container that is to be removed is removed to the end, whatever ends the server.
    const { signal } = new AbortController();
    return engine.runnerFinder({ ...programTools, log: onlyInfo(log), signal })();
  };
}

function onlyInfo(log: (line: string) => void): Logger {
  return {
    debug: () => undefined,
    info: log,
    notice: log,
    warning: log,
    group: (_, body) => body(),
  };
}

/** The runtime is loaded with the first model: an endpoint without one starts at once. */
function sessionOpener(log: (line: string) => void, toolCacheDir: string | undefined): OpenSession {
  return async (model, options) => {
    const { createSessionOpener } = await import('./adapters/onnx/open-session.ts');
    const open = createSessionOpener({
      moduleRoots: [import.meta.dirname],
      toolCacheDir,
      // Only `runtime: native` starts a program, and the server never asks for that.
      exec: () => Promise.reject(new Error('The server of a local endpoint starts no programs.')),
      log: { info: log, debug: () => undefined },
    });
    return open(model, options);
  };
}
