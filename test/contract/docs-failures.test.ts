/** docs/failures: each message that is quoted stands in the sources, and each way to fail has a page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { FAILURE_PAGES } from '../../src/core/failure-pages.ts';
import { OUTCOMES } from '../../src/core/targets.ts';
import { ADVICE } from '../../src/platforms/sagemaker/explain/causes.ts';
import { blocksOf, readPage } from './docs-pages.ts';

const names = readdirSync(join(root, 'docs/failures')).filter((name) => name !== 'README.md');
const pages = names.map((name) => readPage(`docs/failures/${name}`));
const text = pages.map((page) => page.text).join('\n');

const raw = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'src', name), 'utf8'))
  .join('\n');

/** What stands in literals as it is printed: parts put together, and `…` for what is filled in. */
function asPrinted(source: string): string {
  return source
    .replaceAll(/(['"`])\s*\+\s*(['"`])/g, '')
    .replaceAll(/\\(['"`])/g, '$1')
    .replaceAll(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '…');
}

const sources = asPrinted(raw);

/** What of a quoted line has to stand in the sources: its pieces between what differs. */
function piecesOf(line: string): string[] {
  return line
    .split('…')
    .map((piece) => piece.trim())
    .filter((piece) => piece.length > 3);
}

const quoted = pages.flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => language === 'text')
    .flatMap(({ text: block, line }) =>
      block
        .split('\n')
        .map((content, at) => [`${page.path}:${line + at}`, content] as const)
        .filter(([, content]) => content !== ''),
    ),
);

describe('each message', () => {
  test.each(quoted)('at %s stands in the sources: %s', (_, line) => {
    const pieces = piecesOf(line);
    expect(pieces.join(' ').length).toBeGreaterThan(10);
    expect(pieces.filter((piece) => !sources.includes(piece))).toEqual([]);
  });

  test('that does not stand there is found', () => {
    expect(sources).not.toContain('this sentence is nowhere');
    expect(piecesOf('The … of … failed here.')).toEqual(['failed here.']);
  });
});

test('every page is in the list, and begins with its message', () => {
  const list = readPage('docs/failures/README.md').text;
  for (const { path, text: content } of pages) {
    expect(list).toContain(`(${path.replace('docs/failures/', '')})`);
    expect(content, path).toMatch(/^# .+\n\n```text\n/);
    expect(content, path).toContain('\n## What to do\n');
  }
});

test('the pages that errors may name are those that there are', () => {
  expect(names.map((name) => name.replace(/\.md$/, '')).sort()).toEqual([...FAILURE_PAGES].sort());
});

test('a good many errors name theirs', () => {
  const named = [...raw.matchAll(/\bpage: '([a-z-]+)'/g)].map(([, page = '']) => page);
  expect(new Set(named).size).toBeGreaterThan(12);
  expect(named.filter((page) => !names.includes(`${page}.md`))).toEqual([]);
});

describe('there is a page', () => {
  const printed = quoted.map(([, line]) => line).join('\n');

  test.each(Object.entries(ADVICE))('for the cause %s of SageMaker', (_, { sentence, page: advised }) => {
    expect(printed).toContain(sentence.replace('{variant}', '…'));
    const page = pages.find(({ path }) => path === `docs/failures/${advised ?? 'failed'}.md`);
    expect(page?.text).toContain(sentence.replace('{variant}', '…'));
  });

  const goodOutcomes = ['planned', 'unchanged', 'staged', 'deployed', 'promoted', 'discarded', 'torn-down'];
  test.each(OUTCOMES.filter((outcome) => !goodOutcomes.includes(outcome)))(
    'for the outcome %s',
    (outcome) => {
      expect(text).toContain(`The outcome is \`${outcome}\``);
    },
  );

  const causes = readFileSync(join(root, 'src/core/smoke/causes.ts'), 'utf8');
  const kinds = [...causes.matchAll(/const message =\s*['`]([^$`']+)/g)].map(([, start = '']) =>
    start.trim(),
  );
  test('for as many causes of a difference as there are', () => expect(kinds).toHaveLength(6));
  test.each(kinds)('for the difference that is told by: %s', (start) => {
    expect(printed).toContain(start);
  });

  const refusals = /export function refusal[^]*?\n\}/.exec(
    readFileSync(join(root, 'src/actions/approve-gate/finish.ts'), 'utf8'),
  )?.[0];
  const ends = [...(refusals ?? '').matchAll(/return `([^$]+)/g)].map(([, start = '']) => start.trim());
  test('for every end of a request', () => {
    expect(ends.length).toBeGreaterThan(5);
    for (const start of ends) expect(printed).toContain(start);
  });

  /** An OutcomeError says that what was asked for is not what is true; those of nothing but variables are told above. */
  const outcomes = [...sources.matchAll(/new OutcomeError\(\s*`([^`]*)`/g)]
    .map(([, literal = '']) => literal.split(/…|\\n/).map((piece) => piece.trim()))
    .map((pieces) => pieces.filter((piece) => piece.length > 10))
    .filter((pieces) => pieces.length > 0);
  test('for every refusal that says what is not true', () => {
    expect(outcomes.length).toBeGreaterThan(3);
    expect(outcomes.filter((pieces) => !pieces.some((piece) => printed.includes(piece)))).toEqual([]);
  });
});
