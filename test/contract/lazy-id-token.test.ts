/** The bundle's copy of @actions/core does what the published one does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as published from '@actions/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lazy } from '../../scripts/lib/lazy-id-token.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ml-deploy-core-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function copied(): Promise<typeof published> {
  const entry = fileURLToPath(import.meta.resolve('@actions/core'));
  const copy = join(folder, 'core.mjs');
  writeFileSync(copy, lazy(readFileSync(entry, 'utf8'), dirname(entry)));
  return (await import(pathToFileURL(copy).href)) as typeof published;
}

test('it has everything but what tells the machine', async () => {
  const names = Object.keys(published).filter((name) => name !== 'platform');
  expect(Object.keys(await copied()).sort()).toEqual(names.sort());
});

test('it asks GitHub for a token', async () => {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.end('{"value": "a.b.c"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', `http://127.0.0.1:${port}/token?api-version=2`);
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'mine');
  vi.stubEnv('no_proxy', '127.0.0.1');
  try {
    expect(await (await copied()).getIDToken('sts.amazonaws.com')).toBe('a.b.c');
    expect(asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/token?api-version=2&audience=sts.amazonaws.com', 'Bearer mine'],
    ]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('another entry is refused', () => {
  expect(() => lazy("import { OidcClient } from './other.js';", folder)).toThrow('@actions/core has no');
});
