/** Whether an approval may still be used, and the note that it was. */
import { text } from 'node:stream/consumers';
import { shortDigest } from '../../core/canonical-json.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import type { ApprovedPlan } from '../../documents/approved-plan.ts';
import {
  APPROVAL_USE_SCHEMA,
  parseApprovalUse,
  writeApprovalUse,
  type ApprovalUse,
} from '../../documents/approval-use.ts';
import { approvalKey, movedSince } from '../../core/plan/approval-use.ts';
import type { Plan } from '../../documents/plan.ts';
import { storeKeys, type ArtifactStore } from '../../core/stores.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import type { DeployPorts, Done } from './report.ts';
import type { Sources } from './source-ports.ts';

/**
 * For a plan whose version does not serve. One that serves already is a release that was cut short.
 * @param now the plan of this run, with what serves now as its base
 * @throws UserError if the approval was used, or the endpoint moved since the plan was made
 */
export async function checkUnused(
  { plan, approval }: ApprovedPlan,
  now: Plan,
  sources: Sources,
  target: DeploymentTarget,
  ports: DeployPorts,
): Promise<void> {
  if (now.base === now.version) return;
  const subject = `The approval of plan ${shortDigest(plan.digest)}`;
  const serving = `${plan.endpoint} serves ${now.base ?? 'nothing'}`;
  const fix = 'Nothing was changed; plan again, and have the new plan approved.';
  if (approval !== null) {
    const use = await readUse(approvalKey(approval), await ports.openStore(sources.storeUrl));
    if (use !== null) {
      const by = use.run === '' ? 'another run' : use.run;
      const message = `${subject} was used: ${by} deployed ${use.version} with it at ${use.at}, and ${serving} now. ${fix}`;
      throw new UserError(message, { page: 'plan-changed' });
    }
  }
  const { versions, live } = await target.describe(plan.endpoint);
  // Requests that were on their way when this run planned have arrived since: a release that was cut short, too.
  if (live?.version === now.version) return;
  const moved = movedSince(plan, { wanted: now.version, serving: now.base }, versions);
  if (moved === null) return;
  const message = `${subject} no longer holds: since the plan was made, ${moved}; ${serving} now. ${fix}`;
  throw new UserError(message, { page: 'plan-changed' });
}

/** @throws UserError if there is a note that cannot be read: that it was used is then not known to be false. */
async function readUse(key: string, store: ArtifactStore): Promise<ApprovalUse | null> {
  const name = storeKeys.approvalUse(key);
  if (!(await store.exists(name))) return null;
  try {
    return parseApprovalUse(await text(await store.open(name)), 'it');
  } catch (error) {
    throw new UserError(
      `Whether this approval was used cannot be read from ${store.urlOf(name)} (${messageOf(error)}). Nothing was changed.`,
      { cause: error },
    );
  }
}

/** Once what was approved serves, whoever made it so: from then on the approval is used. */
export async function noteUse({ plan, sources, approved, result }: Done, ports: DeployPorts): Promise<void> {
  const approval = approved?.approval ?? null;
  if (plan === null || sources === null || approval === null) return;
  if (!['deployed', 'promoted', 'unchanged'].includes(result.outcome)) return;
  if (result.description.live?.version !== plan.version) return;
  const { context, clock, log } = ports;
  const use: ApprovalUse = {
    schema: APPROVAL_USE_SCHEMA,
    planDigest: plan.digest,
    version: plan.version,
    endpoint: plan.endpoint,
    run: context.runUrl,
    at: clock.now().toISOString(),
  };
  try {
    const store = await ports.openStore(sources.storeUrl);
    await store.put(storeKeys.approvalUse(approvalKey(approval)), writeApprovalUse(use));
  } catch (error) {
    log.warning(`That the approval was used could not be noted in the artifact store: ${messageOf(error)}`);
  }
}
