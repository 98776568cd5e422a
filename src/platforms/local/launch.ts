/** Starts the server as a process of its own, which outlives the step. */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { UpstreamError } from '../../core/errors.ts';
import type { Launch } from './options.ts';

/**
 * @param script the server's entry: `<dist>/local-server/index.js`
 * @param extra arguments after the folder and the port
 * @param env its environment; RUNNER_TRACKING_ID in it lets the runner end the server with the job
 */
export function createLauncher(
  script: string,
  extra: readonly string[],
  env: Readonly<Record<string, string>>,
): Launch {
  return async ({ folder, port, logFile }) => {
    const log = await open(logFile, 'a', 0o600);
    try {
      const child = spawn(process.execPath, [script, folder, '--port', String(port), ...extra], {
        detached: true,
        env,
        stdio: ['ignore', log.fd, log.fd],
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      }).catch((error: unknown) => {
        throw new UpstreamError('local endpoint', `The server could not be started: ${script}.`, {
          cause: error,
        });
      });
      child.unref();
      return child.pid ?? 0;
    } finally {
      await log.close();
    }
  };
}
