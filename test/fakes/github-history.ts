/**
 * What GitHub remembers of an issue beside its present state: edits, closings, new titles, transfers, and comments that
 * somebody else deleted. Read by GraphQL alone, so queries are judged and run against GitHub's own schema
 * (@octokit/graphql-schema).
 *
 * A comment that its own author deletes leaves nothing behind, as on GitHub; neither does a reaction or a label here.
 */
import { buildSchema, execute, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';

export interface PastEvent {
  readonly __typename: string;
  readonly createdAt: string;
  readonly actor: { readonly __typename: string; readonly login: string };
  readonly deletedCommentAuthor?: { readonly __typename: string; readonly login: string } | null;
  readonly previousTitle?: string;
  readonly currentTitle?: string;
}

/** Where an issue went that no longer exists. */
export type Gone = 'transferred' | 'converted' | 'deleted';

export interface SeenIssue {
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly number: number;
  readonly user: { readonly login: string };
}

export interface SeenComment {
  readonly id: number;
  readonly issue_url: string;
  readonly user: { readonly login: string };
}

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly login: string;
}

/** Asks the server behind as it is now; null where there is nothing. */
type Peek = <T>(path: string) => Promise<T | null>;

const ISSUE = /^(\/repos\/[^/]+\/[^/]+\/issues\/(\d+))$/;
const COMMENT = /^(\/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+))$/;
const NEW = /^\/repos\/[^/]+\/[^/]+\/issues(?:\/\d+\/comments)?$/;

export class GitHubHistory {
  readonly editedComments = new Map<number, string>();
  /** Edited within the second in which they were written: the stamps of REST do not tell. */
  readonly quietly = new Set<number>();
  /** Comments that somebody hid (as off-topic, say), which GitHub does not note among the events. */
  readonly hidden = new Set<number>();
  /** Comments that came as answers to notifications by e-mail. */
  readonly byEmail = new Set<number>();
  readonly editedBodies = new Map<number, string>();
  readonly gone = new Map<number, Gone>();
  /** When comments (by id) and issues (by number) were made and closed, by the clock of the events. */
  readonly stamps = {
    comments: new Map<number, string>(),
    issues: new Map<number, string>(),
    closed: new Map<number, string>(),
  };
  readonly #events = new Map<number, PastEvent[]>();
  readonly #now: () => string;

  constructor(now: () => string) {
    this.#now = now;
  }

  eventsOf(issue: number): readonly PastEvent[] {
    return this.#events.get(issue) ?? [];
  }

  /** GraphQL gives the login of an app's account without its end; an account of another name is a user like any. */
  actor(login: string): PastEvent['actor'] {
    const app = /^(.+)\[bot\]$/.exec(login)?.[1];
    return app === undefined ? { __typename: 'User', login } : { __typename: 'Bot', login: app };
  }

  add(issue: number, type: string, login: string, more: Partial<PastEvent> = {}): void {
    const event = { __typename: type, createdAt: this.#now(), actor: this.actor(login), ...more };
    this.#events.set(issue, [...this.eventsOf(issue), event]);
  }

  /** Looks at what is about to change; what it gives notes the change once it was made, from the server's answer. */
  async watch(change: Change, peek: Peek): Promise<(answer: unknown) => void> {
    if (change.method === 'POST' && NEW.test(change.path)) return (answer) => this.#made(answer);
    const comment = COMMENT.exec(change.path);
    if (comment !== null && ['PATCH', 'DELETE'].includes(change.method)) {
      const before = await peek<SeenComment>(comment[1] ?? '');
      return () => this.#commentChanged(change, before);
    }
    const issue = ISSUE.exec(change.path);
    if (issue === null || change.method !== 'PATCH') return () => undefined;
    const before = await peek<SeenIssue>(issue[1] ?? '');
    return () => this.#issueChanged(Number(issue[2]), change, before);
  }

  #made(answer: unknown): void {
    const { id, number } = answer as { readonly id: number; readonly number?: number };
    if (number === undefined) this.stamps.comments.set(id, this.#now());
    else this.stamps.issues.set(number, this.#now());
  }

  #commentChanged({ method, login }: Change, before: SeenComment | null): void {
    if (before === null) return;
    if (method === 'PATCH') {
      this.editedComments.set(before.id, this.#now());
    } else if (before.user.login !== login) {
      const issue = Number(/\/(\d+)$/.exec(before.issue_url)?.[1]);
      const deletedCommentAuthor = this.actor(before.user.login);
      this.add(issue, 'CommentDeletedEvent', login, { deletedCommentAuthor });
    }
  }

  #issueChanged(issue: number, { body, login }: Change, before: SeenIssue | null): void {
    if (before === null) return;
    const after = JSON.parse(body) as Partial<SeenIssue>;
    if (after.title !== undefined && after.title !== before.title) {
      const titles = { previousTitle: before.title, currentTitle: after.title };
      this.add(issue, 'RenamedTitleEvent', login, titles);
    }
    if (after.body !== undefined && after.body !== before.body) this.editedBodies.set(issue, this.#now());
    if (after.state === undefined || after.state === before.state) return;
    this.add(issue, after.state === 'closed' ? 'ClosedEvent' : 'ReopenedEvent', login);
    const at = this.eventsOf(issue).at(-1)?.createdAt;
    if (after.state === 'closed' && at !== undefined) this.stamps.closed.set(issue, at);
  }
}

let schema: Promise<GraphQLSchema> | null = null;
const documents = new Map<string, DocumentNode>();

/** It is large, and most tests need none of it. */
function github(): Promise<GraphQLSchema> {
  schema ??= import('@octokit/graphql-schema').then((known) =>
    buildSchema(known.schema.idl, { assumeValid: true }),
  );
  return schema;
}

async function documentOf(query: string): Promise<DocumentNode> {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  const [problem] = validate(await github(), document);
  if (problem !== undefined) throw problem;
  documents.set(query, document);
  return document;
}

interface Page {
  readonly first: number;
  readonly after?: string | null;
  readonly itemTypes?: readonly string[];
}

function pageOf<T>(items: readonly T[], { first, after }: Page) {
  const from = Number(after ?? 0);
  const nodes = items.slice(from, from + first);
  const end = from + nodes.length;
  return { nodes, pageInfo: { hasNextPage: end < items.length, endCursor: String(end) } };
}

/** `COMMENT_DELETED_EVENT` for `CommentDeletedEvent`. */
function itemType(typename: string): string {
  return typename.replace(/(?<!^)([A-Z])/g, '_$1').toUpperCase();
}

/** Answers a query about one issue as GitHub would. */
export async function answerGraphQL(
  body: string,
  history: GitHubHistory,
  repository: string,
  peek: Peek,
): Promise<unknown> {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
  const number = Number(variables.number);
  const issue = history.gone.has(number)
    ? null
    : await peek<SeenIssue>(`/repos/${repository}/issues/${number}`);
  if (issue === null) return notFound(number);
  const comments = await everyComment(`/repos/${repository}/issues/${number}/comments`, peek);
  const seen = {
    ...issue,
    lastEditedAt: history.editedBodies.get(number) ?? null,
    comments: (page: Page) =>
      pageOf(
        comments.map(({ id }) => ({
          fullDatabaseId: String(id),
          lastEditedAt: history.editedComments.get(id) ?? null,
          isMinimized: history.hidden.has(id),
          createdViaEmail: history.byEmail.has(id),
        })),
        page,
      ),
    timelineItems: ({ itemTypes = [], ...page }: Page) =>
      pageOf(
        history.eventsOf(number).filter(({ __typename }) => itemTypes.includes(itemType(__typename))),
        page,
      ),
  };
  const root = { repository: () => ({ nameWithOwner: repository, issue: () => seen }) };
  const document = await documentOf(query);
  return execute({ schema: await github(), document, rootValue: root, variableValues: variables });
}

async function everyComment(path: string, peek: Peek): Promise<SeenComment[]> {
  const all: SeenComment[] = [];
  for (let page = 1; ; page++) {
    const comments = (await peek<SeenComment[]>(`${path}?per_page=100&page=${page}`)) ?? [];
    all.push(...comments);
    if (comments.length < 100) return all;
  }
}

function notFound(number: number) {
  const message = `Could not resolve to an Issue with the number of ${number}.`;
  return {
    data: { repository: { nameWithOwner: '', issue: null } },
    errors: [{ type: 'NOT_FOUND', path: ['repository', 'issue'], message }],
  };
}
