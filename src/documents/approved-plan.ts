/**
 * A plan that may carry an approval: the plan's JSON, with a further field `approval` if a gate wrote one. Only what
 * the digest covers is believed: anything else in the document (sources, version, changes) may have been edited.
 */
import { isObject } from '../core/json-object.ts';
import { UserError, type Problem } from '../core/errors.ts';
import { approvalShape, type Approval } from './approval.ts';
import { refused, tryRead, writeDocument, type Format } from './document.ts';
import { PLAN_SCHEMA, planDigest, planShape, type Plan } from './plan.ts';
import type { Shape } from './shape.ts';

export interface ApprovedPlan {
  readonly plan: Plan;
  /** Who approved it; null if the document does not say. */
  readonly approval: Approval | null;
}

/** What deploy-endpoint takes as `approved-plan`. */
export interface ApprovedPlanDocument extends Plan {
  readonly approval: Approval;
}

const shape: Shape<Plan & { readonly approval?: unknown }> = {
  problems: (value, at) => {
    const { approval: _, ...plan } = isObject(value) ? value : {};
    return planShape.problems(plan, at);
  },
};

const FORMAT: Format<Plan & { readonly approval?: unknown }> = {
  what: 'a plan document',
  schema: PLAN_SCHEMA,
  shape,
  remedy:
    "Use the plan document from approve-gate's output unchanged; if another version of ml-deploy made it, plan again.",
};

/**
 * Reads a plan document.
 * @param where how messages name it, such as `approved-plan (plan.json)`
 * @throws UserError if it is not a plan, or if its digest is not the digest of its content.
 */
export function parseApprovedPlan(text: string, where: string): ApprovedPlan {
  const read = tryRead(FORMAT, text);
  if ('problem' in read) throw refusal(where, `${read.problem}.`, read.cause);
  const { approval = null, ...plan } = read.value;
  const digest = planDigest(plan);
  if (plan.digest !== digest) {
    throw refusal(
      where,
      `is damaged or was edited: it says that its digest is ${plan.digest}, but its content has ${digest}.`,
    );
  }
  return { plan, approval: approval === null ? null : parseApproval(approval, digest, where) };
}

function parseApproval(value: unknown, digest: string, where: string): Approval {
  if (approvalShape.problems(value, 'approval').length > 0) {
    throw refusal(where, 'has an "approval" that does not say who approved it.');
  }
  const approval = value as Approval;
  if (approval.planDigest === digest) return approval;
  throw refusal(
    where,
    `carries an approval of another plan (${approval.planDigest}); its own digest is ${digest}.`,
  );
}

function refusal(where: string, message: string, cause?: unknown): UserError {
  return refused(where, `${message} ${FORMAT.remedy}`, cause);
}

/** The plan that is to be approved. An approval that is in it already is dropped: the gate gives its own. */
export function readPlanDocument(
  text: string,
  where: string,
): { readonly plan: Plan } | { readonly problems: readonly Problem[] } {
  try {
    return { plan: parseApprovedPlan(text, where).plan };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problems: error.problems };
  }
}

export function approvedPlan(plan: Plan, by: Approval['by']): ApprovedPlanDocument {
  return { ...plan, approval: { status: 'approved', by, planDigest: plan.digest } };
}

export function writeApprovedPlan(document: ApprovedPlanDocument): string {
  return writeDocument(document);
}
