import { describe, expect, test } from 'vitest';
import { code, escapeMarkdown } from '../../../src/core/markdown.ts';

describe('a text of somebody else’s', () => {
  test.each(['\n', '\r\n', '\r', '\n\r'])('stays on its line: %j', (end) => {
    for (const markdown of [escapeMarkdown(`a${end}# b`), code(`a${end}# b`)]) {
      expect(markdown).not.toMatch(/[\r\n]/);
    }
  });

  test('is no markup, no HTML and no mention', () => {
    expect(escapeMarkdown('<b> *x* [y](z) @amira')).toBe('&lt;b&gt; \\*x\\* \\[y\\]\\(z\\) @&#8203;amira');
  });

  test.each([
    'https://evil.test/x',
    'HTTP://evil.test',
    'ftp://evil.test',
    'git+ssh://evil.test',
    'www.evil.test',
    'see www.evil.test',
    'mailto:olga@evil.test',
    'olga@evil.test',
    'xmpp:olga@evil.test',
    '#123',
    'acme/churn#123',
    'GH-123',
  ])('is no link and no reference: %s', (text) => {
    const markdown = escapeMarkdown(text);
    // What GitHub looks for: https://github.github.com/gfm/#autolinks-extension-
    const shown = markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&#8203;', '\u200b');
    expect(shown).not.toMatch(/\w:\/\/|www\.|(mailto|xmpp):[\w.]|#\d|GH-\d|@\w/i);
    // Nothing of it is lost.
    expect(shown.replaceAll('\u200b', '')).toBe(text);
  });

  test.each(['a: b', 'wwwx', 'http', '# 1', 'a@', '12:30'])('that is none gets nothing: %s', (text) => {
    expect(escapeMarkdown(text).replace(/@&#8203;/, '@')).not.toContain('&#8203;');
  });

  test('stays within its code span and its cell', () => {
    expect(code('`` | `')).toBe('``` `` \\| ` ```');
  });
});
