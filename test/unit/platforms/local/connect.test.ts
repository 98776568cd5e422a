import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { connect } from '../../../../src/platforms/local/connect.ts';
import { layoutOfFolder } from '../../../../src/platforms/local/layout.ts';

const folders: string[] = [];
const { withResolvers } = Promise;

afterEach(async () => {
  Promise.withResolvers = withResolvers;
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** Of a server that lives, as far as the process table knows, and has written its address. */
async function layoutOfServer(port: number) {
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-connect-'));
  folders.push(folder);
  const layout = layoutOfFolder(folder, 'churn');
  const holder = { pid: process.pid, start: null, id: 'one', purpose: 'serving', port, token: 'token' };
  await writeFile(layout.serverFile, JSON.stringify(holder));
  return layout;
}

const processes = { alive: () => true, own: () => Promise.reject(new Error('is not asked')) } as never;

test('a server that nothing listens for is silent', async () => {
  const layout = await layoutOfServer(1);
  const { kind } = await connect(layout, processes, new AbortController().signal);
  expect(kind).toBe('silent');
});

test('a fault of the client is not taken for the silence of the server', async () => {
  const layout = await layoutOfServer(1);
  Promise.withResolvers = undefined as never;
  await expect(connect(layout, processes, new AbortController().signal)).rejects.toThrow(TypeError);
});
