/** Every command of the documentation is run: here it is known to exist, and by which test it is followed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { allPages, blocksOf, type Block } from './docs-pages.ts';

const GUIDE = 'test/conformance/guide/quick-start.conformance.test.ts';
const COMMANDS = 'test/conformance/guide/commands.conformance.test.ts';
const FIRST_HOUR = 'test/conformance/guide/first-hour.conformance.test.ts';
/** Builds the sample's Dockerfile, and starts the image with the archive where SageMaker puts it. */
const CONTAINER = 'test/conformance/docker/sample-container.conformance.test.ts';

/** Where blocks are followed that are more than scripts of package.json: the page, or the page and its heading. */
const FOLLOWED: Readonly<Record<string, string>> = {
  'docs/quick-start.md': GUIDE,
  'docs/lambda.md': 'test/conformance/guide/lambda-quick-start.conformance.test.ts',
  'CONTRIBUTING.md, Add a target': 'test/contract/new-platform.test.ts',
  'docs/first-release.md': FIRST_HOUR,
  'README.md': FIRST_HOUR,
  'docs/iam/README.md': COMMANDS,
  'docs/releasing.md': 'test/e2e/release.test.ts',
  'docs/smoke-test.md': COMMANDS,
  'model/README.md': COMMANDS,
  'model/README.md, As a container': CONTAINER,
};

const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts;
const pages = allPages();
const blocks = pages.flatMap((page) => blocksOf(page)).filter(({ language }) => language === 'sh');

/** What is wrong with a command of npm's; null where nothing is, or where it is none. */
function npmProblem(command: string): string | null {
  const [, name] = /^npm run ([\w:-]+)/.exec(command) ?? [];
  if (name === undefined || name in scripts) return null;
  return `there is no script ${name}`;
}

const commandsOf = ({ text }: Block) =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');

const isNpm = (line: string) => /^npm (ci|test|run [\w:-]+)( |$)/.test(line);

function followedBy({ page, heading }: Block): string | undefined {
  return FOLLOWED[`${page}, ${heading}`] ?? FOLLOWED[page];
}

describe.each(blocks.map((block) => [`${block.page}:${block.line}`, block] as const))('%s', (_, block) => {
  test('is scripts of package.json, or is followed by a test', () => {
    const commands = commandsOf(block);
    expect(commands).not.toEqual([]);
    expect(commands.flatMap((command) => npmProblem(command) ?? [])).toEqual([]);
    if (!commands.every(isNpm)) expect(followedBy(block)).toBeDefined();
  });
});

test('the tests that follow pages are there, and name the page', () => {
  for (const [place, path] of Object.entries(FOLLOWED)) {
    expect(existsSync(join(root, path)), path).toBe(true);
    const source = readFileSync(join(root, path), 'utf8');
    if (path !== CONTAINER) expect(source).toContain(place.split(',')[0]);
  }
});

test('no page is named that has nothing to follow', () => {
  const used = new Set(blocks.filter((block) => !commandsOf(block).every(isNpm)).map(followedBy));
  expect(new Set(Object.values(FOLLOWED))).toEqual(used);
});

describe('commands within sentences', () => {
  const inline = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/`(npm run [^`]+|npx vitest run [^`]+)`/g)].map(
      ([, command = '']) => [path, command] as const,
    ),
  );

  test.each(inline)('%s: %s', (_, command) => {
    for (const part of command.split('&&')) expect(npmProblem(part.trim())).toBeNull();
    const file = /^npx vitest run (\S+)/.exec(command)?.[1];
    if (file !== undefined) expect(existsSync(join(root, file))).toBe(true);
  });

  test('a script that there is not is found', () => expect(npmProblem('npm run nothing')).not.toBeNull());
});
