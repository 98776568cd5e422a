/** Turns `approvers` into people, and knows whether they still may decide. */
import {
  loginKey,
  mergeApprovers,
  unsatisfiable,
  without,
  type Approver,
} from '../../core/approval/approvers.ts';
import type { Access, Account, GateHost } from '../../core/approval/gate-host.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { Gate } from './checks.ts';

/** Login in lower case to the number of the account. */
export type Accounts = ReadonlyMap<string, number>;

export interface People {
  /** Without those who started the run. */
  readonly approvers: readonly Approver[];
  /** Of the named ones, as they were when the request was made. */
  readonly accounts: Accounts;
  /** Those of these logins who cannot approve, or no longer: without sufficient access, or not in the team. */
  lost(logins: readonly string[]): Promise<string[]>;
}

export type Named = Pick<Gate, 'approvers' | 'excluded' | 'minimumApprovals' | 'readersApprove'>;

/** @throws UserError if a name is wrong, a team cannot be read, or nobody could satisfy the gate. */
export async function resolvePeople(gate: Named, host: GateHost): Promise<People> {
  const approvers = await approversOf(gate, host);
  const { accounts, problems } = await accountsOf(approvers, gate, host);
  const impossible = unsatisfiable(approvers.length - problems.length, gate.minimumApprovals, gate.excluded);
  const all = problems.length === 0 && impossible ? [impossible] : problems;
  if (all.length > 0) throw UserError.of(all);
  return { approvers, accounts, lost: lostOf(approvers, gate, host) };
}

/**
 * For a request that was made before, with the accounts of then.
 * @throws UserError if a team cannot be read, or nobody could satisfy the gate.
 */
export async function peopleSince(gate: Named, accounts: Accounts, host: GateHost): Promise<People> {
  const approvers = await approversOf(gate, host);
  const impossible = unsatisfiable(approvers.length, gate.minimumApprovals, gate.excluded);
  if (impossible !== null) throw UserError.of([impossible]);
  return { approvers, accounts, lost: lostOf(approvers, gate, host) };
}

/** The accounts behind these names; one that GitHub does not know is left out. */
export async function accountsNamed(logins: readonly string[], host: GateHost): Promise<Accounts> {
  const accounts = new Map<string, number>();
  for (const login of logins) {
    const account = await host.account(login);
    if (account !== null) accounts.set(loginKey(login), account.id);
  }
  return accounts;
}

async function approversOf(gate: Named, host: GateHost): Promise<Approver[]> {
  const teams = [];
  for (const team of gate.approvers.teams) teams.push({ team, members: await host.teamMembers(team) });
  return without(mergeApprovers(gate.approvers.users, teams), gate.excluded);
}

function lostOf(approvers: readonly Approver[], gate: Named, host: GateHost): People['lost'] {
  return async (logins) => {
    const gone = [];
    for (const approver of approvers) {
      const asked = logins.some((login) => loginKey(login) === loginKey(approver.login));
      if (asked && !(await mayApprove(approver, gate, host))) gone.push(approver.login);
    }
    return gone;
  };
}

/** A misspelt name must not wait for somebody to register it. */
async function accountsOf(
  approvers: readonly Approver[],
  gate: Named,
  host: GateHost,
): Promise<{ accounts: Accounts; problems: Problem[] }> {
  const accounts = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { login, named } of approvers) {
    if (!named) continue;
    const account = await host.account(login);
    const message = await whyNot(login, account, gate, host);
    if (message !== null) problems.push({ where: 'approvers', ...message });
    else if (account !== null) accounts.set(loginKey(login), account.id);
  }
  return { accounts, problems };
}

async function whyNot(
  login: string,
  account: Account | null,
  gate: Named,
  host: GateHost,
): Promise<Omit<Problem, 'where'> | null> {
  if (account === null) return { message: `"${login}" is not a user.`, fix: 'Check the spelling.' };
  if (account.type !== 'User') {
    return { message: `"${login}" is not a person's account, and only people approve.` };
  }
  const access = await host.access(login);
  if (suffices(access, gate)) return null;
  if (access === 'none' || access === 'unknown') {
    return { message: `"${login}" has no access to this repository, so they cannot comment.` };
  }
  const message = `"${login}" has only read access to this repository, so their approval would not count.`;
  return { message, fix: 'Give them write access, name somebody else, or set allow-read-access to true.' };
}

async function mayApprove({ login, named, teams }: Approver, gate: Named, host: GateHost): Promise<boolean> {
  if (!suffices(await host.access(login), gate)) return false;
  if (named) return true;
  for (const team of teams) if (await host.isTeamMember(team, login)) return true;
  return false;
}

/** In a public repository everybody may read. */
function suffices(access: Access, { readersApprove }: Named): boolean {
  return access === 'write' || access === 'admin' || (readersApprove && access === 'read');
}
