/**
 * Cloud Storage as the outside sees it: fake-gcs-server, a stand-in for a machine's metadata server that gives tokens out, and
 * in front of fake-gcs-server a door that lets nobody in without one.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { startGoogleLogin, type FakeGoogleLogin } from '../../fakes/google/google-login.ts';
import { openDoor, type Door } from './door.ts';
import { freePort, startProcess, untilReady } from './processes.ts';

const run = promisify(execFile);

/** Where install-gcs.sh puts them. */
const PLACE = join(root, 'build/conformance/google');
const SERVER = join(PLACE, 'fake-gcs-server');
const CLIENT = join(PLACE, 'node_modules/@google-cloud/storage');
export const BUCKET = 'acme-models';

export interface GcsBed {
  readonly login: FakeGoogleLogin;
  /** The environment of a job that signs in there. */
  readonly env: Readonly<Record<string, string>>;
  readonly door: Door;
  /** Runs a script of @google-cloud/storage's, with `bucket` in scope; what it returns, as JSON. */
  witness(body: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** What is missing, in words; null where all is there. */
export function missingForGcs(): string | null {
  return [SERVER, CLIENT].every((path) => existsSync(path))
    ? null
    : 'skipped: fake-gcs-server is not built, which takes longer than CI gives it (test/conformance/beds/install-gcs.sh)';
}

/** Whoever has the address of an upload's session needs no token. */
const ofSession = (path: string) => path.includes('upload_id=');

export async function startGcs(): Promise<GcsBed> {
  const folder = mkdtempSync(join(tmpdir(), 'gcs-'));
  const port = await freePort();
  const door = await openDoor({ host: '127.0.0.1', port }, false);
  const server = startProcess(
    SERVER,
    [
      ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port)],
      ...['-backend', 'memory', '-external-url', door.url, '-public-host', door.url.replace('http://', '')],
    ],
    { log: join(folder, 'log'), env: process.env },
  );
  await untilReady(server, () =>
    fetch(`http://127.0.0.1:${port}/storage/v1/b`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const login = await startGoogleLogin(() => Date.now());
  door.before = keeper(login);
  return {
    login,
    env: { GCE_METADATA_HOST: login.host, STORAGE_EMULATOR_HOST: door.url },
    door,
    witness,
    stop: async () => {
      await door.close();
      await login.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function witness(body: string): Promise<unknown> {
    const script = `
      const { Storage } = require(${JSON.stringify(CLIENT)});
      const storage = new Storage({ apiEndpoint: 'http://127.0.0.1:${port}', projectId: 'acme', useAuthWithCustomEndpoint: false });
      const bucket = storage.bucket(${JSON.stringify(BUCKET)});
      (async () => { ${body} })().then(
        (result) => console.log(JSON.stringify(result ?? null)),
        (error) => { console.error(error); process.exitCode = 1; },
      );`;
    const { stdout } = await run(process.execPath, ['-e', script], { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout);
  }
}

/** fake-gcs-server looks at no token. */
export function keeper(login: FakeGoogleLogin): Door['before'] {
  return ({ path, headers }) => {
    const token = (headers.authorization ?? '').replace('Bearer ', '');
    return Promise.resolve(ofSession(path) || login.opens.has(token) ? null : 401);
  };
}
