/** The gate's issue on GitHub. */
import { teamName, type TeamRef } from '../../core/approval/approvers.ts';
import type { ApprovalHost } from '../../core/approval/deployment-host.ts';
import type {
  Access,
  Account,
  GateHost,
  IssueDraft,
  IssueState,
  OpenedIssue,
} from '../../core/approval/gate-host.ts';
import { UserError } from '../../core/errors.ts';
import { deploymentHost, type Place } from './deployments.ts';
import { GitHubApi, tokenError, type Requester } from './client.ts';
import { issueHistory } from './issue-history.ts';
import {
  account,
  gateComment,
  isActive,
  issueState,
  issueSummary,
  memberLogin,
  openedIssue,
} from './shapes.ts';

export interface GateHostOptions {
  /** `owner/name` */
  readonly repository: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';

export function createGateHost(requester: Requester, options: GateHostOptions): ApprovalHost {
  const api = new GitHubApi(requester, options);
  const [owner = '', repo = ''] = options.repository.split('/');
  const at = { owner, repo };
  return { ...people(api, at), ...issues(api, at), ...deploymentHost(api, at) };
}

function issues(api: GitHubApi, at: Place): Pick<GateHost, IssueMethod> {
  return {
    open: (draft) => open(api, at, draft),
    issue: (number) =>
      api.call<IssueState | null>(
        `GET ${ISSUE}`,
        { ...at, issue_number: number },
        {
          what: 'read the issue',
          read: (data) => issueState(data, `${at.owner}/${at.repo}`),
          on: { 404: () => null, 410: () => null },
        },
      ),
    history: (number) => issueHistory(api, at, number),
    comments: (number, since) =>
      api.list(
        `GET ${ISSUE}/comments`,
        { ...at, issue_number: number, since },
        { what: 'read the comments', item: gateComment },
      ),
    openIssues: async (since) => {
      const parameters = { ...at, state: 'open', sort: 'created', direction: 'desc', since };
      const what = { what: 'list open issues', item: issueSummary };
      const issues = await api.list('GET /repos/{owner}/{repo}/issues', parameters, what);
      return issues.filter((issue) => issue !== null);
    },
    comment: (number, body) =>
      api.call(
        `POST ${ISSUE}/comments`,
        { ...at, issue_number: number, body },
        { what: 'comment on the issue', read: gateComment },
      ),
    close: (number, reason) =>
      api.call(
        `PATCH ${ISSUE}`,
        { ...at, issue_number: number, state: 'closed', state_reason: reason },
        { what: 'close the issue', read: () => undefined },
      ),
  };
}

type IssueMethod = 'open' | 'issue' | 'history' | 'comments' | 'openIssues' | 'comment' | 'close';

function people(
  api: GitHubApi,
  at: Place,
): Pick<GateHost, 'teamMembers' | 'isTeamMember' | 'account' | 'access'> {
  return {
    teamMembers: (team) => teamMembers(api, team),
    isTeamMember: ({ org, slug }, username) =>
      api.call<boolean>(
        'GET /orgs/{org}/teams/{team_slug}/memberships/{username}',
        { org, team_slug: slug, username },
        { what: `read the team ${org}/${slug}`, read: isActive, on: { 404: () => false } },
      ),
    account: (username) =>
      api.call<Account | null>(
        'GET /users/{username}',
        { username },
        { what: `look up ${username}`, read: account, on: { 404: () => null } },
      ),
    access: (username) =>
      api.call<Access>(
        'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
        { ...at, username },
        { what: `read the access of ${username}`, read: accessOf, on: { 404: () => 'unknown' } },
      ),
  };
}

/** GitHub folds its finer roles into these four; other servers may give the role's own name. */
function accessOf(data: unknown): Access {
  const permission = (data as { permission?: unknown } | null)?.permission;
  if (permission === 'admin') return 'admin';
  if (permission === 'write' || permission === 'push' || permission === 'maintain') return 'write';
  return permission === 'read' || permission === 'pull' || permission === 'triage' ? 'read' : 'none';
}

/** GITHUB_TOKEN can never read teams: GitHub answers 403 or 404. */
function teamMembers(api: GitHubApi, team: TeamRef): Promise<string[]> {
  const refuse = (said: string, cause: unknown): never => {
    const message =
      `The team ${teamName(team)} does not exist, or the token cannot read it (${said}). Check the name, and set ` +
      'token to one that can read the organisation’s members (GITHUB_TOKEN cannot).';
    throw new UserError(message, { cause, problems: [{ where: 'approvers', message }] });
  };
  return api.list(
    'GET /orgs/{org}/teams/{team_slug}/members',
    { org: team.org, team_slug: team.slug },
    { what: `read the team ${teamName(team)}`, item: memberLogin, on: { 403: refuse, 404: refuse } },
  );
}

async function open(api: GitHubApi, at: Place, draft: IssueDraft): Promise<OpenedIssue> {
  const opened = await tryOpen(api, at, draft);
  if (opened !== null) return opened;
  // Somebody who may approve need not be assignable; the mention reaches them all the same.
  const plain = await tryOpen(api, at, { ...draft, assignees: [] });
  if (plain !== null) return plain;
  throw new UserError('GitHub refused the issue as invalid. Check issue-title and labels.');
}

/** Null if GitHub calls the issue invalid and it had assignees, which is the likely reason. */
function tryOpen(api: GitHubApi, at: Place, draft: IssueDraft): Promise<OpenedIssue | null> {
  const { title, body, assignees, labels } = draft;
  const disabled = (said: string, cause: unknown): never => {
    throw new UserError(
      `The repository ${at.owner}/${at.repo} has issues disabled (${said}), but approve-gate asks in an issue. ` +
        'Enable issues in the repository’s settings.',
      { cause },
    );
  };
  const missing = (said: string, cause: unknown): never => {
    throw tokenError(
      `The repository ${at.owner}/${at.repo} does not exist, or the token cannot see it (${said}).`,
      cause,
    );
  };
  return api.call<OpenedIssue | null>(
    'POST /repos/{owner}/{repo}/issues',
    { ...at, title, body, assignees, labels },
    {
      what: 'open an issue',
      read: openedIssue,
      on: { 410: disabled, 404: missing, 422: (said, cause) => invalid(draft, said, cause) },
    },
  );
}

function invalid(draft: IssueDraft, said: string, cause: unknown): null {
  if (draft.assignees.length > 0) return null;
  throw new UserError(`GitHub refused the issue as invalid (${said}). Check issue-title and labels.`, {
    cause,
  });
}
