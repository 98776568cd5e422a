import { describe, expect, it } from 'vitest';
import {
  CancelledError,
  OutcomeError,
  pageOf,
  UpstreamError,
  UserError,
} from '../../../../src/core/errors.ts';
import { Redactor } from '../../../../src/core/redaction/redactor.ts';
import { found, SHAPES, WRITTEN } from '../../../fixtures/secret-shapes.ts';

const ESCAPES = ['JSON', 'JSON with slashes', 'a URL', 'HTML', 'HTML by numbers', 'Markdown', 'Slack'];

function knowing(value: string, name = 'PASSWORD'): Redactor {
  const redactor = new Redactor();
  redactor.addSecret(value, name);
  return redactor;
}

describe.each(Object.entries(SHAPES))('a secret that is %s', (name, value) => {
  it.each(Object.entries(WRITTEN))('is hidden in %s', (_, write) => {
    const text = `before ${write(value)} after`;
    expect(found(text, { [name]: value }, 4), 'the search finds it where it is not hidden').toEqual([name]);
    for (const redactor of [knowing(value), variable('SETTING', value)]) {
      const clean = redactor.text(text);
      expect(found(clean)).toEqual([]);
      expect(clean).toMatch(/^before .* after$/s);
    }
  });

  it('is hidden where the text was cut in the middle of it', () => {
    const half = value.split('\n')[0]!.slice(0, -3);
    for (const end of ['...', '… more', ''])
      expect(knowing(value).text(`said ${half}${end}`)).toMatch(/^said \*\*\*/);
  });

  it('is hidden under both of two escapes', () => {
    const redactor = knowing(value);
    for (const first of ESCAPES) {
      for (const second of ESCAPES) {
        const text = WRITTEN[second]!(WRITTEN[first]!(value));
        expect(found(redactor.text(text)), `${first}, then ${second}`).toEqual([]);
      }
    }
  });
});

function variable(name: string, value: string): Redactor {
  const redactor = new Redactor();
  redactor.addVariables(new Map([[name, value]]));
  return redactor;
}

describe('a value that occurs in every text', () => {
  const COMMON = ['1', '0', '8080', '0.5', 'true', 'info', 'cpu', 'utf-8', 'dev', 'production', 'abc'];

  it.each(COMMON)('%s stays where it stands alone', (value) => {
    const text = `version ${value}: 1 check of 8080 passed, ${value}.`;
    expect(variable('LOG_LEVEL', value).text(text)).toBe(text);
  });

  it.each(COMMON)('%s is hidden behind its name', (value) => {
    const redactor = variable('LOG_LEVEL', value);
    for (const between of [
      '=',
      ': ',
      '": "',
      '`: `',
      ' is ',
      '&quot;:&quot;',
      '","value":"',
      '%3D',
      '</th><td>',
    ]) {
      expect(redactor.text(`{LOG_LEVEL${between}${value}}`)).toBe(`{LOG_LEVEL${between}***}`);
    }
  });

  it('is not hidden as the beginning of another', () => {
    expect(variable('N', '1').text('N=12')).toBe('N=12');
  });
});

describe('what is known of a secret', () => {
  it('is its scheme’s part, too', () => {
    expect(knowing('Bearer abcdef-123456').text('no abcdef-123456')).toBe('no ***');
    const basic = knowing(`Basic ${Buffer.from('olga:s3cret-1').toString('base64')}`);
    expect(basic.text('password s3cret-1')).toBe('password ***');
  });

  it('is each line of it', () => {
    expect(knowing('first line of it\nsecond line of it').text('> second line of it')).toBe('> ***');
  });

  it('is the password of a URL', () => {
    const redactor = new Redactor();
    redactor.addUrl('https://olga:p%40ss-word@registry.test/churn?sig=abcd%2F1234&page=12345678');
    expect(redactor.text('p@ss-word p%40ss-word abcd/1234 12345678')).toBe('*** *** *** 12345678');
    redactor.addUrl('registry.test/churn:v2024-01-01@sha256:0011');
    redactor.addUrl('olga:geheim-1@registry.test/churn:v1');
    expect(redactor.text('v2024-01-01, geheim-1')).toBe('v2024-01-01, ***');
  });

  it('is the path of a webhook', () => {
    const redactor = knowing('https://hooks.slack.test/services/T000/B000/abcdefgh');
    expect(redactor.text('POST /services/T000/B000/abcdefgh failed')).toBe('POST *** failed');
  });

  it('is what a JSON document calls a secret, and not its other values', () => {
    const redactor = variable('CONFIG', '{"db":{"password":"geheim-1"},"labels":["setosa","virginica"]}');
    expect(redactor.text('geheim-1 setosa')).toBe('*** setosa');
  });

  it('is not what the run says anyway', () => {
    const redactor = variable('MODEL_NAME', 'churn-prod');
    redactor.addPublic('churn-prod');
    expect(redactor.text('churn-prod serves')).toBe('churn-prod serves');
  });

  it('is no header that says what a request is', () => {
    const text = 'a text/html; charset=x, not application/vnd.custom+json';
    expect(knowing('application/vnd.custom+json', 'Content-Type').text(text)).toBe(text);
  });
});

describe('bytes', () => {
  it('are the same ones where nothing is hidden', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x41]);
    expect(knowing('geheim-1').bytes(bytes)).toBe(bytes);
  });

  it('of predictions keep a label that is the value of a variable', () => {
    const redactor = variable('LABEL', 'virginica');
    redactor.addSecret('geheim-1');
    const answer = Buffer.from('["virginica","geheim-1"]');
    expect(Buffer.from(redactor.data(answer)).toString()).toBe('["virginica","***"]');
    expect(Buffer.from(redactor.bytes(answer)).toString()).toBe('["***","***"]');
  });
});

describe('an error', () => {
  it.each([
    [
      'UpstreamError',
      new UpstreamError('AWS', 'It refused hunter2.', { detail: 'hunter2', cause: new Error('hunter2') }),
    ],
    [
      'UserError',
      UserError.of([{ where: 'x', message: 'hunter2 is wrong.' }], { cause: { code: 'hunter2' } }),
    ],
    [
      'OutcomeError',
      new OutcomeError('It refused hunter2.', { cause: new AggregateError([new Error('hunter2')], 'x') }),
    ],
    ['TypeError', new TypeError('It refused hunter2.', { cause: 'hunter2' })],
    ['TimeoutError', new DOMException('It refused hunter2.', 'TimeoutError')],
  ])('stays a %s, without the value', (name, error) => {
    const clean = knowing('hunter2').error(error) as UpstreamError;
    expect(clean).toBe(error);
    expect(clean.name).toBe(name);
    const all = JSON.stringify(
      [clean.message, clean.stack, clean.detail, clean.cause, Object.entries(clean)],
      (_, item: unknown) => (item instanceof Error ? [item.message, item.stack, Object.entries(item)] : item),
    );
    expect(all).toContain('***');
    expect(all).not.toContain('hunter2');
  });

  it('keeps its page and its system', () => {
    const error = new UpstreamError('AWS', 'hunter2', { page: 'quota' });
    expect(pageOf(knowing('hunter2').error(error))).toBe('quota');
    expect(error.system).toBe('AWS');
  });

  it('that quotes nothing is left alone', () => {
    for (const error of [new CancelledError(), new UserError('x'), 'text', undefined]) {
      expect(knowing('hunter2').error(error)).toBe(error);
    }
  });
});

it('takes no long over a text that nearly fits', () => {
  const redactor = knowing('\\'.repeat(20) + '"'.repeat(20) + ' '.repeat(20));
  const text = ('\\'.repeat(19) + '"'.repeat(19)).repeat(200) + ' '.repeat(50_000);
  // It would not come to an end at all.
  expect(redactor.text(text)).toHaveLength(text.length);
});
