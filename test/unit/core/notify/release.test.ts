/** What a message says about a release, out of the outputs of steps and jobs. */
import { describe, expect, it } from 'vitest';
import { parseSteps, type Content } from '../../../../src/core/notify/content.ts';
import { threadMessage } from '../../../../src/core/notify/details.ts';
import { duration, factsOf } from '../../../../src/core/notify/facts.ts';
import { slackMessage } from '../../../../src/core/notify/message.ts';
import { readSmokeNews } from '../../../../src/core/notify/smoke-news.ts';
import { summaryMarkdown } from '../../../../src/core/notify/summary.ts';
import { fakeContext } from '../../../fakes/ports.ts';
import { expectWithinLimits, textOf } from '../../../fakes/slack-limits.ts';

function content(more: Partial<Content> = {}): Content {
  return {
    status: 'success',
    title: 'churn',
    environment: null,
    fields: new Map(),
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

const step = (name: string, result: 'success' | 'failure', word = '') => ({
  step: name,
  result,
  word,
  outputs: {},
});

describe('factsOf', () => {
  const say = (...outputs: Record<string, string>[]) =>
    Object.fromEntries(factsOf(outputs, null).map(({ label, value }) => [label, value]));

  it('takes the last word of several steps, and known names only', () => {
    const facts = say(
      { 'model-digest': 'a'.repeat(64), compared: '10', secret: 's3cr3t', 'image-uri': '123456789012.dkr' },
      { compared: '143', mismatches: '2', 'max-abs-diff': '0.5' },
      { compared: '', 'image-digest': `sha256:${'b'.repeat(64)}` },
    );
    expect(facts).toEqual({
      Model: 'a'.repeat(12),
      Image: 'b'.repeat(12),
      Parity: '143 values compared, 2 differ, largest difference 0.5',
    });
  });

  it('tells what the release costs, as the plan says it', () => {
    const cost = 'no change ($83.95 a month; list prices)';
    expect(say({ 'plan-digest': 'c'.repeat(64), cost })).toEqual({ Plan: 'c'.repeat(12), Cost: cost });
    expect(say({ 'plan-digest': 'c'.repeat(64), cost: '' })).not.toHaveProperty('Cost');
  });

  it('tells the accuracy, or the error, and how it changed', () => {
    const before = { 'accuracy-before': '0.972027972027972', 'mae-before': '' };
    const after = { accuracy: '0.986013986013986' };
    expect(say(before, after)).toEqual({ Accuracy: '98.6 %, +1.4 points (before: 97.2 %)' });
    expect(say(after)).toEqual({ Accuracy: '98.6 %' });
    expect(say(before)).toEqual({});
    expect(say({ ...before, accuracy: '0.972027972027973' })).toEqual({
      Accuracy: '97.2 %, ±0 points (before: 97.2 %)',
    });
    expect(say({ 'mae-before': '2' }, { mae: '1.5' })).toEqual({
      'Mean absolute error': '1.5, −0.5 (before: 2)',
    });
  });

  it('tells what serves where that is not the model of the release', () => {
    const model = 'a'.repeat(64);
    expect(say({ 'model-digest': model, 'running-version': model })).not.toHaveProperty('Serves');
    expect(say({ 'model-digest': model, 'running-version': 'churn-config-7' }).Serves).toBe('churn-config-7');
  });

  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [60_000, '1 min 0 s'],
    [3_725_000, '1 h 2 min'],
    [-5, '0 s'],
  ])('%i ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('parseSteps', () => {
  it('reads outcomes and what a step says about itself, but for what was skipped', () => {
    const text = JSON.stringify({
      plan: { outcome: 'success', conclusion: 'success', outputs: { outcome: 'planned', n: 1 } },
      smoke: { outcome: 'failure', conclusion: 'success', outputs: { passed: 'false' } },
      gate: { outcome: 'skipped', conclusion: 'skipped', outputs: {} },
    });
    expect(parseSteps(text)).toMatchObject([
      { step: 'plan', result: 'success', word: 'planned', outputs: { outcome: 'planned' } },
      { step: 'smoke', result: 'failure', word: 'did not pass' },
    ]);
    expect(parseSteps('{}')).toEqual([]);
  });

  it.each([
    ['nonsense', /is not JSON/],
    ['[]', /is not a JSON object of steps/],
    ['{"a":null}', /no outcome .* for the step "a"/],
  ])('%s is refused', (text, message) => {
    expect(() => parseSteps(text)).toThrow(message);
  });
});

describe('readSmokeNews', () => {
  it('takes the failed checks, or else the verdict', () => {
    const checks = [
      { name: 'parity', passed: false, message: 'no' },
      { name: 'latency', passed: true, message: 'yes' },
      null,
    ];
    expect(readSmokeNews(JSON.stringify({ passed: false, verdict: 'v', checks })).failures).toEqual([
      'parity: no',
    ]);
    expect(readSmokeNews(JSON.stringify({ passed: false, verdict: 'v' })).failures).toEqual(['v']);
    expect(readSmokeNews(JSON.stringify({ passed: true, verdict: 'v', checks: [] })).failures).toEqual([]);
  });

  it('gives the outputs that smoke-test gives', () => {
    const report = {
      parity: { compared: 3, mismatches: 0, maxAbsDiff: null },
      latency: { p95: 2.5 },
      accuracy: null,
    };
    expect(readSmokeNews(JSON.stringify(report)).outputs).toEqual({
      compared: '3',
      mismatches: '0',
      'p95-ms': '2.5',
    });
  });

  it.each(['', '[]', 'null'])('refuses %j', (text) => {
    expect(() => readSmokeNews(text)).toThrow(/is not/);
  });
});

describe('the message', () => {
  it('lists the steps, the newest where there are too many', () => {
    const steps = Array.from({ length: 200 }, (_, i) => step(`step-${i}`, 'success', 'done'));
    const message = slackMessage(content({ steps }));
    expectWithinLimits(message);
    expect(textOf(message)).toContain('Succeeded: *step-199* (done)');
    expect(textOf(message)).toMatch(/… \d+ earlier steps \(cut\)/);
    expect(textOf(slackMessage(content({ steps: steps.slice(0, 2) })))).not.toContain('(cut)');
  });

  it('names the failed step', () => {
    const message = slackMessage(
      content({ status: 'failure', steps: [step('a', 'success'), step('b', 'failure')] }),
    );
    expect(message.text).toBe('Failed: churn: b');
  });

  it('shows people under their Slack names, and only IDs of user-map as mentions', () => {
    const people = new Map([['olga', 'U0000000001']]);
    const facts = [{ label: 'Approved by', value: 'OLGA, <!channel>', url: null, people: true }];
    const text = textOf(slackMessage(content({ people, facts })));
    expect(text).toContain('<@U0000000001>, &lt;!channel&gt;');
    expect(text).toContain('by <@U0000000001>');
  });

  it('says the same in the job summary', () => {
    const facts = [{ label: 'Parity', value: '3 rows <b>', url: null, people: false }];
    const markdown = summaryMarkdown(
      content({ steps: [step('plan', 'success', 'planned')], facts, details: ['why'] }),
    );
    for (const part of ['| plan | Succeeded (planned) |', '3 rows &lt;b&gt;', '```\nwhy\n```'])
      expect(markdown).toContain(part);
  });
});

describe('the thread', () => {
  it('is silent where there is nothing to say', () => {
    expect(threadMessage(content())).toBeNull();
    expect(threadMessage(content({ status: 'cancelled' }))).toBeNull();
    expect(threadMessage(content({ details: ['x'] }))).not.toBeNull();
    expect(threadMessage(content({ status: 'failure' }))).not.toBeNull();
  });

  it('calls where the message above was edited, and nobody otherwise', () => {
    const mentions = [{ kind: 'group', id: 'S0123456789' }] as const;
    const failed = content({ status: 'failure', mentions });
    expect(textOf(threadMessage(failed, { isEdit: true }) ?? { text: '' })).toContain(
      '<!subteam^S0123456789>',
    );
    expect(textOf(threadMessage(failed) ?? { text: '' })).not.toContain('<!');
    const fine = content({ mentions, details: ['x'] });
    expect(textOf(threadMessage(fine, { isEdit: true }) ?? { text: '' })).not.toContain('<!');
  });

  it('keeps 5,000 characters whole, and cuts more with a mark', () => {
    const whole = threadMessage(content({ details: ['E'.repeat(5000)] }));
    expect(
      textOf(whole ?? { text: '' })
        .match(/E{50,}/g)
        ?.join(''),
    ).toHaveLength(5000);
    for (const detail of ['&'.repeat(5000), '🧨'.repeat(20_000), '```'.repeat(4000), 'x'.repeat(100_000)]) {
      const message = threadMessage(
        content({ status: 'failure', details: Array.from({ length: 60 }, () => detail) }),
      );
      if (message === null) throw new Error('nothing');
      expectWithinLimits(message);
      expect(textOf(message)).toContain('(cut)');
    }
  });
});
