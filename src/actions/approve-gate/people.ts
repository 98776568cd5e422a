/** Turns `approvers` into people, and knows whether they still may decide. */
import {
  loginKey,
  mergeApprovers,
  unsatisfiable,
  without,
  type Approver,
} from '../../core/approval/approvers.ts';
import type { Access, GateHost } from '../../core/approval/gate-host.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { Gate } from './checks.ts';

/** Login in lower case to what that person may do. */
export type AccessMap = ReadonlyMap<string, Access>;

export interface People {
  /** Without those who started the run. */
  readonly approvers: readonly Approver[];
  /** What the named ones could do when the request was made. */
  readonly access: AccessMap;
  /** Those of these logins who could decide when the request was made and cannot any more. */
  lost(logins: readonly string[]): Promise<string[]>;
}

type Named = Pick<Gate, 'approvers' | 'excluded' | 'minimumApprovals'>;

/** @throws UserError where a name is wrong, a team cannot be read, or nobody could satisfy the gate. */
export async function resolvePeople(gate: Named, host: GateHost): Promise<People> {
  const approvers = await approversOf(gate, host);
  const { access, problems } = await accessOf(approvers, host);
  const impossible = unsatisfiable(approvers.length - problems.length, gate.minimumApprovals, gate.excluded);
  const all = problems.length === 0 && impossible ? [impossible] : problems;
  if (all.length > 0) throw UserError.of(all);
  return { approvers, access, lost: lostSince(approvers, access, host) };
}

/**
 * For a request that was made before: who lost access since is known from `then`.
 * @throws UserError where a team cannot be read, or nobody could satisfy the gate.
 */
export async function peopleSince(gate: Named, then: AccessMap, host: GateHost): Promise<People> {
  const approvers = await approversOf(gate, host);
  const impossible = unsatisfiable(approvers.length, gate.minimumApprovals, gate.excluded);
  if (impossible !== null) throw UserError.of([impossible]);
  return { approvers, access: then, lost: lostSince(approvers, then, host) };
}

async function approversOf(gate: Named, host: GateHost): Promise<Approver[]> {
  const teams = [];
  for (const team of gate.approvers.teams) teams.push({ team, members: await host.teamMembers(team) });
  return without(mergeApprovers(gate.approvers.users, teams), gate.excluded);
}

function lostSince(approvers: readonly Approver[], then: AccessMap, host: GateHost): People['lost'] {
  return async (logins) => {
    const gone = [];
    for (const approver of approvers) {
      const asked = logins.some((login) => loginKey(login) === loginKey(approver.login));
      if (asked && !(await stillMay(approver, then, host))) gone.push(approver.login);
    }
    return gone;
  };
}

/** A misspelt name must not wait for somebody to register it. */
async function accessOf(
  approvers: readonly Approver[],
  host: GateHost,
): Promise<{ access: AccessMap; problems: Problem[] }> {
  const access = new Map<string, Access>();
  const problems: Problem[] = [];
  for (const { login, named } of approvers) {
    if (!named) continue;
    const now = await host.access(login);
    access.set(loginKey(login), now);
    if (now === 'unknown' && !(await host.userExists(login))) {
      problems.push({ where: 'approvers', message: `"${login}" is not a user.`, fix: 'Check the spelling.' });
    } else if (now === 'none') {
      const message = `"${login}" has no access to this repository, so that they could not comment.`;
      problems.push({ where: 'approvers', message });
    }
  }
  return { access, problems };
}

async function stillMay(approver: Approver, before: AccessMap, host: GateHost): Promise<boolean> {
  for (const team of approver.teams) {
    if (await host.isTeamMember(team, approver.login)) return true;
  }
  if (!approver.named) return false;
  return kept(before.get(loginKey(approver.login)) ?? 'unknown', await host.access(approver.login));
}

/** In a public repository everybody may read, so whoever could write and cannot now has lost their access. */
function kept(before: Access, now: Access): boolean {
  const writes = (access: Access) => access === 'write' || access === 'admin';
  if (before === 'unknown') return true;
  return writes(before) ? writes(now) : now !== 'unknown' && now !== 'none';
}
