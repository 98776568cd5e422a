/** The commits between two, as GitHub compares them. https://docs.github.com/rest/commits/commits#compare-two-commits */
import { UserError } from '../../core/errors.ts';
import { isObject } from '../../core/json-object.ts';
import type { CommitBetween, CommitsBetween } from '../../documents/plan-news.ts';
import { GitHubApi, unexpected, type Requester } from './client.ts';
import type { GateHostOptions } from './gate-host.ts';
import { loginOf } from './shapes.ts';

const WHAT = 'compare two commits';
/** GitHub gives the oldest first, and this many at once. */
const PAGE = 100;
const MOST = 20;

/** @throws UserError if the token cannot read them, or there is no such commit; UpstreamError; CancelledError */
export function createCommitReader(requester: Requester, options: GateHostOptions) {
  const api = new GitHubApi(requester, options);
  const [owner = '', repo = ''] = options.repository.split('/');
  return (base: string, head: string): Promise<CommitsBetween> =>
    api.call<CommitsBetween>(
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      { owner, repo, basehead: `${base}...${head}`, per_page: PAGE },
      { what: WHAT, read: commitsBetween, on: { 403: denied, 404: denied } },
    );
}

/** A token without `contents` is told of a private repository that there is none. */
function denied(said: string, cause: unknown): never {
  throw new UserError(
    `GitHub shows them to no token without "permissions: contents: read", and needs both commits to exist (${said}).`,
    { cause, page: 'github' },
  );
}

function commitsBetween(data: unknown): CommitsBetween {
  if (!isObject(data) || !Array.isArray(data.commits)) throw unexpected(WHAT, 'a list of commits');
  const { ahead_by: total, behind_by: behind, commits } = data;
  if (typeof total !== 'number' || typeof behind !== 'number') throw unexpected(WHAT, 'how many there are');
  return { total, behind, newest: (commits as unknown[]).map(commit).slice(-MOST).reverse() };
}

function commit(data: unknown): CommitBetween {
  const { sha, author, commit: said } = (data ?? {}) as Readonly<Record<string, unknown>>;
  const { message, author: written } = (said ?? {}) as {
    message?: unknown;
    author?: { name?: unknown } | null;
  };
  if (typeof sha !== 'string' || typeof message !== 'string') throw unexpected(WHAT, 'a commit');
  const name = typeof written?.name === 'string' ? written.name : '';
  return { sha, ...titleOf(message), author: loginOf(author) || name || 'not known' };
}

/** Of a merge, the title of its pull request, which is the message's third line. */
function titleOf(message: string): Pick<CommitBetween, 'title' | 'pull'> {
  const [first = '', , third = ''] = message.split(/\r?\n/);
  const merged = /^Merge pull request #(\d{1,9}) /.exec(first)?.[1];
  if (merged !== undefined) return { title: third.trim() || first, pull: Number(merged) };
  const squashed = /^(.*?) ?\(#(\d{1,9})\)$/.exec(first);
  return squashed === null
    ? { title: first, pull: null }
    : { title: squashed[1] ?? first, pull: Number(squashed[2]) };
}
