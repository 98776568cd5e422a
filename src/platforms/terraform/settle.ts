/** After the job: waits for the Terraform that a cancelled step interrupted, so its state is written and its lock gone. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJsonObject } from '../../core/json-object.ts';
import type { PlatformHost } from '../../core/platform.ts';
import { RUNNING, type Running } from './process.ts';

/** A cancelled job gives its post steps five minutes. */
const WAIT_MS = 270_000;
const POLL_MS = 500;
const REPAIR =
  'Look at the state before you apply again: remove a remaining lock with "terraform force-unlock ID", and import created resources that are missing from it with "terraform import ADDRESS NAME".';

export async function settleLeft(
  folder: string,
  { clock, log }: Pick<PlatformHost, 'clock' | 'log'>,
): Promise<readonly string[]> {
  const running = await readRunning(folder);
  if (running === null) return [];
  const { pid, command } = running;
  const deadline = clock.monotonic() + WAIT_MS;
  const never = new AbortController().signal;
  if (isAlive(pid)) log.info(`Waiting for terraform ${command} (process ${pid}), which was interrupted ...`);
  while (isAlive(pid) && clock.monotonic() < deadline) await clock.sleep(POLL_MS, never);
  if (isAlive(pid)) {
    return [`terraform ${command} (process ${pid}) runs still and ends with this machine. ${REPAIR}`];
  }
  const said = await readFile(join(folder, 'stderr'), 'utf8').catch(() => '');
  await rm(folder, { recursive: true, force: true });
  const lost = /Exiting immediately|Failed to (save|persist) state|Error releasing the state lock/i.test(
    said,
  );
  return lost
    ? [`terraform ${command} could not end in order. ${REPAIR}`]
    : [
        `terraform ${command} was interrupted once and has ended: what it had begun is in its state, and the lock is gone.`,
      ];
}

async function readRunning(folder: string): Promise<Running | null> {
  const text = await readFile(join(folder, RUNNING), 'utf8').catch(() => null);
  if (text === null) return null;
  const value = parseJsonObject(text);
  return isObject(value) && typeof value.pid === 'number' && value.pid > 0
    ? (value as unknown as Running)
    : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
