/**
 * What an issue went through. REST gives neither who deleted a comment, nor that a body was edited and put back, nor an edit
 * within the second of writing; GraphQL does. https://docs.github.com/graphql/reference/objects#issue
 */
import { isBotLogin } from '../../core/approval/approvers.ts';
import type { IssueEvent, IssueEventKind, IssueHistory } from '../../core/approval/issue-history.ts';
import { unexpected, type GitHubApi } from './client.ts';
import { loginOf } from './shapes.ts';

export const HISTORY_QUERY = `query issueHistory($owner: String!, $repo: String!, $number: Int!, $comments: String, $events: String) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      lastEditedAt
      comments(first: 100, after: $comments) {
        nodes { fullDatabaseId lastEditedAt isMinimized createdViaEmail }
        pageInfo { hasNextPage endCursor }
      }
      timelineItems(first: 100, after: $events, itemTypes: [CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT, TRANSFERRED_EVENT, CONVERTED_TO_DISCUSSION_EVENT, COMMENT_DELETED_EVENT]) {
        nodes {
          __typename
          ... on ClosedEvent { createdAt actor { __typename login } }
          ... on ReopenedEvent { createdAt actor { __typename login } }
          ... on RenamedTitleEvent { createdAt actor { __typename login } }
          ... on TransferredEvent { createdAt actor { __typename login } }
          ... on ConvertedToDiscussionEvent { createdAt actor { __typename login } }
          ... on CommentDeletedEvent { createdAt actor { __typename login } deletedCommentAuthor { __typename login } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const KINDS: Readonly<Record<string, IssueEventKind>> = {
  ClosedEvent: 'closed',
  ReopenedEvent: 'reopened',
  RenamedTitleEvent: 'renamed',
  TransferredEvent: 'moved',
  ConvertedToDiscussionEvent: 'moved',
  CommentDeletedEvent: 'comment-deleted',
};

interface Connection {
  readonly nodes?: readonly (Readonly<Record<string, unknown>> | null)[] | null;
  readonly pageInfo?: { readonly hasNextPage?: unknown; readonly endCursor?: unknown } | null;
}

interface Page {
  readonly lastEditedAt?: unknown;
  readonly comments?: Connection;
  readonly timelineItems?: Connection;
}

/** A request that took longer to answer is none that people read. */
const MOST_PAGES = 50;
const WHAT = 'read the history of the issue';

/** Null if the issue no longer exists: deleted, transferred, or made a discussion. */
export async function issueHistory(
  api: GitHubApi,
  at: { readonly owner: string; readonly repo: string },
  number: number,
): Promise<IssueHistory | null> {
  const edited = new Set<number>();
  const hidden = new Set<number>();
  const byEmail = new Set<number>();
  const comments = new Set<number>();
  const events: IssueEvent[] = [];
  let bodyEdited = false;
  let cursors: { comments: string | null; events: string | null } = { comments: null, events: null };
  for (let page = 1; page <= MOST_PAGES; page++) {
    const issue = issueOf(await api.query(HISTORY_QUERY, { ...at, number, ...cursors }, WHAT));
    if (issue === null) return null;
    bodyEdited ||= issue.lastEditedAt !== null;
    for (const node of nodesOf(issue.comments)) {
      const id = Number(node.fullDatabaseId);
      if (!Number.isSafeInteger(id)) throw unexpected(WHAT, 'a comment with its id');
      comments.add(id);
      if (node.lastEditedAt !== null) edited.add(id);
      if (node.isMinimized === true) hidden.add(id);
      if (node.createdViaEmail === true) byEmail.add(id);
    }
    events.push(...nodesOf(issue.timelineItems).map(eventOf));
    const next = { comments: nextOf(issue.comments), events: nextOf(issue.timelineItems) };
    if (next.comments === null && next.events === null) {
      return {
        bodyEdited,
        editedComments: edited,
        hiddenComments: hidden,
        commentsByEmail: byEmail,
        comments,
        events: inOrder(events),
      };
    }
    cursors = { comments: next.comments ?? cursors.comments, events: next.events ?? cursors.events };
  }
  throw unexpected(WHAT, `an answer of fewer than ${MOST_PAGES} pages`);
}

function issueOf(data: unknown): Page | null {
  const repository = (data as { repository?: { issue?: Page | null } | null } | null)?.repository;
  if (repository?.issue === undefined) throw unexpected(WHAT, 'an answer with an issue');
  const issue = repository.issue;
  if (issue === null) return null;
  if (issue.lastEditedAt === undefined || issue.comments === undefined || issue.timelineItems === undefined) {
    throw unexpected(WHAT, 'a whole issue');
  }
  return issue;
}

function nodesOf(connection: Connection | undefined): Readonly<Record<string, unknown>>[] {
  return (connection?.nodes ?? []).filter((node) => node !== null);
}

/** Where the next page begins; null if there is none. */
function nextOf(connection: Connection | undefined): string | null {
  const { hasNextPage, endCursor } = connection?.pageInfo ?? {};
  return hasNextPage === true && typeof endCursor === 'string' ? endCursor : null;
}

/** A page that was read before is read again if the other list is longer. */
function inOrder(events: readonly IssueEvent[]): IssueEvent[] {
  const once = new Map(events.map((event) => [JSON.stringify(event), event]));
  return [...once.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function eventOf(node: Readonly<Record<string, unknown>>): IssueEvent {
  const kind = KINDS[String(node.__typename)];
  if (kind === undefined || typeof node.createdAt !== 'string')
    throw unexpected(WHAT, 'an event that was asked for');
  const author = actorOf(node.deletedCommentAuthor);
  return { kind, at: node.createdAt, actor: actorOf(node.actor), author };
}

/** GraphQL leaves out the end that REST gives the login of an app's account; without it, it may be a person's. */
function actorOf(node: unknown): string {
  const login = loginOf(node);
  const isBot = (node as { __typename?: unknown } | null | undefined)?.__typename === 'Bot';
  return isBot && !isBotLogin(login) ? `${login}[bot]` : login;
}
