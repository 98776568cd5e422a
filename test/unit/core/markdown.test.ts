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

  test('stays within its code span and its cell', () => {
    expect(code('`` | `')).toBe('``` `` \\| ` ```');
  });
});
