/** GitHub's answers, read with care: a proxy's login page is not an issue. */
import type { Deployment, DeploymentStatus, EnvironmentReview } from '../../core/approval/deployment-host.ts';
import type { Account, IssueState, IssueSummary, OpenedIssue } from '../../core/approval/gate-host.ts';
import type { GateComment } from '../../core/approval/decide.ts';
import type { PullRequest } from '../../core/pull-requests.ts';
import { unexpected } from './client.ts';

type Fields = Readonly<Record<string, unknown>>;

function fields(data: unknown, what: string): Fields {
  if (typeof data !== 'object' || data === null) throw unexpected(what, 'an object');
  return data as Fields;
}

function text(data: Fields, name: string, what: string): string {
  const value = data[name];
  if (typeof value !== 'string') throw unexpected(what, `an answer with "${name}"`);
  return value;
}

function count(data: Fields, name: string, what: string): number {
  const value = data[name];
  if (typeof value !== 'number') throw unexpected(what, `an answer with "${name}"`);
  return value;
}

/** A deleted account no longer has a user. */
export function loginOf(user: unknown): string {
  const login = (user as { login?: unknown } | null | undefined)?.login;
  return typeof login === 'string' ? login : '';
}

export function openedIssue(data: unknown): OpenedIssue {
  const what = 'open the issue';
  const issue = fields(data, what);
  return {
    number: count(issue, 'number', what),
    url: text(issue, 'html_url', what),
    createdAt: text(issue, 'created_at', what),
    author: loginOf(issue.user),
    title: textOr(issue.title),
    body: bodyOf(issue),
  };
}

/** Null for an issue of another repository: it was transferred, and the request was redirected. */
export function issueState(data: unknown, repository: string): IssueState | null {
  const what = 'read the issue';
  const issue = fields(data, what);
  const home = textOr(issue.repository_url);
  if (home !== '' && !home.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`)) return null;
  return {
    title: textOr(issue.title),
    open: text(issue, 'state', what) === 'open',
    createdAt: textOr(issue.created_at),
    url: textOr(issue.html_url),
    body: bodyOf(issue),
    author: loginOf(issue.user),
    closedBy: loginOf(issue.closed_by),
    closedAt: textOr(issue.closed_at),
    updatedAt: textOr(issue.updated_at),
    comments: typeof issue.comments === 'number' ? issue.comments : 0,
  };
}

/** Null for a pull request, which GitHub lists among the issues. */
export function issueSummary(data: unknown): IssueSummary | null {
  const what = 'list open issues';
  const issue = fields(data, what);
  if (issue.pull_request !== undefined) return null;
  return { number: count(issue, 'number', what), author: loginOf(issue.user), body: bodyOf(issue) };
}

export function gateComment(data: unknown): GateComment {
  const what = 'read the comments';
  const comment = fields(data, what);
  const user = comment.user as { type?: unknown; id?: unknown } | null | undefined;
  const app = comment.performed_via_github_app as { slug?: unknown } | null | undefined;
  return {
    id: count(comment, 'id', what),
    author: loginOf(comment.user),
    authorId: typeof user?.id === 'number' ? user.id : null,
    authorType: textOr(user?.type),
    viaApp: app == null ? null : textOr(app.slug),
    body: bodyOf(comment),
    createdAt: text(comment, 'created_at', what),
    updatedAt: text(comment, 'updated_at', what),
    url: textOr(comment.html_url),
  };
}

export function account(data: unknown): Account {
  const what = 'look up the user';
  const user = fields(data, what);
  return { id: count(user, 'id', what), type: textOr(user.type) };
}

export function memberLogin(data: unknown): string {
  return text(fields(data, 'read the team'), 'login', 'read the team');
}

export function isActive(data: unknown): boolean {
  return fields(data, 'read the membership').state === 'active';
}

export function deployment(data: unknown): Deployment {
  const what = 'read the deployment';
  const found = fields(data, what);
  return {
    id: count(found, 'id', what),
    task: text(found, 'task', what),
    environment: text(found, 'environment', what),
    commit: textOr(found.sha),
    creator: loginOf(found.creator),
    createdAt: text(found, 'created_at', what),
    payload: payloadOf(found.payload),
  };
}

/** GitHub gives back what was stored; some servers give its JSON. */
function payloadOf(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

export function deploymentStatus(data: unknown): DeploymentStatus {
  const what = 'read the state of the deployment';
  const status = fields(data, what);
  return {
    id: count(status, 'id', what),
    state: text(status, 'state', what),
    description: textOr(status.description),
    logUrl: textOr(status.log_url),
    environmentUrl: textOr(status.environment_url),
  };
}

export function environmentReview(data: unknown): EnvironmentReview {
  const what = 'read the reviews of the run';
  const review = fields(data, what);
  const environments = Array.isArray(review.environments) ? (review.environments as unknown[]) : [];
  return {
    login: loginOf(review.user),
    userType: textOr((review.user as { type?: unknown } | null)?.type),
    state: text(review, 'state', what),
    comment: textOr(review.comment),
    environments: environments.map((environment) => text(fields(environment, what), 'name', what)),
  };
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function bodyOf(data: Fields): string {
  return typeof data.body === 'string' ? data.body : '';
}

export function pullRequest(data: unknown): PullRequest {
  const what = 'list the pull requests';
  const request = fields(data, what);
  const head = fields(request.head, what);
  const repository = (head.repo as { full_name?: unknown } | null | undefined)?.full_name;
  return {
    number: count(request, 'number', what),
    commit: text(head, 'sha', what),
    repository: textOr(repository),
  };
}
