import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isHeld, readHolder, tryLock } from '../../../../src/platforms/local/process-lock.ts';
import { systemProcesses, type ProcessTable } from '../../../../src/platforms/local/process-table.ts';

describe('tryLock', () => {
  let folder: string;
  let file: string;
  const living = new Set([1, 2]);
  const as = (pid: number): ProcessTable => ({
    self: () => ({ pid, start: null }),
    alive: (identity) => living.has(identity.pid),
    kill: () => undefined,
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ml-deploy-lock-'));
    file = join(folder, 'lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('says who holds it, and for what', async () => {
    expect(isHeld(await tryLock(file, 'deploy', as(1)))).toBe(true);
    expect(await tryLock(file, 'stage', as(2))).toMatchObject({ pid: 1, purpose: 'deploy' });
  });

  it('is free again after its release, and leaves nothing behind', async () => {
    const lock = await tryLock(file, 'deploy', as(1));
    if (isHeld(lock)) await lock.release();
    expect(await readdir(folder)).toEqual([]);
    expect(isHeld(await tryLock(file, 'stage', as(2)))).toBe(true);
  });

  it('is taken over from a dead process at once', async () => {
    await tryLock(file, 'deploy', as(99));
    expect(isHeld(await tryLock(file, 'stage', as(2)))).toBe(true);
    expect(await readHolder(file)).toMatchObject({ pid: 2 });
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('is taken over where it is damaged', async () => {
    await writeFile(file, '{"pid":');
    expect(isHeld(await tryLock(file, 'stage', as(2)))).toBe(true);
  });

  it('is held by one of many that want it from a dead one', async () => {
    await tryLock(file, 'deploy', as(99));
    const results = await Promise.all(Array.from({ length: 20 }, () => tryLock(file, 'stage', as(2))));
    expect(results.filter(isHeld)).toHaveLength(1);
  });

  it('is not released by one who lost it', async () => {
    const lost = await tryLock(file, 'deploy', as(99));
    await tryLock(file, 'stage', as(2));
    if (isHeld(lost)) await lost.release();
    expect(await readHolder(file)).toMatchObject({ pid: 2 });
  });
});

describe('systemProcesses', () => {
  it('knows this process', () => {
    expect(systemProcesses.alive(systemProcesses.self())).toBe(true);
  });

  it('tells a later process of the same number apart', () => {
    const { pid, start } = systemProcesses.self();
    if (start === null) return;
    expect(systemProcesses.alive({ pid, start: '1' })).toBe(false);
  });

  it('ends a process, and sees that it is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = { pid: child.pid ?? 0, start: null };
    expect(systemProcesses.alive(identity)).toBe(true);
    systemProcesses.kill(identity);
    await once(child, 'exit');
    expect(systemProcesses.alive(identity)).toBe(false);
    systemProcesses.kill(identity);
  });
});
