import { describe, expect, it } from 'vitest';
import { answerTo, reason } from '../../../../src/core/approval/answers.ts';
import {
  decide,
  type GateComment,
  type GateRequest,
  type Standing,
  type Why,
} from '../../../../src/core/approval/decide.ts';
import { ours, supersededComment } from '../../../../src/core/approval/marker.ts';
import { decisionWords } from '../../../../src/core/approval/words.ts';

const START = Date.parse('2026-01-02T03:04:05Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');

let nextId = 1;
function comment(body: string, more: Partial<GateComment> = {}): GateComment {
  const id = nextId++;
  const createdAt = more.createdAt ?? at(60);
  return {
    id,
    author: 'alice',
    authorId: 1,
    viaApp: null,
    authorType: 'User',
    body,
    createdAt,
    updatedAt: createdAt,
    url: `https://example.test/c${id}`,
    ...more,
  };
}

const request: GateRequest = {
  createdAt: at(0),
  minimumApprovals: 1,
  words: decisionWords(['ship it', 'go.now'], ['stop']).words,
  excluded: ['Olga'],
};
const standing: Standing = { approvers: [{ login: 'Alice' }, { login: 'bob' }, { login: 'carol' }] };

interface Cell {
  readonly name: string;
  readonly why: Why;
  readonly spoof: Partial<GateComment> & { readonly body: string };
  readonly standing?: Standing;
}

const WORDS = ['approve', 'approved', 'lgtm', 'yes', 'ship it', 'go.now'];
const SHAPES: [string, Why, (word: string) => string][] = [
  ['not …', 'not-one-word', (w) => `not ${w}`],
  ['a question', 'not-one-word', (w) => `${w}?`],
  ['with a reason', 'not-one-word', (w) => `${w}, but only after lunch`],
  ['twice', 'not-one-word', (w) => `${w} ${w}`],
  ['quoted', 'quoted', (w) => `> ${w}`],
  ['quoted without a space', 'quoted', (w) => `>${w}`],
  ['quoted with an answer', 'quoted', (w) => `> ${w}\n\nno way`],
  ['inline code', 'in-code', (w) => `\`${w}\``],
  ['code block', 'in-code', (w) => `\`\`\`\n${w}\n\`\`\``],
  ['tilde block', 'in-code', (w) => `~~~\n${w}\n~~~`],
  ['html code', 'in-code', (w) => `<code>${w}</code>`],
  ['struck out', 'not-one-word', (w) => `~~${w}~~`],
  ['list item', 'not-one-word', (w) => `- ${w}`],
  ['in quotes', 'not-one-word', (w) => `"${w}"`],
  ['as a command', 'not-one-word', (w) => `/${w}`],
  ['hidden remark', 'not-one-word', (w) => `<!-- do not -->${w}`],
  ['for another plan', 'not-one-word', (w) => `${w} 0123456789ab`],
];

const cells: Cell[] = WORDS.flatMap((word): Cell[] => [
  ...SHAPES.map(([name, why, shape]) => ({ name: `${word}: ${name}`, why, spoof: { body: shape(word) } })),
  { name: `${word}: edited`, why: 'edited', spoof: { body: word, updatedAt: at(61) } },
  { name: `${word}: no valid time of change`, why: 'edited', spoof: { body: word, updatedAt: 'never' } },
  { name: `${word}: edited in its first second`, why: 'edited', spoof: { body: word, edited: true } },
  { name: `${word}: answered by e-mail`, why: 'email', spoof: { body: word, viaEmail: true } },
  {
    name: `${word}: an approver under a new name`,
    why: 'renamed',
    spoof: { body: word, author: 'alice2' },
    standing: { ...standing, accounts: new Map([['alice', 1]]) },
  },
  { name: `${word}: by an app in their name`, why: 'app', spoof: { body: word, viaApp: 'helper' } },
  {
    name: `${word}: the name is somebody else's now`,
    why: 'other-account',
    spoof: { body: word, authorId: 9 },
    standing: { ...standing, accounts: new Map([['alice', 1]]) },
  },
  { name: `${word}: a bot`, why: 'bot', spoof: { body: word, authorType: 'Bot' } },
  { name: `${word}: an organisation`, why: 'bot', spoof: { body: word, authorType: 'Organization' } },
  { name: `${word}: [bot] login`, why: 'bot', spoof: { body: word, author: 'alice[bot]' } },
  { name: `${word}: deleted account`, why: 'bot', spoof: { body: word, author: '', authorType: '' } },
  { name: `${word}: initiator`, why: 'initiator', spoof: { body: word, author: 'Olga' } },
  { name: `${word}: initiator, lower case`, why: 'initiator', spoof: { body: word, author: 'olga' } },
  { name: `${word}: initiator, upper case`, why: 'initiator', spoof: { body: word, author: 'OLGA' } },
  { name: `${word}: stranger`, why: 'not-an-approver', spoof: { body: word, author: 'mallory' } },
  { name: `${word}: looks alike`, why: 'not-an-approver', spoof: { body: word, author: 'a1ice' } },
  { name: `${word}: Cyrillic а`, why: 'not-an-approver', spoof: { body: word, author: 'аlice' } },
  {
    name: `${word}: older than the request`,
    why: 'too-old',
    spoof: { body: word, createdAt: at(-1), updatedAt: at(-1) },
  },
  {
    name: `${word}: lost access`,
    why: 'lost-access',
    spoof: { body: word },
    standing: { ...standing, lost: ['ALICE'] },
  },
]);

describe('the spoof matrix', () => {
  it.each(cells)(
    '$name is refused as $why, and its honest twin is accepted',
    ({ why, spoof, standing: s }) => {
      const fake = comment(spoof.body, spoof);
      const decision = decide(request, s ?? standing, [fake]);
      expect(decision.status).toBe('pending');
      expect(decision.approvals).toEqual([]);
      expect(decision.ignored).toEqual([{ comment: fake, why }]);
      expect(reason(why)).not.toBeNull();
      expect(answerTo({ comment: fake, why }, 1)).toContain('does not count');

      const twin = comment(WORDS.find((word) => spoof.body.includes(word)) ?? '', { createdAt: at(120) });
      const honest = decide(request, standing, [fake, twin]);
      expect(honest.status).toBe('approved');
      expect(honest.approvals.map(({ commentId }) => commentId)).toEqual([twin.id]);
    },
  );

  it.each([
    'аpprove', // Cyrillic а
    'approve\u200b',
    'a\u200bpprove',
    'ａｐｐｒｏｖｅ',
    'go-now', // the dot of an own word is a dot, not a pattern
    'goXnow',
    'ship  it now',
    '',
    '.',
    '!!!',
  ])('%j is no approval', (body) => {
    expect(decide(request, standing, [comment(body)]).status).toBe('pending');
  });

  it.each(['Approve', 'APPROVED!', ' lgtm \n', 'yes.', 'Lgtm!!!', '\r\napprove\r\n', 'SHIP IT', 'go.now.'])(
    '%j is one',
    (body) => {
      expect(decide(request, standing, [comment(body, { author: 'ALICE' })]).status).toBe('approved');
    },
  );
});

describe('decide', () => {
  it.each(['deny', 'Denied.', 'no', 'NO!', 'stop'])(
    '%j by any approver denies, even after a quorum',
    (body) => {
      const yes = comment('approve', { author: 'bob', createdAt: at(10) });
      const decision = decide(request, standing, [
        yes,
        comment(body, { author: 'carol', createdAt: at(20) }),
      ]);
      expect(decision.status).toBe('denied');
      expect(decision.denials.map(({ login }) => login)).toEqual(['carol']);
    },
  );

  it('does not let a stranger or the initiator deny', () => {
    const comments = [comment('deny', { author: 'mallory' }), comment('deny', { author: 'olga' })];
    expect(decide(request, standing, comments).status).toBe('pending');
  });

  it.each([
    ['with signs that nobody sees', { body: 'n\u200bo\ufe0f\u2063' }],
    ['under a new name of its author', { body: 'no', author: 'alice2' }],
    ['by e-mail', { body: 'no', viaEmail: true }],
    ['by an app in its author’s name', { body: 'no', viaApp: 'helper' }],
  ])('counts a denial %s', (_, { body, ...more }) => {
    const accounts = new Map([['alice', 1]]);
    const yes = comment('approve', { author: 'bob', authorId: 2, createdAt: at(10) });
    const decision = decide(request, { ...standing, accounts }, [yes, comment(body, more)]);
    expect(decision.status).toBe('denied');
  });

  it('counts a person once', () => {
    const twice = [comment('approve'), comment('lgtm', { author: 'ALICE', createdAt: at(70) })];
    const two = { ...request, minimumApprovals: 2 };
    expect(decide(two, standing, twice)).toMatchObject({ status: 'pending', approvals: [{ at: at(70) }] });
    expect(decide(two, standing, [...twice, comment('yes', { author: 'bob' })]).status).toBe('approved');
  });

  it('takes the last word of a person, whatever order the comments come in', () => {
    const no = comment('deny', { createdAt: at(10) });
    const yes = comment('approve', { createdAt: at(20) });
    expect(decide(request, standing, [yes, no]).status).toBe('approved');
    const later = comment('deny', { createdAt: at(30) });
    expect(decide(request, standing, [later, no, yes]).status).toBe('denied');
  });

  it('orders comments of the same second by their number', () => {
    const first = comment('approve');
    const second = comment('deny');
    expect(decide(request, standing, [second, first]).status).toBe('denied');
  });

  it('does not revive an approval behind a later comment that was edited', () => {
    const yes = comment('approve', { createdAt: at(10) });
    const edited = comment('fine weather', { createdAt: at(20), updatedAt: at(30) });
    const decision = decide(request, standing, [yes, edited]);
    expect(decision.status).toBe('pending');
    expect(decision.ignored).toContainEqual({ comment: yes, why: 'unclear' });
    const again = comment('approve', { createdAt: at(40) });
    expect(decide(request, standing, [yes, edited, again]).status).toBe('approved');
  });

  it('does not take an edited comment for ours', () => {
    const yes = comment('approve', { createdAt: at(10) });
    const hidden = comment(ours('deny'), { createdAt: at(20), updatedAt: at(30) });
    expect(decide(request, standing, [yes, hidden]).status).toBe('pending');
  });

  it('leaves our own comments out', () => {
    const comments = [comment(ours('approve')), comment(supersededComment(7, 'approve'))];
    expect(decide(request, standing, comments)).toMatchObject({ status: 'pending', ignored: [] });
  });

  it('leaves talk of strangers alone, and tells approvers how to decide', () => {
    const talk = comment('How was the latency?', { author: 'dave' });
    const close = comment('Sure, go ahead');
    const { ignored } = decide(request, standing, [talk, close]);
    expect(ignored.map(({ why }) => why)).toEqual(['talk', 'not-one-word']);
    expect(answerTo({ comment: talk, why: 'talk' }, 1)).toBeNull();
  });

  it('never approves by a quorum of none', () => {
    expect(decide({ ...request, minimumApprovals: 0 }, standing, []).status).toBe('pending');
  });

  it('accepts a comment of the very second of the request', () => {
    expect(decide(request, standing, [comment('approve', { createdAt: at(0) })]).status).toBe('approved');
  });

  it('finds the one approval among 250 comments', () => {
    const crowd = Array.from({ length: 250 }, (_, i) => comment(`remark ${i}`, { author: `user${i}` }));
    const decision = decide(request, standing, [...crowd, comment('approve')]);
    expect(decision).toMatchObject({ status: 'approved' });
    expect(decision.ignored).toHaveLength(250);
  });
});

describe('decisionWords', () => {
  it('refuses a word for both, and a word of punctuation only', () => {
    const { problems } = decisionWords(['No.', '!!'], ['LGTM']);
    expect(problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'approve-words: "No." cannot both approve and deny.',
      'approve-words: "!!" contains only punctuation.',
      'deny-words: "LGTM" cannot both approve and deny.',
    ]);
  });
});
