import { UserError } from '../errors.ts';
import type { Plan } from '../../documents/plan.ts';

/** Another command changed what serves since the plan was made. Without an approval, one may plan again and go on. */
export class PlanOutdatedError extends UserError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { ...options, page: 'plan-changed' });
  }
}

/**
 * A plan may be carried out while its base serves, or if what it wants serves already.
 * @throws PlanOutdatedError otherwise.
 */
export function checkBase(plan: Plan, serving: string | null): void {
  if (serving === plan.base || serving === plan.version) return;
  throw new PlanOutdatedError(
    `The version that serves ${plan.endpoint} has changed since this was planned: from ${plan.base ?? 'nothing'} ` +
      `to ${serving ?? 'nothing'}. Nothing was changed; plan again (and have the new plan approved).`,
  );
}
