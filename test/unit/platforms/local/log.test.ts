import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tailOf } from '../../../../src/platforms/local/log-tail.ts';
import { createBoundedLog } from '../../../../src/platforms/local/server/bounded-log.ts';

describe('the log of a server', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ml-deploy-log-'));
    file = join(folder, 'server.log');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps its last lines, whole, and stays below its limit', async () => {
    const log = createBoundedLog(file, () => new Date(0), 1000);
    for (let line = 0; line < 200; line++) log(`line ${line}`);
    expect((await stat(file)).size).toBeLessThanOrEqual(1000);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('1970-01-01T00:00:00.000Z line 199');
    expect(lines.every((line) => /^1970-01-01T00:00:00.000Z line \d+$/.test(line))).toBe(true);
  });

  it('shows its tail', async () => {
    const log = createBoundedLog(file, () => new Date(0));
    for (const line of ['one', 'two', 'three']) log(line);
    expect(await tailOf(file, 2)).toMatch(/^\S+ two\n\S+ three$/);
  });

  it('is empty where there is none', async () => {
    expect(await tailOf(file, 2)).toBe('');
  });
});
