/** Results out about a version, written where the next run finds it. */
import { planOf } from '../../../deployment/port.ts';
import type { Step } from '../../../deployment/verdict.ts';
import { noteServed, noteVersion, noteWithdrawn } from '../notes.ts';
import type { Perform } from './perform.ts';
import type { Work } from './work.ts';

export const note: Perform = async (step, work) => ((await noteOf(step, work)) ? 'done' : 'lost');

function noteOf({ of, note: says }: Step, work: Work): Promise<boolean> {
  const { session, subject } = work;
  if (says === 'served') return noteServed(planOf(work.subject), session);
  if (says === 'withdrawn') return noteWithdrawn(subject.endpoint, of, session);
  return noteVersion(subject.endpoint, of, session, (known) => ({ ...known, withdrawn: false }));
}
