/** Brings the old version back if a live endpoint failed its test, and says honestly what came of it. */
import { CancelledError, messageOf } from '../errors.ts';
import type { Logger } from '../ports.ts';
import { shortVersion, type DeploymentTarget, type EndpointDescription } from '../targets.ts';
import { whyNotServing } from './not-serving.ts';

export interface RollbackOutcome {
  /** The old version was read back as serving. */
  readonly rolledBack: boolean;
  /** One sentence for people. */
  readonly message: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Rolls back only what was tested: if another version went live in the meantime, it is left alone.
 * A refusal of the platform is an outcome, not an error. @throws CancelledError
 */
export async function rollBack(
  target: DeploymentTarget,
  endpoint: string,
  tested: string | null,
  log: Logger,
): Promise<RollbackOutcome> {
  try {
    const before = await target.describe(endpoint);
    const from = before.live?.version ?? null;
    const refusal = reasonNotTo(before, tested);
    if (refusal) return { rolledBack: false, message: refusal, from, to: null };
    log.info(`Rolling ${endpoint} back from ${short(from)} to ${short(before.previous?.version ?? null)}.`);
    // Tested is what is left, whatever goes live in this very moment.
    const result = await target.rollback(endpoint, null, from);
    return readBack(await target.describe(endpoint), before, result.message);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const message = `The rollback of ${endpoint} failed: ${messageOf(error)} Roll it back by hand.`;
    return { rolledBack: false, message, from: tested, to: null };
  }
}

function reasonNotTo(
  { endpoint, live, previous }: EndpointDescription,
  tested: string | null,
): string | null {
  if (tested !== null && live !== null && live.version !== tested) {
    return (
      `${endpoint} was not rolled back: during the test, its live version changed ` +
      `from ${short(tested)} to ${short(live.version)}.`
    );
  }
  if (previous === null) return `There is nothing to roll back to: this is the first release of ${endpoint}.`;
  return null;
}

function readBack(after: EndpointDescription, before: EndpointDescription, said: string): RollbackOutcome {
  const from = before.live?.version ?? null;
  const to = after.live?.version ?? null;
  const wanted = before.previous?.version ?? null;
  if (after.status === 'serving' && to !== null && to === wanted) {
    return {
      rolledBack: true,
      message: `${after.endpoint} was rolled back to ${short(to)}, which serves again.`,
      from,
      to,
    };
  }
  const now =
    after.status === 'serving'
      ? `${short(to)} serves`
      : `it is ${after.status}: ${whyNotServing(after).replace(/\.$/, '')}`;
  const message = `The rollback of ${after.endpoint} to ${short(wanted)} did not take effect: ${now}. ${said}`;
  return { rolledBack: false, message: message.trim(), from, to };
}

function short(version: string | null): string {
  return version === null ? 'nothing' : shortVersion(version);
}
