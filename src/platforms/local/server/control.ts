/** /control/: how the client changes what serves. Whoever does not know the token finds nothing here. */
import { timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { messageOf } from '../../../core/errors.ts';
import {
  TOKEN_HEADER,
  tokenHashOf,
  type CommandName,
  type Commands,
  type ServerStatus,
} from '../control-protocol.ts';
import { Refusal, type Endpoint } from './endpoint.ts';

export interface ControlOptions {
  readonly endpoint: Endpoint;
  readonly token: string;
  readonly stop: () => void;
  readonly log: (line: string) => void;
}

export function controlRoutes(options: ControlOptions): Hono {
  const { endpoint, token } = options;
  const routes = new Hono();
  routes.use(async (c, next) => {
    if (!sameToken(c.req.header(TOKEN_HEADER) ?? '', token)) return c.notFound();
    return next();
  });
  routes.get('/status', async (c) => c.json(await statusOf(endpoint, token)));
  routes.get('/logs', async (c) => c.json({ text: await logsOf(endpoint, Number(c.req.query('lines'))) }));
  for (const [name, run] of Object.entries(commands(options))) {
    routes.post(`/${name}`, (c) => execute(c, options, name, run));
  }
  return routes;
}

type Run = (body: never, signal: AbortSignal) => Promise<void>;

function commands({ endpoint, stop }: ControlOptions): Record<CommandName, Run> {
  return {
    deploy: (body: Commands['deploy'], signal) => endpoint.deploy(body, signal),
    stage: (body: Commands['stage'], signal) => endpoint.stage(body, signal),
    promote: (body: Commands['promote'], signal) => endpoint.promote(body, signal),
    discard: (body: Commands['discard']) => endpoint.discard(body),
    rollback: (body: Commands['rollback'], signal) => endpoint.rollBack(body, signal),
    mark: (body: Commands['mark']) => endpoint.mark(body),
    keep: (body: Commands['keep']) => endpoint.keep(body),
    retire: (body: Commands['retire']) => endpoint.retire(body),
    save: () => endpoint.save(),
    stop: () => {
      stop();
      return Promise.resolve();
    },
  };
}

async function execute(c: Context, options: ControlOptions, name: string, run: Run): Promise<Response> {
  const { endpoint, token, log } = options;
  const body = await c.req.json<{ generation?: number }>();
  const before = endpoint.state.live;
  // Aborted when the client goes away: a container that nobody waits for is not to take over later.
  const { signal } = c.req.raw;
  try {
    await endpoint.exclusively(body.generation ?? null, () => run(body as never, signal));
  } catch (error) {
    log(`${name} was refused: ${messageOf(error)}`);
    if (error instanceof Refusal) {
      const { message, detail, changed, status } = error;
      return c.json({ error: message, detail, changed }, status);
    }
    throw error;
  }
  const { live, generation } = endpoint.state;
  log(
    `${name}: done; ${live === before ? `live is ${live}` : `live was ${before}, is ${live}`} (change ${generation})`,
  );
  return c.json(await statusOf(endpoint, token));
}

async function logsOf(endpoint: Endpoint, lines: number): Promise<string> {
  const { live, state } = endpoint;
  const backends = [live, ...state.candidates.map(({ name }) => endpoint.candidate(name))];
  const texts = await Promise.all(backends.map(async (backend) => (await backend?.logs(lines)) ?? ''));
  return texts.filter((text) => text !== '').join('\n');
}

async function statusOf(endpoint: Endpoint, token: string): Promise<ServerStatus> {
  const { state, live } = endpoint;
  const trouble = (await live?.trouble()) ?? null;
  const problems =
    live === null || trouble === null ? endpoint.problems : { ...endpoint.problems, [live.version]: trouble };
  return {
    endpoint: state.endpoint,
    pid: state.pid,
    port: state.port,
    tokenHash: tokenHashOf(token),
    state,
    serving: live !== null && trouble === null ? live.version : null,
    problems,
  };
}

function sameToken(given: string, token: string): boolean {
  // Digests have one length, which timingSafeEqual needs, and hide where a guess goes wrong.
  return timingSafeEqual(Buffer.from(tokenHashOf(given)), Buffer.from(tokenHashOf(token)));
}
