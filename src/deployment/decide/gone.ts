/** The end of an endpoint: candidates first, then the endpoint, then what they were made of. */
import { isPassing } from '../observed.ts';
import { end, may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function* gone(situation: Situation): Deciding {
  const candidates = yield* need(situation, 'candidates');
  const own = candidates.filter(({ ours }) => ours);
  if (own.some(({ state }) => state === 'starting' || state === 'going'))
    yield { wait: { for: 'candidate', until: null } };
  for (const { name } of own) yield* must(situation, { kind: 'drop-candidate', of: name });
  const serving = yield* need(situation, 'serving');
  if (isPassing(serving)) yield { wait: { for: 'move', until: null } };
  if (serving.state !== 'absent') yield* must(situation, on(serving, { kind: 'close', of: '' }));
  const guards = yield* wish(situation, 'guards');
  for (const { name } of guards ?? []) yield* may(situation, { kind: 'unguard', of: name });
  const versions = yield* need(situation, 'versions');
  const users = yield* wish(situation, 'users');
  for (const { version, ours } of versions)
    // A candidate that is not ours may have been made of it.
    if (ours && users?.includes(version) === false && candidates.every((entry) => entry.version !== version))
      yield* may(situation, on(serving, { kind: 'retire-version', of: version }));
  yield* end({ kind: 'gone' });
}
