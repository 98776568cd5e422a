/** A rollback is a way back. If a version is named that nothing speaks for, somebody has to say so twice. */
import { UserError } from '../../core/errors.ts';
import { shortVersion, type DeploymentTarget, type VersionInfo } from '../../core/targets.ts';
import type { Inputs } from './inputs.ts';

/**
 * A gate could otherwise be passed by: what a release or a smoke test took away would come back as a "rollback".
 * @throws UserError for a version that was rolled back from, or that no smoke test passed on, without `confirm`
 */
export async function checkWayBack(
  { command, endpointName, toVersion, confirm }: Inputs,
  target: DeploymentTarget,
): Promise<void> {
  if (command !== 'rollback' || toVersion === null || confirm === toVersion) return;
  const { versions, live } = await target.describe(endpointName);
  // One that is not known, or is meant by several, is refused by the target, which says what there is.
  const meant = versions.filter(({ version }) => isMeant(version, toVersion));
  const [to] = meant;
  if (to === undefined || meant.length > 1 || to.version === live?.version || to.verified) return;
  const fix = `Deploy its release again with a plan, or set confirm to "${toVersion}".`;
  throw UserError.of([{ where: 'to-version', message: `"${toVersion}" ${why(to)}`, fix }], {
    page: 'rollback-refused',
  });
}

function why({ version, withdrawnAt }: VersionInfo): string {
  const name = shortVersion(version);
  return withdrawnAt == null
    ? `names version ${name}, on which no smoke test has passed.`
    : `names version ${name}, which was rolled back from at ${withdrawnAt}, and no smoke test has passed on it since.`;
}

/** As the targets read it: whole, or by the digits that summaries show. */
function isMeant(version: string, given: string): boolean {
  if (version === given) return true;
  return given.length >= 8 && (version.startsWith(given) || version.endsWith(given));
}
