/** After the job: a request that nobody waits for must not look as if it could still be approved. */
import { ends } from '../../core/approval/answers.ts';
import type { GateHost } from '../../core/approval/gate-host.ts';
import type { Logger } from '../../core/ports.ts';

export async function closeLeftOpen(issue: number, host: GateHost, log: Logger): Promise<void> {
  const now = await host.issue(issue);
  if (!now?.open) return;
  await host.comment(issue, ends.leftOpen());
  await host.close(issue, 'not_planned');
  log.info(`Closed the request #${issue}, which its run had left open.`);
}
