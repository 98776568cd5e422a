/**
 * GitHub as the gate sees it: the emulator, and in front of it a small server of ours for what the emulator lacks
 * (Deployments and their states, reviews of a run, dispatches, ETags, what an issue went through, transfers). Requests to
 * ours are checked against an OpenAPI description with the fields, types and enums of
 * https://github.com/github/rest-api-description.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenAPIBackend, type Context, type Document } from 'openapi-backend';
import { githubCalls, startGitHub, type GitHubEmulator, type GitHubSeed } from './emulators.ts';
import { answerGraphQL, GitHubHistory } from './github-history.ts';
import type { FakeAnswer } from './http.ts';

export interface FrontRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Whose token came with it. */
  readonly login: string;
}

export interface StoredStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly log_url: string;
  readonly environment_url: string;
  readonly creator: { readonly login: string; readonly type: string };
}

export interface StoredDeployment {
  readonly id: number;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly payload: unknown;
  readonly creator: { readonly login: string; readonly type: string };
  readonly created_at: string;
  readonly statuses: StoredStatus[];
}

export interface GitHubFront extends Omit<GitHubEmulator, 'close'> {
  /** Every request, in order. */
  readonly requests: FrontRequest[];
  /** How many of them were answered "not modified", which costs nothing of GitHub's hourly limit. */
  notModified: number;
  readonly deployments: StoredDeployment[];
  /** By run id, what GET …/approvals answers. */
  readonly reviews: Map<string, unknown[]>;
  readonly dispatches: unknown[];
  /** Logins that are no people. */
  readonly bots: Set<string>;
  /** Answers a request instead of GitHub where it gives something. */
  interfere: (request: FrontRequest) => FakeAnswer | null;
  /** Runs before a request is looked at: somebody acts between two requests of the gate. */
  before: (request: FrontRequest) => Promise<void> | void;
  readonly history: GitHubHistory;
  /** Logins that may write by a team. */
  readonly writers: Set<string>;
  /** Comments that an app posted in the name of their author: comment to the app's slug. */
  readonly viaApp: Map<number, string>;
  /** The clock of everything that is stamped; the time of day by default. */
  now: () => Date;
  /** The newest commit of the default branch. */
  headCommit(): Promise<string>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface FrontOptions extends GitHubSeed {
  /** Takes any commit for one of the repository's. */
  readonly anyCommit?: boolean;
}

export async function startGitHubFront(options: FrontOptions): Promise<GitHubFront> {
  const emulator = await startGitHub(options);
  const front: GitHubFront = {
    ...emulator,
    url: '',
    requests: [],
    notModified: 0,
    deployments: [],
    reviews: new Map(),
    dispatches: [],
    bots: new Set(),
    interfere: () => null,
    before: () => undefined,
    history: new GitHubHistory(() => wholeSeconds(front.now())),
    viaApp: new Map(),
    writers: new Set(),
    now: () => new Date(),
    headCommit: async () => {
      const path = `/repos/${emulator.repository}/commits`;
      return (await emulator.api<{ sha: string }[]>('GET', path))[0]?.sha ?? '';
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };
  const ours = await describedBackend(front, emulator, options.anyCommit ?? false);
  const peek = async <T>(path: string): Promise<T | null> => {
    const answer = await fetch(emulator.url + path, {
      headers: { authorization: `token ${emulator.token}` },
    });
    return answer.ok ? ((await answer.json()) as T) : null;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const login = loginOf(request);
      const seen = { method: request.method ?? 'GET', path: request.url ?? '/', body, login };
      front.requests.push(seen);
      await front.before(seen);
      const answer =
        front.interfere(seen) ??
        (await remembered(seen, front, peek)) ??
        (await ours(seen)) ??
        (await watched(seen, front, peek, () => forward(seen, request, emulator)));
      const { status = 200, body: data = null } = answer;
      const headers = { ...('headers' in answer ? answer.headers : {}) };
      const text = typeof data === 'string' ? data : JSON.stringify(asGitHub(data, front));
      const etag = `"${createHash('sha1').update(text).digest('hex')}"`;
      if (seen.method === 'GET' && status === 200) {
        headers.etag = etag;
        if (request.headers['if-none-match'] === etag) {
          front.notModified += 1;
          response.writeHead(304, headers).end();
          return;
        }
      }
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(status === 204 ? undefined : text);
    })().catch((error: unknown) => {
      // A fault of this fake must not look like GitHub's, nor like nothing.
      response.writeHead(418, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: `the fake failed: ${String(error)}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(front, { url, api: githubCalls(url, front) });
}

/** What happens within one second, such as "Close with comment", however slow this machine is. */
export async function inOneSecond(front: GitHubFront, act: () => Promise<unknown>): Promise<void> {
  const { now } = front;
  const then = now();
  front.now = () => then;
  await act();
  front.now = now;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function loginOf({ headers }: IncomingMessage): string {
  return /^(?:token|Bearer) token-(.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

async function forward(
  { method, path, body }: FrontRequest,
  { headers }: IncomingMessage,
  emulator: GitHubEmulator,
): Promise<Answer & { headers: Record<string, string> }> {
  const answer = await fetch(emulator.url + path, {
    method,
    headers: {
      authorization: headers.authorization ?? '',
      accept: headers.accept ?? '*/*',
      'content-type': headers['content-type'] ?? 'application/json',
    },
    ...(body === '' ? {} : { body }),
  });
  const text = await answer.text();
  const link = answer.headers.get('link');
  return {
    status: answer.status,
    body: text === '' ? null : (JSON.parse(text) as unknown),
    headers: link === null ? {} : { link },
  };
}

type Peek = <T>(path: string) => Promise<T | null>;

/** What only GitHub's memory can answer: GraphQL, and issues that are not there any more. */
async function remembered(
  { path, body }: FrontRequest,
  { history, repository }: GitHubFront,
  peek: Peek,
): Promise<FakeAnswer | null> {
  if (path === '/graphql') return { body: await answerGraphQL(body, history, repository, peek) };
  if (!path.startsWith(`/repos/${repository}/`)) return null;
  const [, number = '', rest = ''] = /\/issues\/(\d+)(\/[^?]*)?/.exec(path) ?? [];
  const gone = history.gone.get(Number(number));
  if (gone === undefined) return null;
  if (gone !== 'transferred') return { status: 410, body: { message: 'This issue was deleted' } };
  // "If the issue was transferred, you will receive a 301"; the clients follow it.
  return { status: 301, headers: { location: `/repos/acme/elsewhere/issues/${number}${rest}` }, body: {} };
}

async function watched(
  seen: FrontRequest,
  { history, writers }: GitHubFront,
  peek: Peek,
  change: () => Promise<Answer>,
): Promise<Answer> {
  const elsewhere = /^\/repos\/acme\/elsewhere\/issues\/(\d+)$/.exec(seen.path)?.[1];
  if (elsewhere !== undefined) return { status: 200, body: elsewhereIssue(Number(elsewhere)) };
  const note = await history.watch(seen, peek);
  const answer = await change();
  if (answer.status < 300) note(answer.body);
  // Somebody who is no collaborator may read a public repository.
  const whose = /\/collaborators\/([^/]+)\/permission$/.exec(seen.path)?.[1];
  if (whose === undefined || seen.method !== 'GET' || answer.status !== 404) return answer;
  return { status: 200, body: { permission: writers.has(whose) ? 'write' : 'read' } };
}

function elsewhereIssue(number: number) {
  return {
    number,
    title: 'moved',
    state: 'open',
    body: '',
    user: { login: 'deploy-bot', type: 'Bot' },
    html_url: `https://github.com/acme/elsewhere/issues/${number}`,
    repository_url: 'https://api.github.com/repos/acme/elsewhere',
    updated_at: wholeSeconds(new Date()),
    comments: 0,
  };
}

function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

const STAMPS = ['created_at', 'updated_at', 'closed_at'];

/**
 * The emulator knows people only, and stamps a new comment in two steps, so that it looks edited on a busy machine. GitHub
 * stamps whole seconds, and a comment that was never changed with one and the same time.
 */
function asGitHub(value: unknown, front: GitHubFront): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => asGitHub(item, front));
  const entries = Object.entries(value).map(([key, item]) => {
    const isStamp = STAMPS.includes(key) && typeof item === 'string';
    return [key, isStamp ? wholeSeconds(new Date(item)) : asGitHub(item, front)] as const;
  });
  const object = Object.fromEntries(entries);
  if (typeof object.login === 'string' && front.bots.has(object.login)) return { ...object, type: 'Bot' };
  const isComment = typeof object.issue_url === 'string' && typeof object.id === 'number';
  if (isComment) return asComment(object, front);
  return typeof object.number === 'number' && 'closed_at' in object ? asIssue(object, front) : object;
}

/** By the clock of what the issue went through. */
function asIssue(issue: Record<string, unknown>, { history: { stamps } }: GitHubFront) {
  const number = issue.number as number;
  const closed = issue.closed_at === null ? null : (stamps.closed.get(number) ?? issue.closed_at);
  return { ...issue, created_at: stamps.issues.get(number) ?? issue.created_at, closed_at: closed };
}

function asComment(comment: Record<string, unknown>, { history, viaApp }: GitHubFront) {
  const id = comment.id as number;
  const slug = viaApp.get(id);
  const created = history.stamps.comments.get(id) ?? String(comment.created_at);
  const later = wholeSeconds(new Date(Date.parse(created) + 1000));
  const isSeen = history.editedComments.has(id) && !history.quietly.has(id);
  return {
    ...comment,
    created_at: created,
    updated_at: isSeen ? later : created,
    performed_via_github_app: slug === undefined ? null : { slug },
  };
}

type Handler = (context: Context, request: FrontRequest) => Promise<Answer> | Answer;

async function describedBackend(front: GitHubFront, emulator: GitHubEmulator, anyCommit: boolean) {
  const handlers = handlersOf(front, emulator, anyCommit);
  const backend = new OpenAPIBackend({ definition: DESCRIPTION, quick: true });
  backend.register({
    ...handlers,
    validationFail: (context: Context) => ({
      status: 422,
      body: { message: 'Validation Failed', errors: context.validation.errors },
    }),
    notFound: () => null,
    methodNotAllowed: () => null,
  });
  await backend.init();
  return async (request: FrontRequest): Promise<Answer | null> => {
    const { method, path, body } = request;
    const parsed: unknown = body === '' ? undefined : JSON.parse(body);
    return (await backend.handleRequest(
      { method, path, headers: { 'content-type': 'application/json' }, body: parsed },
      request,
    )) as Answer | null;
  };
}

function handlersOf(
  front: GitHubFront,
  emulator: GitHubEmulator,
  anyCommit: boolean,
): Record<string, Handler> {
  const user = (login: string) => ({ login, type: front.bots.has(login) ? 'Bot' : 'User' });
  const find = ({ request }: Context) =>
    front.deployments.find(({ id }) => String(id) === request.params.deployment_id);
  const missing: Answer = { status: 404, body: { message: 'Not Found' } };
  const stamp = () => wholeSeconds(front.now());
  let lastId = 1000;
  return {
    listDeployments: ({ request }) => {
      const { task, environment, per_page = '30', page = '1' } = request.query as Record<string, string>;
      const fitting = front.deployments
        .filter((d) => (!task || d.task === task) && (!environment || d.environment === environment))
        .toReversed();
      const from = (Number(page) - 1) * Number(per_page);
      return { status: 200, body: fitting.slice(from, from + Number(per_page)) };
    },
    createDeployment: async ({ request }, { login }) => {
      const draft = request.body as Record<string, unknown> & Record<'ref' | 'task' | 'environment', string>;
      if (draft.auto_merge !== false || JSON.stringify(draft.required_contexts) !== '[]') {
        return { status: 409, body: { message: 'Conflict: Commit status checks failed for main.' } };
      }
      const known = anyCommit || (await isCommit(draft.ref, emulator));
      if (!known) return { status: 422, body: { message: `No ref found for: ${draft.ref}` } };
      const made: StoredDeployment = {
        id: ++lastId,
        sha: draft.ref,
        task: draft.task || 'deploy',
        environment: draft.environment || 'production',
        payload: draft.payload ?? {},
        creator: user(login),
        created_at: stamp(),
        statuses: [],
      };
      front.deployments.push(made);
      return { status: 201, body: made };
    },
    getDeployment: (context) => {
      const found = find(context);
      return found ? { status: 200, body: found } : missing;
    },
    createStatus: (context, { login }) => {
      const found = find(context);
      if (!found) return missing;
      const { state, description, log_url, environment_url } = context.request.body as Record<string, string>;
      const status: StoredStatus = {
        id: ++lastId,
        state: state ?? '',
        description: description ?? '',
        log_url: log_url ?? '',
        environment_url: environment_url ?? '',
        creator: user(login),
      };
      found.statuses.push(status);
      return { status: 201, body: status };
    },
    listStatuses: (context) => {
      const found = find(context);
      return found ? { status: 200, body: found.statuses.toReversed() } : missing;
    },
    listReviews: ({ request }) => {
      const reviews = front.reviews.get(String(request.params.run_id));
      return reviews ? { status: 200, body: reviews } : missing;
    },
    dispatch: ({ request }) => {
      front.dispatches.push(request.body);
      return { status: 204, body: null };
    },
  };
}

async function isCommit(ref: string, emulator: GitHubEmulator): Promise<boolean> {
  const commits = await emulator.api<{ sha: string }[]>('GET', `/repos/${emulator.repository}/commits`);
  return commits.some(({ sha }) => sha === ref);
}

const text = { type: 'string' } as const;
const pathParameter = (name: string) => ({ name, in: 'path', required: true, schema: text }) as const;
const queryParameter = (name: string) => ({ name, in: 'query', schema: text }) as const;
const repo = [pathParameter('owner'), pathParameter('repo')];
const answers = { '200': { description: 'as GitHub answers' } };
const json = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });
const url = { type: 'string', pattern: '^https?://' };

const DESCRIPTION = {
  openapi: '3.0.3',
  info: { title: 'GitHub, as far as the gate needs it', version: '1' },
  paths: {
    '/repos/{owner}/{repo}/deployments': {
      parameters: repo,
      get: {
        operationId: 'listDeployments',
        parameters: ['sha', 'ref', 'task', 'environment', 'per_page', 'page'].map(queryParameter),
        responses: answers,
      },
      post: {
        operationId: 'createDeployment',
        requestBody: json({
          type: 'object',
          required: ['ref'],
          properties: {
            ref: text,
            task: text,
            auto_merge: { type: 'boolean' },
            required_contexts: { type: 'array', items: text },
            payload: { oneOf: [{ type: 'object' }, text] },
            environment: text,
            description: { type: 'string', maxLength: 140, nullable: true },
            transient_environment: { type: 'boolean' },
            production_environment: { type: 'boolean' },
          },
        }),
        responses: answers,
      },
    },
    '/repos/{owner}/{repo}/deployments/{deployment_id}': {
      parameters: [...repo, pathParameter('deployment_id')],
      get: { operationId: 'getDeployment', responses: answers },
    },
    '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses': {
      parameters: [...repo, pathParameter('deployment_id')],
      get: {
        operationId: 'listStatuses',
        parameters: ['per_page', 'page'].map(queryParameter),
        responses: answers,
      },
      post: {
        operationId: 'createStatus',
        requestBody: json({
          type: 'object',
          required: ['state'],
          properties: {
            state: {
              enum: ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'],
            },
            target_url: url,
            log_url: url,
            description: { type: 'string', maxLength: 140 },
            environment: text,
            environment_url: url,
            auto_inactive: { type: 'boolean' },
          },
        }),
        responses: answers,
      },
    },
    '/repos/{owner}/{repo}/actions/runs/{run_id}/approvals': {
      parameters: [...repo, pathParameter('run_id')],
      get: {
        operationId: 'listReviews',
        parameters: ['per_page', 'page'].map(queryParameter),
        responses: answers,
      },
    },
    '/repos/{owner}/{repo}/dispatches': {
      parameters: repo,
      post: {
        operationId: 'dispatch',
        requestBody: json({
          type: 'object',
          required: ['event_type'],
          properties: { event_type: { type: 'string', maxLength: 100 }, client_payload: { type: 'object' } },
        }),
        responses: answers,
      },
    },
  },
} as unknown as Document;
