/** The plan that was approved, and the plan that is carried out. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import { code, table } from '../../core/markdown.ts';
import { checkApproved } from '../../core/plan/check-approved.ts';
import { parseApprovedPlan, type ApprovedPlan } from '../../documents/approved-plan.ts';
import type { Change, Plan } from '../../documents/plan.ts';
import type { Report, RunContext } from '../../core/ports.ts';
import type { Inputs } from './inputs.ts';

/** @returns null if none is given. @throws UserError for a document that cannot be trusted. */
export async function readApprovedPlan(
  { approvedPlan, requireApproval, endpointName, target, environment }: Inputs,
  context: RunContext,
): Promise<ApprovedPlan | null> {
  if (approvedPlan === null) return null;
  const isJson = approvedPlan.startsWith('{');
  const where = isJson ? 'approved-plan' : `approved-plan "${approvedPlan}"`;
  const approved = parseApprovedPlan(isJson ? approvedPlan : await read(approvedPlan, context), where);
  const { plan } = approved;
  if (plan.endpoint !== endpointName || plan.target !== target) {
    throw new UserError(
      `${where} is a plan for the endpoint ${plan.endpoint} of target ${plan.target}, not for ${endpointName} ` +
        `of target ${target}. Nothing was changed.`,
    );
  }
  const other = otherPlace(plan, environment, context);
  if (other !== null)
    throw new UserError(`${where} is a plan ${other} Nothing was changed; plan again here.`);
  if (requireApproval && approved.approval === null) {
    const message = `${where} does not say who approved it, but require-approval is true. Nothing was changed.`;
    throw new UserError(`${message} Use the plan document from approve-gate's output, not the plan itself.`);
  }
  return approved;
}

/** A plan of another place may have the same model and settings, and was not approved for this one. */
function otherPlace(
  { environmentName, repository }: Plan,
  environment: string | null,
  context: RunContext,
): string | null {
  if (repository.toLowerCase() !== context.repository.toLowerCase()) {
    return `of the repository ${repository || '(none)'}, not of ${context.repository || '(none)'}.`;
  }
  if (environmentName === environment) return null;
  return `for the environment ${environmentName ?? '(none)'}, not for ${environment ?? '(none)'}.`;
}

async function read(path: string, context: RunContext): Promise<string> {
  try {
    return await readFile(resolve(context.workspace, path), 'utf8');
  } catch (error) {
    const fix = 'Use the output of approve-gate, the path or the JSON.';
    throw UserError.of([{ fix, ...(await pathProblem('approved-plan', path, context.workspace, error)) }]);
  }
}

/** The plan to carry out. @throws UserError if it is not the one that was approved; the summary then shows why. */
export function bindToApproval(approved: ApprovedPlan | null, now: Plan, report: Report<never>): Plan {
  if (approved === null) return now;
  const verdict = checkApproved(approved.plan, now);
  if (verdict.accepted) return verdict.plan;
  report.summary(
    `#### What differs from the approved plan ${code(approved.plan.digest)}\n\n${changesTable(verdict.changes, 'Approved', 'Now')}`,
  );
  const details = verdict.changes.map(
    ({ field, from, to }) => `  - ${field}: ${from ?? 'none'} -> ${to ?? 'none'}`,
  );
  throw new UserError(
    `${verdict.reason} Nothing was changed; have the new plan approved.\n${details.join('\n')}`,
  );
}

export function changesTable(changes: readonly Change[], from = 'From', to = 'To'): string {
  const cell = (value: string | null) => (value === null ? 'none' : code(value));
  const rows = changes.map((change) => [code(change.field), cell(change.from), cell(change.to)]);
  return table(['Field', from, to], rows);
}
