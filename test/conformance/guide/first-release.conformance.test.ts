/** Follows docs/first-release.md in an empty folder, with Python, git and act alone; GitHub is a stand-in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blocksOf, readPage } from '../../contract/docs-pages.ts';
import { whyNoPython } from '../python/python-bed.ts';
import { missingAct } from '../workflows/act.ts';
import { startGitHubSide, type GitHubSide } from './github-side.ts';
import { openGuideShell, type GuideShell } from './guide-shell.ts';

const missing = whyNoPython() ?? missingAct();
if (missing !== null) console.log(`the first release is not followed: ${missing}`);

const PAGE = readPage('docs/first-release.md');
const blocks = blocksOf(PAGE).filter(({ language }) => language === 'sh');
const sections = [...new Set(blocks.map(({ heading }) => heading))];

describe.skipIf(missing !== null)('docs/first-release.md, followed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-first-'));
  let github: GitHubSide;
  let shell: GuideShell;
  let isStuck = false;
  const took: string[] = [];

  beforeAll(async () => {
    github = await startGitHubSide(folder, { ML_DEPLOY_POLL_SECONDS: '0.2' }, 'model');
    shell = openGuideShell(folder, { ...github.env });
  });
  afterAll(async () => {
    await github.close();
    rmSync(folder, { recursive: true, force: true });
    console.log(`docs/first-release.md: ${took.join(', ')}`);
  });
  beforeEach(({ skip }) => skip(isStuck, 'an earlier line of the page failed'));

  test.each(sections)('%s', async (section) => {
    isStuck = true;
    const began = performance.now();
    for (const block of blocks.filter(({ heading }) => heading === section)) await shell.run(block);
    took.push(`${section} ${((performance.now() - began) / 1000).toFixed(0)} s`);
    isStuck = false;
  });

  test('the first push is released, and every value agrees with the export', () => {
    const [first] = github.runs;
    expect(first?.exitCode, first?.log.slice(-4000)).toBe(0);
    expect(first?.jobs).toMatchObject({ release: true });
    const shown = blocksOf(PAGE).filter(({ language }) => language === 'text');
    expect(shown.length).toBe(1);
    for (const { text } of shown) expect(first?.log).toContain(text.trim());
  });

  test('the mistake is red, for the reason that the page gives', () => {
    const second = github.runs[1];
    expect(second?.exitCode).toBe(1);
    expect(second?.log).toMatch(/below the floor of 0\.9/);
  });

  test('a pull request is checked without secrets', async () => {
    const run = await github.pullRequest();
    expect(run.jobs).toEqual({ verify: false });
    expect(run.log).toMatch(/below the floor of 0\.9/);
  });
});
