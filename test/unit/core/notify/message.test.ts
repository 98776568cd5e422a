import { describe, expect, it } from 'vitest';
import {
  defaultTitle,
  overall,
  parseNeeds,
  type Content,
  type JobResult,
} from '../../../../src/core/notify/content.ts';
import { parseMentions } from '../../../../src/core/notify/mentions.ts';
import type { Block, SlackMessage } from '../../../../src/core/notify/blocks.ts';
import { slackMessage } from '../../../../src/core/notify/message.ts';
import { escapeSlack, fit, link } from '../../../../src/core/notify/mrkdwn.ts';
import { summaryMarkdown } from '../../../../src/core/notify/summary.ts';
import { fakeContext } from '../../../fakes/ports.ts';

const EVIL = '<!channel> <@U012> <https://evil.test|click> & &amp; "x" *b* `c` @here\n::warning::x';

function content(more: Partial<Content> = {}): Content {
  return {
    status: 'success',
    title: 'churn in prod',
    environment: 'prod',
    fields: new Map([['Model', 'abc']]),
    jobs: [],
    steps: [],
    facts: [],
    details: [],
    people: new Map(),
    mentions: [],
    run: fakeContext,
    ...more,
  };
}

/** Slack's documented limits, checked on a finished message. */
function withinLimits(message: SlackMessage): void {
  const all: Block[] = [...message.blocks, ...message.attachments.flatMap(({ blocks }) => blocks)];
  expect(all.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(all.map(textsOf)).length).toBeLessThanOrEqual(13_200);
  expect(message.text.length).toBeLessThanOrEqual(3000);
  for (const block of all) {
    if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
    if ('fields' in block) {
      expect(block.fields.length).toBeGreaterThan(0);
      expect(block.fields.length).toBeLessThanOrEqual(10);
      for (const field of block.fields) expect(field.text.length).toBeLessThanOrEqual(2000);
    }
    for (const text of textsOf(block)) {
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(3000);
    }
  }
}

function textsOf(block: Block): string[] {
  if (block.type === 'context') return block.elements.map(({ text }) => text);
  return 'fields' in block ? block.fields.map(({ text }) => text) : [block.text.text];
}

function textOf(message: SlackMessage): string {
  const all = [...message.blocks, ...message.attachments.flatMap(({ blocks }) => blocks)];
  return [message.text, ...all.flatMap(textsOf)].join('\n');
}

describe('slackMessage', () => {
  it('holds title, status in words, fields and links, and no unfurling', () => {
    const message = slackMessage(content());
    withinLimits(message);
    expect(message.text).toBe('Succeeded: churn in prod');
    expect(textOf(message)).toContain('*Model*\nabc');
    expect(textOf(message)).toContain(`<${fakeContext.runUrl}|Workflow run>`);
    expect(textOf(message)).toContain('|Commit c0ffee0>');
    expect(message).toMatchObject({ unfurl_links: false, unfurl_media: false });
    expect(message.attachments[0]?.color).toMatch(/^#[0-9a-f]{6}$/);
  });

  it.each(['success', 'failure', 'cancelled', 'skipped', 'in-progress'] as const)(
    'makes every user-given text harmless (%s)',
    (status) => {
      const run = { ...fakeContext, repository: EVIL, workflow: EVIL, ref: EVIL, actor: EVIL, commit: EVIL };
      const jobs: JobResult[] = [{ job: EVIL, result: 'failure', outputs: {} }];
      const fields = new Map([
        [EVIL, EVIL],
        ['long', EVIL.repeat(200)],
      ]);
      const message = slackMessage(content({ status, title: EVIL, environment: EVIL, fields, jobs, run }));
      withinLimits(message);
      const controls = textOf(message).match(/<[^>]*>/g) ?? [];
      // Only our own link to the run (and to the commit) is left as markup.
      for (const control of controls)
        expect(control).toMatch(/^<https:\/\/github\.com\/[^>]*\|(Workflow run|Commit )/);
      expect(textOf(message)).toContain('&lt;!channel&gt;');
      expect(textOf(message)).toContain('&amp;amp;');
    },
  );

  it.each([
    ['60 fields', new Map(Array.from({ length: 60 }, (_, i) => [`name ${i}`, `value ${i}`]))],
    ['60 long fields', new Map(Array.from({ length: 60 }, (_, i) => [`name ${i}`, '<'.repeat(3000)]))],
    ['1000 fields', new Map(Array.from({ length: 1000 }, (_, i) => [`n${i}`, 'v']))],
    [
      'mixed fields',
      new Map(Array.from({ length: 100 }, (_, i) => [`n${i}`, i % 2 ? 'v' : 'w'.repeat(200)])),
    ],
    ['an error of 5,000 characters', new Map([['error', '&'.repeat(5000)]])],
    ['emoji at the cut', new Map([['error', '🧨'.repeat(5000)]])],
    ['a long URL', new Map([['url', `https://x.test/${'y'.repeat(5000)}`]])],
    ['an empty value', new Map([['none', '']])],
    ['a long name', new Map([['n'.repeat(5000), 'v']])],
  ])('keeps every limit with %s', (name, fields) => {
    const run = { ...fakeContext, workflow: 'w'.repeat(5000), actor: 'a'.repeat(5000) };
    const jobs = Array.from({ length: 100 }, (_, i) => ({
      job: `job-${i}`.repeat(20),
      result: 'failure' as const,
      outputs: {},
    }));
    const mentions = Array.from({ length: 100 }, () => ({ kind: 'user' as const, id: 'U0123456789' }));
    const message = slackMessage(
      content({ status: 'failure', title: 't'.repeat(999), fields, run, jobs, mentions }),
    );
    withinLimits(message);
    expect(JSON.stringify(message)).not.toMatch(/\\ud[89a-f]..(?!\\ud)/i);
    if (name !== '60 fields' && name !== 'an empty value') expect(textOf(message)).toContain('(cut)');
  });

  it('shows all of 60 short fields', () => {
    const fields = new Map(Array.from({ length: 60 }, (_, i) => [`name ${i}`, `value ${i}`]));
    expect(textOf(slackMessage(content({ fields })))).toContain('value 59');
  });

  it('counts what it leaves out', () => {
    const fields = new Map(Array.from({ length: 60 }, (_, i) => [`name ${i}`, 'x'.repeat(3000)]));
    expect(textOf(slackMessage(content({ fields })))).toMatch(/… and \d+ more fields \(cut\)/);
  });

  it('mentions on failure only', () => {
    const mentions = [
      { kind: 'user', id: 'U0123456789' },
      { kind: 'group', id: 'S0123456789' },
    ] as const;
    expect(textOf(slackMessage(content({ status: 'failure', mentions })))).toContain(
      '<@U0123456789> <!subteam^S0123456789>',
    );
    for (const status of ['success', 'cancelled', 'skipped', 'in-progress'] as const) {
      expect(textOf(slackMessage(content({ status, mentions })))).not.toMatch(/<@|<!/);
    }
  });

  it('names the failed jobs', () => {
    const jobs = parseNeeds(
      '{"train":{"result":"success","outputs":{"secret":"s3cr3t"}},"deploy":{"result":"failure","outputs":{}}}',
    );
    const text = textOf(slackMessage(content({ status: overall(jobs), jobs })));
    expect(text).toContain('*Failed* in prod: deploy');
    expect(text).not.toContain('s3cr3t');
    expect(text).not.toContain('train');
  });

  it('reads without emoji', () => {
    expect(textOf(slackMessage(content({ status: 'failure' })))).not.toMatch(
      /:\w+:|\p{Extended_Pictographic}/u,
    );
  });
});

describe('needs', () => {
  const needs = (...results: string[]) =>
    JSON.stringify(Object.fromEntries(results.map((result, i) => [`j${i}`, { result }])));

  it.each([
    [['success', 'success'], 'success'],
    [['success', 'skipped'], 'success'],
    [['skipped', 'skipped'], 'skipped'],
    [['success', 'cancelled', 'skipped'], 'cancelled'],
    [['cancelled', 'failure', 'success'], 'failure'],
  ])('%j is %s', (results, whole) => {
    expect(overall(parseNeeds(needs(...results)))).toBe(whole);
  });

  it.each([
    ['{', /is not JSON/],
    ['[]', /is not a JSON object of jobs/],
    ['null', /is not a JSON object of jobs/],
    ['{}', /contains no job/],
    ['{"a":{}}', /no result .* for the job "a"/],
    ['{"a":{"result":"great"}}', /no result/],
  ])('%s is refused', (text, message) => {
    expect(() => parseNeeds(text)).toThrow(message);
  });
});

describe('mentions', () => {
  it('come from Slack IDs and from user-map, whatever the case of a login', () => {
    const map = new Map([['Olga', 'U0000000001']]);
    expect(parseMentions(['@OLGA', 'U0123456789', 'S0123456789'], map)).toEqual({
      mentions: [
        { kind: 'user', id: 'U0000000001' },
        { kind: 'user', id: 'U0123456789' },
        { kind: 'group', id: 'S0123456789' },
      ],
      people: new Map([['olga', 'U0000000001']]),
      problems: [],
    });
  });

  it.each(['channel', 'here', '!channel', '<!channel>', 'someone', 'C0123456789'])('%s is nobody', (name) => {
    expect(parseMentions([name], new Map()).problems).toHaveLength(1);
  });

  it('refuse an ID in user-map that is none', () => {
    expect(parseMentions([], new Map([['olga', '<!channel>']])).problems[0]?.where).toBe('user-map');
  });
});

describe('text', () => {
  it('is escaped, the ampersand first', () => {
    expect(escapeSlack('<a & b>')).toBe('&lt;a &amp; b&gt;');
  });

  it('is cut between characters and entities', () => {
    expect(fit('abc', 3)).toBe('abc');
    for (let limit = 9; limit < 40; limit++) {
      const cut = fit('🧨&<'.repeat(20), limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut.replace(/&(amp|lt);/g, '')).not.toContain('&');
      expect(cut.isWellFormed()).toBe(true);
    }
  });

  it('is a link only where it is a URL', () => {
    expect(link('https://x.test/?a=1&b=2|>', 'a|b>')).toBe('<https://x.test/?a=1&amp;b=2%7C%3E|a¦b&gt;>');
    expect(link('javascript:alert(1)', 'x<y')).toBe('x&lt;y');
  });
});

describe('summaryMarkdown', () => {
  it('says the same, escaped', () => {
    const markdown = summaryMarkdown(
      content({
        title: EVIL,
        fields: new Map([
          [EVIL, 'short <b>'],
          ['log', '```\nlong\n```'],
        ]),
        status: 'failure',
      }),
    );
    expect(markdown).toContain('**Failed** in prod');
    expect(markdown).not.toMatch(/<!channel>|<b>|@here/);
    expect(markdown).toContain('````\n```\nlong');
    expect(markdown).toContain(`[Workflow run](${fakeContext.runUrl})`);
  });
});

it('has a title by default', () => {
  expect(defaultTitle('churn', 'prod', 'failure', fakeContext)).toBe('churn: deploy in prod failed');
  expect(defaultTitle(null, null, 'success', { ...fakeContext, workflow: '' })).toBe('acme/churn: succeeded');
});
