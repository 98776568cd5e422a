/** docs/chapter.md answers every part of the chapter, and claims no input that there is not. */
import { describe, expect, test } from 'vitest';
import { specs } from '../../src/actions/specs.ts';
import { isGroup } from '../../src/core/spec/group.ts';
import { CHAPTER } from './chapter.ts';
import { readPage } from './docs-pages.ts';

const sections = new Map(
  readPage('docs/chapter.md')
    .text.split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), rowsOf(part)] as const),
);

/** The rows of a section: what the chapter has, and the answer. */
function rowsOf(part: string): Map<string, string> {
  const lines = part.split('\n').filter((line) => /^\| (?!---|The chapter)/.test(line));
  return new Map(
    lines.map((line) => {
      const [, asked = '', answer = ''] = line.split('|').map((cell) => cell.trim());
      return [asked, answer];
    }),
  );
}

test('it has the sections of the chapter, in their order', () => {
  expect([...sections.keys()]).toEqual(Object.keys(CHAPTER));
});

describe.each(Object.entries(CHAPTER))('%s', (section, parts) => {
  test.each(parts)('%s', (part) => {
    expect(sections.get(section)?.get(part) ?? '').toMatch(/\w.*\.$/);
  });

  test('answers nothing that the chapter does not have', () => {
    expect([...(sections.get(section)?.keys() ?? [])]).toEqual([...parts]);
  });
});

test('every input that an answer names exists', () => {
  const inputs = specs.flatMap((spec) => Object.entries(spec.inputs));
  const known = new Set(
    inputs.flatMap(([name, input]) => [name, ...(isGroup(input) ? Object.keys(input.members) : [])]),
  );
  const named = [...sections.values()].flatMap((rows) =>
    [...rows.values()].flatMap((answer) =>
      [...answer.matchAll(/`([a-z]+(?:-[a-z0-9]+)+)(?::[^`]*)?`/g)].map(([, name = '']) => name),
    ),
  );
  expect(named.length).toBeGreaterThan(15);
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});
