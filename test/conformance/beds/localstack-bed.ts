/** Lambda's control plane as other people have written it: LocalStack's core and MiniStack, each a process of its own. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { freePort, startProcess, untilReady } from './processes.ts';

const BED = join(root, 'build/conformance/localstack');

/** Why neither can run; null where both can. */
export function whyNoLocalStack(): string | null {
  const isThere = existsSync(BED) && readdirSync(BED).some((file) => file.startsWith('.installed-'));
  return isThere
    ? null
    : 'skipped: LocalStack and MiniStack are not installed (test/conformance/beds/install-localstack.sh)';
}

export interface Emulator {
  readonly url: string;
  stop(): Promise<void>;
}

export function startLocalStack(): Promise<Emulator> {
  return start(
    'localstack/bin/python',
    [join(import.meta.dirname, 'start_localstack.py')],
    (port, folder) => ({
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      SERVICES: 'lambda,iam,sts',
      LOCALSTACK_VOLUME_DIR: folder,
    }),
  );
}

export function startMiniStack(): Promise<Emulator> {
  return start('ministack/bin/ministack', [], (port) => ({
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
  }));
}

/** They listen long after a first look. */
const LONGEST_MS = 180_000;

async function start(
  program: string,
  args: readonly string[],
  settings: (port: number, folder: string) => Readonly<Record<string, string>>,
): Promise<Emulator> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-emulator-'));
  const port = await freePort();
  const env = { PATH: process.env.PATH, HOME: folder, ...settings(port, folder) };
  const started = startProcess(join(BED, program), args, { log: join(folder, 'log'), env });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const answers = () =>
      fetch(`${url}/_localstack/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await untilReady(started, answers, LONGEST_MS);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
