import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { freePort, startProcess, untilReady } from '../beds/processes.ts';

/** The Python of the virtual environment that install-moto.sh makes. */
export const python = join(root, 'build/conformance/venv-aws/bin/python');

/** Why the tests that need botocore and moto cannot run; null where they can. */
export function whyNoAws(): string | null {
  const how = 'test/conformance/beds/install-moto.sh';
  if (!existsSync(python)) return `skipped: moto and botocore are not installed (${how})`;
  const imports = spawnSync(python, ['-c', 'import moto.server, botocore'], { stdio: 'ignore' });
  return imports.status === 0 ? null : `skipped: the Python environment lacks moto or botocore (${how})`;
}

/** Runs one of the scripts beside this file; its output. */
export async function runPython(script: string, args: readonly string[]): Promise<string> {
  const path = join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(python, [path, ...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param env such as MOTO_ACCOUNT_ID, the account that it is */
export async function startMoto(env: Readonly<Record<string, string>> = {}): Promise<Moto> {
  const folder = await mkdtemp(join(tmpdir(), 'moto-'));
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const args = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', port];
  const started = startProcess(python, args, {
    log: join(folder, 'moto.log'),
    env: { ...process.env, ...env },
  });
  const stop = async () => {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(started, () =>
      fetch(`${url}/moto-api/data.json`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
