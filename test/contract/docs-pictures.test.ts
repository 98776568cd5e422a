/** The pictures of a request, a summary and a Slack message show what the actions write today. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { picturesOf, type Picture } from '../../scripts/pictures/pictures.ts';
import { release, type Shown } from '../../scripts/pictures/release.ts';
import { allPages } from './docs-pages.ts';

const LARGEST = 100_000;
let shown: Shown;
let pictures: readonly Picture[];

beforeAll(async () => {
  shown = await release();
  pictures = picturesOf(shown);
});

test('each picture is as `npm run pictures` would draw it', () => {
  const stale = pictures.filter(({ path, svg }) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== svg;
  });
  expect(stale.map(({ path }) => `${path} is not what the actions write; run: npm run pictures`)).toEqual([]);
});

test('there is no other picture, each is small, and a page shows it with words for those who cannot see it', () => {
  const folder = 'docs/pictures';
  const made = pictures.map(({ path }) => path.replace(`${folder}/`, ''));
  expect(readdirSync(join(root, folder)).sort()).toEqual(made.sort());
  const pages = allPages();
  for (const { path, svg } of pictures) {
    expect(Buffer.byteLength(svg), path).toBeLessThan(LARGEST);
    const name = path.split('/').at(-1) ?? '';
    const words = pages.flatMap(
      ({ text }) => new RegExp(`!\\[([^\\]]{40,})\\]\\([^)]*pictures/${name}\\)`).exec(text) ?? [],
    );
    expect(words.length, `${path} on a page, with an alternative text`).toBeGreaterThan(0);
  }
});

test('all three tell the cost, and the accuracy with its change', () => {
  for (const text of [shown.request.plan, shown.summary, JSON.stringify(shown.slack)]) {
    expect(text).toContain('98.6 %, +1.4 points');
    expect(text).toMatch(/\\?\+\$83\.95/);
  }
});

test('each line of text has the width it was laid out with, and stays inside the picture', () => {
  for (const { path, svg } of pictures) {
    const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
    const texts = [...svg.matchAll(/<text [^>]*x="([\d.]+)"[^>]*textLength="([\d.]+)"/g)];
    expect(texts.length, path).toBe(svg.split('<text ').length - 1);
    for (const [, x, length] of texts) expect(Number(x) + Number(length), path).toBeLessThan(width - 10);
  }
});
