/**
 * Functions that run: AWS's Runtime Interface Emulator with its runtime client for Python, one process for each image. The
 * emulator takes one request at a time, and tells an error of the code by its body alone.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import type { Returned } from '../../fakes/aws/lambda/state.ts';
import { python } from '../python/python-bed.ts';
import { startProcess, untilReady, type Process } from './processes.ts';

const BED = join(root, 'build/conformance/lambda');
const EMULATOR = join(BED, 'aws-lambda-rie');

/** Why nothing can run; null where it can. */
export function whyNoLambda(): string | null {
  const isThere =
    existsSync(EMULATOR) &&
    readdirSync(BED).some((file) => file.startsWith('.installed-')) &&
    existsSync(python);
  return isThere
    ? null
    : 'skipped: the runtime interface emulator is not installed (test/conformance/beds/install-lambda.sh)';
}

export interface Running {
  /** One event, after those before it. */
  invoke(event: unknown): Promise<Returned>;
  stop(): Promise<void>;
}

export interface Code {
  /** Folder with the handler. */
  readonly folder: string;
  /** `app.handler` */
  readonly handler: string;
  /** What stands at /opt/ml/model. */
  readonly model: string;
  /** For events, and for the runtime's own API. */
  readonly ports: readonly [number, number];
  readonly log: string;
}

/** The environment of one function: it starts with its first event, as on Lambda. */
export async function startFunction({ folder, handler, model, ports, log }: Code): Promise<Running> {
  const [address, api] = ports.map((port) => `127.0.0.1:${port}`) as [string, string];
  const flags = ['--runtime-interface-emulator-address', address, '--runtime-api-address', api];
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    PYTHONPATH: [folder, join(BED, 'site')].join(':'),
    PYTHONDONTWRITEBYTECODE: '1',
    SM_MODEL_DIR: model,
    AWS_LAMBDA_FUNCTION_TIMEOUT: '60',
  };
  const emulator: Process = startProcess(EMULATOR, [...flags, python, '-m', 'awslambdaric', handler], {
    log,
    env,
  });
  await untilReady(emulator, () =>
    fetch(`http://${address}/`).then(
      () => true,
      () => false,
    ),
  );
  let last: Promise<unknown> = Promise.resolve();
  const send = async (event: unknown): Promise<Returned> => {
    const url = `http://${address}/2015-03-31/functions/function/invocations`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
    return returned(answer.status, await answer.text());
  };
  return {
    invoke: (event) => {
      const next = last.then(() => send(event));
      last = next.catch(() => null);
      return next;
    },
    stop: () => emulator.stop(),
  };
}

/** An error of the code is a 200 with its message; a start that failed is a 502, with the same. */
function returned(status: number, text: string): Returned {
  const payload = JSON.parse(text === '' ? '{}' : text) as { errorMessage?: string; stackTrace?: unknown };
  if (status === 200 && payload.errorMessage === undefined) return { payload };
  return { payload, error: 'Unhandled', logs: [payload.errorMessage ?? text] };
}
