/** Which closings of a request deny, and which approvals came too late. */
import { describe, expect, it } from 'vitest';
import type { GateComment } from '../../../../src/core/approval/decide.ts';
import { closedAgainst, withoutLate } from '../../../../src/core/approval/look.ts';
import { decisionWords } from '../../../../src/core/approval/words.ts';

const { words } = decisionWords([], []);
const at = (seconds: number) => new Date(Date.parse('2026-01-02T03:04:05Z') + seconds * 1000).toISOString();
const closed = (by: string, seconds: number) => ({ by, at: at(seconds) });
const vote = (login: string, seconds: number) => ({ login, at: at(seconds) });

describe('a closing', () => {
  const approvals = [vote('alice', 10), vote('bob', 20)];

  it.each([
    ['together with the comment that approves', closed('bob', 20)],
    ['in the second after it', closed('Bob', 21)],
    ['two seconds after it, as a slow server stamps it', closed('alice', 12)],
  ])('%s does not deny', (_, closing) => {
    expect(closedAgainst([closing], approvals)).toBeUndefined();
  });

  it.each([
    ['by an approver later, without a word', closed('alice', 13)],
    ['by an approver an hour later', closed('bob', 3620)],
    ['by an approver before they approved', closed('alice', 9)],
    ['by somebody else in the second of an approval', closed('carol', 10)],
    ['by nobody that is known', closed('', 10)],
    ['at a time that is not known', { by: 'alice', at: '' }],
  ])('%s denies', (_, closing) => {
    expect(closedAgainst([closing], approvals)).toBe(closing);
  });

  it('denies where it is the second one of the person who approved and closed', () => {
    const again = closed('bob', 60);
    expect(closedAgainst([closed('bob', 20), again], approvals)).toBe(again);
  });
});

describe('an approval after a closing', () => {
  const said = (author: string, seconds: number, body = 'approve'): GateComment => ({
    id: seconds,
    author,
    authorId: 1,
    viaApp: null,
    authorType: 'User',
    body,
    createdAt: at(seconds),
    updatedAt: at(seconds),
    url: '',
  });

  it('does not count, and a denial does', () => {
    const comments = [
      said('bob', 9),
      said('alice', 10),
      said('bob', 10),
      said('bob', 11),
      said('carol', 99, 'no'),
    ];
    const left = withoutLate(comments, closed('alice', 10), words);
    expect(left.map(({ author, id }) => `${author} ${id}`)).toEqual(['bob 9', 'alice 10', 'carol 99']);
  });
});
