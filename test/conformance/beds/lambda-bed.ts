/**
 * Functions that run: AWS's Runtime Interface Emulator with its runtime client for Python, one process for each image. The
 * emulator takes one request at a time, and tells an error of the code by its body alone.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import type { Returned } from '../../fakes/aws/lambda/state.ts';
import { python } from '../python/python-bed.ts';
import { startProcess, untilReady, type Process } from './processes.ts';

const BED = join(root, 'build/conformance/lambda');
const EMULATOR = join(BED, 'aws-lambda-rie');
const ADAPTER = join(BED, 'lambda-adapter');

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

/** Why nothing can run with AWS's adapter; null where it can. It stands in /opt, which needs a mount of our own. */
export function whyNoAdapter(): string | null {
  if (!existsSync(ADAPTER))
    return "skipped: AWS's Lambda Web Adapter is not installed (test/conformance/beds/install-adapter.sh)";
  const isAllowed = spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0;
  return isAllowed ? null : 'skipped: unshare may not make a mount of its own here';
}

/** The environment of one function: it starts with its first event, as on Lambda. */
export function startFunction({ folder, handler, model, ports, log }: Code): Promise<Running> {
  const PYTHONPATH = [folder, join(BED, 'site')].join(':');
  const env = { ...ENVIRONMENT, HOME: folder, PYTHONPATH, SM_MODEL_DIR: model };
  return start([EMULATOR, ...flags(ports), python, '-m', 'awslambdaric', handler], { ports, log, env });
}

/** As model/Dockerfile.lambda lays it out: the server is the command, and the adapter an extension in /opt. */
export interface Served extends Pick<Code, 'model' | 'ports' | 'log'> {
  /** Takes the place of /opt; the adapter is put there. */
  readonly opt: string;
  readonly server: string;
  /** Of the image. */
  readonly env: Readonly<Record<string, string>>;
}

export function startServed({ opt, server, model, env, ports, log }: Served): Promise<Running> {
  mkdirSync(join(opt, 'extensions'), { recursive: true });
  copyFileSync(ADAPTER, join(opt, 'extensions/lambda-adapter'));
  const inItsPlace = 'mount --bind "$1" /opt && shift && exec "$@"';
  // With the first process of its own numbers all others end, too.
  const apart = ['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', inItsPlace, 'sh', opt];
  const command = [...apart, EMULATOR, ...flags(ports), python, server, 'serve'];
  return start(command, { ports, log, env: { ...ENVIRONMENT, ...env, SM_MODEL_DIR: model } });
}

const ENVIRONMENT = {
  PATH: process.env.PATH,
  PYTHONDONTWRITEBYTECODE: '1',
  AWS_LAMBDA_FUNCTION_TIMEOUT: '60',
};

const addressOf = (port: number) => `127.0.0.1:${port}`;

function flags([events, api]: Code['ports']): readonly string[] {
  return ['--runtime-interface-emulator-address', addressOf(events), '--runtime-api-address', addressOf(api)];
}

async function start(
  [program = '', ...args]: readonly string[],
  { ports, ...options }: Pick<Code, 'ports' | 'log'> & { readonly env: NodeJS.ProcessEnv },
): Promise<Running> {
  const address = addressOf(ports[0]);
  const emulator: Process = startProcess(program, args, options);
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
