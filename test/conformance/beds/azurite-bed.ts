/**
 * Azure Blob as the outside sees it: Azurite over TLS, which looks at tokens (--oauth basic), a stand-in for Entra that gives
 * them out, and in front of Azurite a door that writes down each request and can break the connection.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { startEntra, type FakeEntra } from '../../fakes/azure/entra.ts';
import { makeCertificates, missingForCertificates } from './certificates.ts';
import { openDoor, type Door } from './door.ts';
import { freePort, startProcess, untilReady } from './processes.ts';

const run = promisify(execFile);

/** Where install-azurite.sh puts it. */
const PLACE = join(root, 'build/conformance/azure');
const AZURITE = join(PLACE, 'node_modules/azurite/dist/src/blob/main.js');
/** The account that Azurite has, and its key, which everybody knows. https://learn.microsoft.com/azure/storage/common/storage-connect-azurite */
export const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
export const SERVICE = `https://${ACCOUNT}.blob.core.windows.net`;

export interface AzuriteBed {
  readonly entra: FakeEntra;
  /** The environment of a job that signs in there. */
  readonly env: Readonly<Record<string, string>>;
  readonly door: Door;
  /** Runs a script of @azure/storage-blob's, with `container`, its client, in scope; what it returns, as JSON. */
  witness(container: string, body: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** What is missing, in words; null where all is there. */
export function missingForAzurite(): string | null {
  if (!existsSync(AZURITE))
    return 'skipped: Azurite is not installed (test/conformance/beds/install-azurite.sh)';
  return missingForCertificates();
}

export async function startAzurite(): Promise<AzuriteBed> {
  const folder = mkdtempSync(join(tmpdir(), 'azurite-'));
  const certificates = makeCertificates(folder, ['localhost']);
  const port = await freePort();
  const server = startProcess(
    process.execPath,
    [
      ...[AZURITE, '--inMemoryPersistence', '--disableTelemetry', '--silent', '--oauth', 'basic'],
      ...['--blobHost', '127.0.0.1', '--blobPort', String(port)],
      ...['--cert', join(folder, 'cert.pem'), '--key', join(folder, 'key.pem')],
    ],
    { log: join(folder, 'log'), env: process.env },
  );
  const ca = readFileSync(certificates.caFile);
  const door = await openDoor({ host: 'localhost', port, ca }, true);
  await untilReady(server, () => isOpen(port));
  const entra = await startEntra(() => Date.now());
  entra.secrets.add('s3cret');
  const bed: AzuriteBed = {
    entra,
    env: {
      AZURE_CLIENT_ID: entra.clientId,
      AZURE_TENANT_ID: entra.tenantId,
      AZURE_CLIENT_SECRET: 's3cret',
      AZURE_AUTHORITY_HOST: entra.url,
      AZURE_STORAGE_SERVICE_ENDPOINT: `${door.url}/${ACCOUNT}`,
    },
    door,
    witness,
    stop: async () => {
      await door.close();
      await entra.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bed;

  async function witness(container: string, body: string): Promise<unknown> {
    const client = JSON.stringify(join(PLACE, 'node_modules/@azure/storage-blob/dist/commonjs/index.js'));
    const script = `
      const { BlobServiceClient, StorageSharedKeyCredential } = require(${client});
      const key = new StorageSharedKeyCredential(${JSON.stringify(ACCOUNT)}, ${JSON.stringify(KEY)});
      const service = new BlobServiceClient('https://localhost:${port}/${ACCOUNT}', key);
      const container = service.getContainerClient(${JSON.stringify(container)});
      (async () => { ${body} })().then(
        (result) => console.log(JSON.stringify(result ?? null)),
        (error) => { console.error(error); process.exitCode = 1; },
      );`;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificates.caFile };
    const { stdout } = await run(process.execPath, ['-e', script], { env, maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout);
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
