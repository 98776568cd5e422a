/** The HTTP face of a local endpoint: SageMaker's container contract, candidates by name, and the control routes. */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { messageOf } from '../../../core/errors.ts';
import { BODY_LIMIT, VERSION_HEADER } from '../control-protocol.ts';
import { controlRoutes, type ControlOptions } from './control.ts';
import type { Endpoint } from './endpoint.ts';
import type { Backend } from './backend.ts';

export interface AppOptions extends ControlOptions {
  /** One line to the server's log. */
  readonly log: (line: string) => void;
}

export function createApp(options: AppOptions): Hono {
  const { endpoint, log } = options;
  const app = new Hono();
  app.use(refuseForeignHosts);
  const limit = bodyLimit({
    maxSize: BODY_LIMIT,
    onError: (c) => refuse(c, 413, `The body is larger than ${BODY_LIMIT} bytes.`),
  });
  app.get('/ping', (c) => ping(c, endpoint.live, notLive(endpoint)));
  app.post('/invocations', limit, (c) => invoke(c, endpoint.live, notLive(endpoint), log));
  app.get('/candidates/:name/ping', (c) => candidateRoute(c, endpoint, (model, why) => ping(c, model, why)));
  app.post('/candidates/:name/invocations', limit, (c) =>
    candidateRoute(c, endpoint, (model, why) => invoke(c, model, why, log)),
  );
  app.route('/control', controlRoutes(options));
  app.notFound((c) => refuse(c, 404, `There is no ${c.req.method} ${new URL(c.req.url).pathname} here.`));
  app.onError((error, c) => {
    log(`${c.req.method} ${c.req.path} failed: ${error.stack ?? messageOf(error)}`);
    return refuse(c, 500, messageOf(error));
  });
  return app;
}

/**
 * A page of the internet can have its own name point to 127.0.0.1, and then send requests as if it were this server's:
 * the browser lets it, and only the name tells. https://en.wikipedia.org/wiki/DNS_rebinding
 */
const refuseForeignHosts: MiddlewareHandler = (c, next) => {
  const host = c.req.header('host') ?? '';
  if (/^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)) return next();
  return Promise.resolve(refuse(c, 421, 'This server answers requests to 127.0.0.1 and localhost only.'));
};

function refuse(c: Context, status: ContentfulStatusCode, error: string): Response {
  return c.json({ error }, status);
}

function notLive(endpoint: Endpoint): string {
  const { live } = endpoint.state;
  if (live === null) return 'No version is live yet.';
  return `The live version ${live} could not be loaded: ${endpoint.problemOf(live) ?? 'no reason is known'}`;
}

function candidateRoute(
  c: Context,
  endpoint: Endpoint,
  respond: (model: Backend | null, why: string) => Response | Promise<Response>,
): Response | Promise<Response> {
  const name = c.req.param('name') ?? '';
  const known = endpoint.state.candidates.find((candidate) => candidate.name === name);
  if (known === undefined) return refuse(c, 404, `The endpoint has no candidate "${name}".`);
  const problem = endpoint.problemOf(known.version.version);
  return respond(
    endpoint.candidate(name),
    `The candidate could not be loaded: ${problem ?? 'no reason is known'}`,
  );
}

async function ping(c: Context, model: Backend | null, why: string): Promise<Response> {
  if (model === null) return refuse(c, 503, why);
  const trouble = await model.trouble();
  if (trouble !== null) return refuse(c, 503, `The version ${model.version} does not serve: ${trouble}`);
  c.header(VERSION_HEADER, model.version);
  return c.json({ version: model.version });
}

async function invoke(
  c: Context,
  model: Backend | null,
  why: string,
  log: (line: string) => void,
): Promise<Response> {
  if (model === null) return refuse(c, 503, why);
  c.header(VERSION_HEADER, model.version);
  try {
    const { status, contentType, body } = await model.respond({
      body: new Uint8Array(await c.req.arrayBuffer()),
      contentType: c.req.header('content-type') ?? null,
      accept: c.req.header('accept') ?? null,
    });
    return c.body(new Uint8Array(body), status as ContentfulStatusCode, { 'content-type': contentType });
  } catch (error) {
    log(`version ${model.version} failed: ${error instanceof Error ? error.stack : String(error)}`);
    return refuse(c, 500, `The model failed: ${messageOf(error)}`);
  }
}
