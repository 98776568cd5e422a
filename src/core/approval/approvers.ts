/** Who may approve. GitHub logins are compared without regard to case, as GitHub does. */
import type { Problem } from '../errors.ts';

export interface TeamRef {
  readonly org: string;
  readonly slug: string;
}

export interface ApproverList {
  readonly users: readonly string[];
  readonly teams: readonly TeamRef[];
}

/** A person who may approve, and why. */
export interface Approver {
  readonly login: string;
  /** Named in `approvers` as a user. */
  readonly named: boolean;
  /** The teams of `approvers` that the person is a member of. */
  readonly teams: readonly TeamRef[];
}

/** With underscores, which the logins of enterprise-managed users have. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?$/;
const SLUG = /^[A-Za-z0-9_.-]{1,255}$/;

/** Reads `approvers`: users, and teams as org/team; a leading @ is forgiven. */
export function parseApprovers(entries: readonly string[]): { list: ApproverList; problems: Problem[] } {
  const users = new Map<string, string>();
  const teams = new Map<string, TeamRef>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    const [first = '', slug, ...rest] = entry.replace(/^@/, '').split('/');
    const bad = !LOGIN.test(first) || rest.length > 0 || (slug !== undefined && !SLUG.test(slug));
    if (bad) problems.push(malformed(entry));
    else if (slug === undefined) users.set(loginKey(first), first);
    else teams.set(loginKey(`${first}/${slug}`), { org: first, slug });
  }
  return { list: { users: [...users.values()], teams: [...teams.values()] }, problems };
}

function malformed(entry: string): Problem {
  const fix = 'Write users as their login (octocat) and teams as org/team (acme/ml-owners).';
  return { where: 'approvers', message: `"${entry}" is neither a user nor a team.`, fix };
}

/** One entry a person, from named users and from teams with their members. */
export function mergeApprovers(
  users: readonly string[],
  teams: readonly { readonly team: TeamRef; readonly members: readonly string[] }[],
): Approver[] {
  const people = new Map<string, Approver>();
  for (const login of users) people.set(loginKey(login), { login, named: true, teams: [] });
  for (const { team, members } of teams) {
    for (const login of members) {
      const known = people.get(loginKey(login)) ?? { login, named: false, teams: [] };
      people.set(loginKey(login), { ...known, teams: [...known.teams, team] });
    }
  }
  return [...people.values()];
}

export function without<T extends { readonly login: string }>(
  people: readonly T[],
  excluded: readonly string[],
): T[] {
  const keys = new Set(excluded.map(loginKey));
  return people.filter((person) => !keys.has(loginKey(person.login)));
}

/** The problem of a gate that can never open; null if it can. */
export function unsatisfiable(
  remaining: number,
  minimumApprovals: number,
  excluded: readonly string[],
): Problem | null {
  if (remaining >= minimumApprovals) return null;
  const who = excluded.length > 0 ? ` besides ${excluded.join(' and ')}, who started the run` : '';
  return {
    where: 'minimum-approvals',
    message: `${minimumApprovals} ${minimumApprovals === 1 ? 'approval is' : 'approvals are'} needed, but only ${remaining} of the approvers can give one${who}.`,
    fix: 'Name more approvers, lower minimum-approvals, or set exclude-initiator to false.',
  };
}

/** The form in which two spellings of a login are the same. */
export function loginKey(login: string): string {
  return login.toLowerCase();
}

export function teamName(team: TeamRef): string {
  return `${team.org}/${team.slug}`;
}

/** GitHub writes the login of an app's account with this end, which no person can have. */
export function isBotLogin(login: string): boolean {
  return login.toLowerCase().endsWith('[bot]');
}
