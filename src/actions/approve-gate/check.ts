/** Mode check: what is about to be applied is compared with what was approved. Nobody is asked, and no token is needed. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compareWithApproved } from '../../core/approval/document/document-plan.ts';
import { OutcomeError, type Problem, UserError } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import { code, table } from '../../core/markdown.ts';
import { parseApprovedPlan, type ApprovedPlan } from '../../documents/approved-plan.ts';
import type { Change } from '../../documents/plan.ts';
import type { RunContext } from '../../core/ports.ts';
import type { Inputs } from './checks.ts';
import { loadDocument } from './document.ts';
import type { GatePorts } from './ports.ts';

/** @throws UserError for inputs that make no sense; OutcomeError if it is not what was approved */
export async function check(inputs: Inputs, ports: GatePorts): Promise<void> {
  const problems: Problem[] = [];
  const approved = await readApproved(inputs.approvedPlan, ports.context, problems);
  const path = inputs.documentPath;
  if (path === null) problems.push({ where: 'document-path', message: 'is required with mode check.' });
  const now = path === null ? null : await loadDocument(inputs, path, ports, problems);
  if (problems.length > 0 || approved === null || now === null) throw UserError.of(problems);
  const verdict = compareWithApproved(approved, now);
  if (!verdict.same) {
    ports.report.output('status', 'denied');
    ports.report.summary(differs(verdict.reason, verdict.changes));
    throw new OutcomeError(`${verdict.reason} Do not apply anything; request an approval of the new plan.`, {
      page: 'plan-changed',
    });
  }
  const by = (approved.approval?.by ?? []).map(({ login }) => login).join(',');
  ports.report.output('approved-by', by);
  ports.report.output('plan-digest', now.digest);
  ports.report.output('model-digest', now.desired.model);
  ports.report.output('environment-name', now.environmentName ?? '');
  ports.report.output('status', 'approved');
  ports.log.notice(`The document is what ${by} approved.`);
}

async function readApproved(
  given: string | null,
  context: RunContext,
  problems: Problem[],
): Promise<ApprovedPlan | null> {
  const fix = 'Give the output approved-plan, or approved-plan-json, of the step that asked.';
  if (given === null) {
    problems.push({ where: 'approved-plan', message: 'is required with mode check.', fix });
    return null;
  }
  try {
    const text = given.trimStart().startsWith('{')
      ? given
      : await readFile(resolve(context.workspace, given), 'utf8');
    return parseApprovedPlan(text, 'approved-plan');
  } catch (error) {
    if (error instanceof UserError) problems.push(...error.problems);
    else problems.push({ fix, ...(await pathProblem('approved-plan', given, context.workspace, error)) });
    return null;
  }
}

function differs(reason: string, changes: readonly Change[]): string {
  const rows = changes.map(({ field, from, to }) => [
    code(field),
    code(from ?? 'not there'),
    code(to ?? 'not there'),
  ]);
  const list = rows.length === 0 ? '' : `\n\n${table(['Part', 'Approved', 'Now'], rows)}`;
  return `### approve-gate: not what was approved\n\n${reason}${list}`;
}
