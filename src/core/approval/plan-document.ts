/** The plan as a file: checked before it is shown to anybody, and written again with the approval in it. */
import { UserError, type Problem } from '../errors.ts';
import { isObject, type JsonObject } from '../json-object.ts';
import { parseApprovedPlan } from '../plan/approved-plan.ts';
import type { Finding, Origin, Plan } from '../plan/plan.ts';
import type { Approval } from '../release/release-record.ts';

/** What deploy-endpoint takes as `approved-plan`. */
export interface ApprovedPlanDocument extends Plan {
  readonly approval: Approval;
}

/** The plan that is to be approved. An approval that stands in it already is dropped: this gate gives its own. */
export function readPlanDocument(
  text: string,
  where: string,
): { plan: Plan } | { problems: readonly Problem[] } {
  try {
    const { plan } = parseApprovedPlan(text, where);
    // Only the digest's content is sure to be there; the rest is for people.
    const { changes, findings } = plan as Partial<Plan>;
    const { origin, ...rest } = plan;
    return {
      plan: {
        ...rest,
        ...(origin === undefined ? {} : { origin: originOf(origin) }),
        changes: objects(changes).map(({ field, from, to }) => ({
          field: plain(field),
          from: textOrNull(from),
          to: textOrNull(to),
        })),
        findings: objects(findings).map(({ level, message }) => ({
          level: levelOf(level),
          message: plain(message),
        })),
      },
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problems: error.problems };
  }
}

/** Texts, whatever stands there: it is shown, and nothing else. */
function originOf(origin: object): Origin {
  const { repository, commit, run, actor } = origin as Partial<Record<keyof Origin, unknown>>;
  return { repository: plain(repository), commit: plain(commit), run: plain(run), actor: plain(actor) };
}

function objects(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : plain(value);
}

function levelOf(level: unknown): Finding['level'] {
  return level === 'ok' || level === 'warning' ? level : 'not-checked';
}

export function approvedPlan(plan: Plan, by: Approval['by']): ApprovedPlanDocument {
  return { ...plan, approval: { status: 'approved', by, planDigest: plan.digest } };
}
