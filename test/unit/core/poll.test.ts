import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../src/core/errors.ts';
import { poll, type PollOptions } from '../../../src/core/poll.ts';
import { FakeClock } from '../../fakes/clock.ts';

const passing = new UpstreamError('AWS', 'Rate exceeded', { mayPass: true });

/** Answers one after the other; the last one again and again. */
function ask(answers: readonly (string | Error)[], options: Partial<PollOptions<string>> = {}) {
  const left = [...answers];
  const clock = new FakeClock();
  const unseen: string[] = [];
  const changes: string[] = [];
  const asked = poll<string>({
    check: () => {
      const answer = (left.length > 1 ? left.shift() : left[0]) ?? '';
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    done: (state) => state === 'done',
    intervalMs: 1000,
    timeoutMs: 10_000,
    onChange: (state) => changes.push(state),
    onUnseen: (error) => unseen.push(error.message),
    clock,
    signal: new AbortController().signal,
    random: () => 0,
    ...options,
  });
  return asked.then((result) => ({ ...result, unseen, changes, sleeps: clock.sleeps }));
}

describe('B3 a wait', () => {
  it('asks again where a question may be answered later, and tells the first of each row', async () => {
    const { state, timedOut, unseen, changes } = await ask([
      passing,
      passing,
      'begun',
      passing,
      passing,
      'begun',
      'done',
    ]);
    expect({ state, timedOut }).toEqual({ state: 'done', timedOut: false });
    expect(unseen).toHaveLength(2);
    expect(changes).toEqual(['begun', 'done']);
  });

  it('ends with what was seen last', async () => {
    expect(await ask(['begun', passing])).toMatchObject({ state: 'begun', timedOut: true });
  });

  it('that never saw anything says why', async () => {
    await expect(ask([passing])).rejects.toBe(passing);
  });

  it('has a pause also where the pause comes from a state', async () => {
    const { sleeps } = await ask([passing, 'begun', 'done'], { intervalMs: () => 2000 });
    expect(sleeps).toEqual([5000, 2000]);
  });

  it.each([new Error('broken'), new UpstreamError('AWS', 'no', { refusesCaller: true })])(
    'throws what will not pass: %s',
    async (error) => {
      await expect(ask(['begun', error])).rejects.toBe(error);
    },
  );
});
