import { expect, it } from 'vitest';
import { oneMeaning } from '../../../src/core/control-characters.ts';

const unseen = [
  ...[...Array(0xa0).keys()].filter(
    (code) => (code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code > 0x7e,
  ),
  ...[
    0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068,
    0x2069,
  ],
];

it.each(unseen)('character %i is written out', (code) => {
  const written = oneMeaning(`a${String.fromCharCode(code)}b`);
  expect(written).toMatch(code < 256 ? /^a\\x[\da-f]{2}b$/ : /^a\\u[\da-f]{3,4}b$/);
});

it('each end of a line is LF', () => {
  expect(oneMeaning('a\r\nb\rc\n\rd')).toBe('a\nb\nc\n\nd');
});

it.each(['plain', 'a\tb\nc', 'Zürich 日本語 🔑', 'a\u00a0b\u200bc\u00ad'])('%j stays', (text) => {
  expect(oneMeaning(text)).toBe(text);
});
