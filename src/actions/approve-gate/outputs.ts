/** What the gate puts out: nothing until it is known, and what is deployed only if it was approved. */
import { writeFile } from 'node:fs/promises';
import type { Vote } from '../../core/approval/decide.ts';
import { whatItMeans } from '../../core/approval/request-body.ts';
import { approvedPlan, writeApprovedPlan } from '../../documents/approved-plan.ts';
import type { Evidence } from '../../documents/request-payload.ts';
import { shortDigest } from '../../core/canonical-json.ts';
import { code, escapeMarkdown, table } from '../../core/markdown.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Report } from '../../core/ports.ts';
import { runFile } from '../../core/workspace.ts';
import type { GatePorts, Output } from './ports.ts';
import { spec } from './spec.ts';

export function noOutputsYet(report: Report<Output>): void {
  for (const name of Object.keys(spec.outputs) as Output[]) report.output(name, '');
}

export type Approving = Pick<Vote, 'login' | 'at' | 'url' | 'said'>;

/** The plan with the approval in it, and everything that it pins. */
export async function passOn(
  plan: Plan,
  environment: string | null,
  votes: readonly Approving[],
  ports: GatePorts,
): Promise<void> {
  const by = votes.map(({ login, at, url, said }) => ({ login, at, url, said }));
  const document = approvedPlan(plan, by);
  const path = await runFile(ports.context, `approved-plan-${shortDigest(plan.digest)}.json`);
  const text = writeApprovedPlan(document);
  await writeFile(path, text);
  const people = by.map(({ login }) => login).join(',');
  const { report } = ports;
  report.output('approved-by', people);
  report.output('approved-plan', path);
  report.output('approved-plan-json', text);
  for (const [name, value] of Object.entries(pinned(plan, environment))) {
    report.output(name as Output, value ?? '');
  }
  ports.log.notice(`Plan ${shortDigest(plan.digest)} was approved by ${people}.`);
}

/** The document may be of another version, or made by hand: only what its digest covers is sure to be there. */
function pinned(plan: Plan, environment: string | null): Partial<Record<Output, string | null>> {
  const sources: Partial<Plan['sources']> = (plan as Partial<Plan>).sources ?? {};
  return {
    'plan-digest': plan.digest,
    'endpoint-name': plan.endpoint,
    target: plan.target,
    'environment-name': environment,
    commit: plan.commit,
    'model-digest': plan.desired.model,
    'model-data-url': sources.modelUrl ?? null,
    'reference-url': sources.referenceUrl ?? null,
    'image-digest': plan.desired.image ?? null,
    'image-uri': sources.imageUri ?? null,
    'release-digest': sources.release ?? null,
  };
}

export interface Shown {
  readonly kind: string;
  readonly plan: Plan;
  readonly evidence: Evidence | null;
  readonly issue: { readonly number: number; readonly url: string } | null;
  readonly by: readonly string[];
}

export function summaryOf({ kind, plan, evidence, issue, by }: Shown): string {
  return [
    `### approve-gate: ${escapeMarkdown(kind)}`,
    table(
      ['', ''],
      [
        ['Endpoint', code(plan.endpoint)],
        ['Plan', code(plan.digest)],
        ...(issue === null ? [] : [['Request', `[#${issue.number}](${issue.url})`]]),
        ...(by.length === 0 ? [] : [['By', by.map(escapeMarkdown).join(', ')]]),
      ],
    ),
    ...whatItMeans({ plan, evidence }),
  ].join('\n\n');
}
