/** Tells people why their comment does not count. */
import { answerTo, reason } from '../../core/approval/answers.ts';
import type { Ignored } from '../../core/approval/decide.ts';
import type { GateHost } from '../../core/approval/gate-host.ts';
import type { Logger } from '../../core/ports.ts';

/** Enough for honest mistakes; a flood of comments is only logged. */
const MOST_ANSWERS = 30;

export async function answerComments(
  ignored: readonly Ignored[],
  to: { readonly issue: number; readonly minimumApprovals: number; readonly answered: Set<number> },
  host: GateHost,
  log: Logger,
): Promise<void> {
  for (const one of ignored) {
    const { id, author } = one.comment;
    const text = to.answered.has(id) ? null : answerTo(one, to.minimumApprovals);
    if (text === null) continue;
    log.info(`A comment of ${author || 'a deleted account'} does not count: ${reason(one.why) ?? one.why}.`);
    if (to.answered.size < MOST_ANSWERS) await host.comment(to.issue, text);
    to.answered.add(id);
  }
}
