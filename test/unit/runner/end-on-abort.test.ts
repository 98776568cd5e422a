import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Redactor } from '../../../src/core/redaction/redactor.ts';
import { createToolbox } from '../../../src/runner/toolbox.ts';

const { exec } = createToolbox({}, new Redactor());
const node = process.execPath;
const SLEEPS = 'setInterval(() => {}, 1000)';

let folder: string;
let marker: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'end-on-abort-'));
  marker = join(folder, 'up');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Sets up its handler for SIGINT, says that it is up, and waits. */
const listening = (handler: string) =>
  `process.on('SIGINT', ${handler}); fs.writeFileSync(${JSON.stringify(marker)}, ''); ${SLEEPS}`;
const isUp = () => vi.waitUntil(() => existsSync(marker), { timeout: 200_000 });

describe('exec with a signal', () => {
  it('gives the result of a program that ends by itself', async () => {
    const { signal } = new AbortController();
    const done = await exec(node, ['-e', 'console.log(1); process.exit(3)'], { signal });
    expect(done).toMatchObject({ exitCode: 3, stdout: '1\n' });
  });

  it('ends the program that runs, and no other one', async () => {
    const controller = new AbortController();
    const { signal } = new AbortController();
    const stop = join(folder, 'stop');
    const waits = `setInterval(() => fs.existsSync(${JSON.stringify(stop)}) && process.exit(0), 20)`;
    const other = exec(node, ['-e', waits], { signal });
    const running = exec(node, ['-e', listening('() => process.exit(7)')], { signal: controller.signal });
    await isUp();
    controller.abort();
    expect((await running).exitCode).toBe(7);
    await writeFile(stop, '');
    expect((await other).exitCode).toBe(0);
  });

  it('ends what the program has started too', async () => {
    const controller = new AbortController();
    const child = `fs.writeFileSync(${JSON.stringify(marker)}, String(process.pid)); ${SLEEPS}`;
    const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); ${SLEEPS}`;
    const running = exec(node, ['-e', parent], { signal: controller.signal });
    await isUp();
    await vi.waitUntil(() => readFileSync(marker, 'utf8') !== '', { timeout: 200_000 });
    const pid = Number(readFileSync(marker, 'utf8'));
    controller.abort();
    await running;
    await vi.waitUntil(() => !isAlive(pid), { timeout: 200_000 });
  });

  it('kills a program that does not listen', async () => {
    const controller = new AbortController();
    const running = exec(node, ['-e', listening('() => {}')], { signal: controller.signal });
    await isUp();
    controller.abort();
    expect((await running).exitCode).not.toBe(0);
  });

  it('ends a program that was started after the end was asked for', async () => {
    const running = exec(node, ['-e', SLEEPS], { signal: AbortSignal.abort() });
    expect((await running).exitCode).not.toBe(0);
  });
});

/** A zombie has ended; in a container nobody may collect it. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
