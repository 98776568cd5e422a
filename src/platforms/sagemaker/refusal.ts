/** A call that AWS refused, before anything of the change was under way: why, and nothing is left of it. */
import { AwsFailure, wasNotDone } from '../../clouds/aws/errors.ts';
import { CancelledError, messageOf } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult } from '../../core/targets.ts';
import { removeNeverServed } from './conclude.ts';
import { explain } from './explain/explain.ts';
import { result, withDetail, type Explained } from './outcome.ts';
import type { Session } from './session.ts';
import { variantFacts } from './specs.ts';

/**
 * Removes what was made for the change, and says why it was refused.
 * @param name of the endpoint or candidate that was to be made or changed
 * @throws `error` itself where AWS did not refuse what was asked: who asked, or whatever else went wrong
 */
export async function refused(
  error: unknown,
  name: string,
  plan: Plan,
  session: Session,
): Promise<DeploymentResult> {
  if (!wasNotDone(error)) throw error;
  await leaveNothing(plan, session);
  const why = whyRefused(error, name, variantFacts(plan.desired).variantName ?? 'main');
  const rest = plan.base === null ? '' : '; what serves is untouched';
  const text = `SageMaker did not accept ${plan.version} for ${name}. ${why.message} What was made for it has been removed${rest}.`;
  return withDetail(await result(plan.endpoint, 'failed', text, session), why);
}

/**
 * By the cause, where AWS's words name one that we know.
 * @throws `error` itself where it is another one than what was asked for
 */
export function whyRefused(error: unknown, endpoint: string, variant: string): Explained {
  if (!(error instanceof AwsFailure) || error.kind !== 'refused') throw error;
  // The code of a quota says it even where the words are new.
  const reason = `${error.code}: ${error.said}`;
  const { cause, sentence, fix, page } = explain({ endpoint, variant, reason }, { text: '', note: '' });
  if (cause === 'unknown') return { message: error.message, detail: '', page: error.page };
  return { message: `${sentence} ${fix}`, detail: `Cause: ${cause}. ${error.message}`, page };
}

/** What was refused is what the user has to know: whatever cannot be removed now is found by the next run. */
async function leaveNothing(plan: Plan, session: Session): Promise<void> {
  try {
    await removeNeverServed(plan, session);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    session.options.log.warning(
      `What was made for ${plan.version} could not be removed: ${messageOf(error)}`,
    );
  }
}
