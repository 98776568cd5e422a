/** Every link inside of the documentation leads somewhere, and every page can be found. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { allPages, anchorsOf, linksOf, placeOf, type Link, type Page } from './docs-pages.ts';

const pages = allPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

function problemWith(link: Link): string | null {
  const place = placeOf(link);
  if (place === null) return null;
  const said = `${link.page}:${link.line}: ${link.target}`;
  if (!existsSync(join(root, place.path))) return `${said} leads nowhere`;
  if (place.anchor === '') return null;
  const page = byPath.get(place.path);
  if (page === undefined) return `${said} has an anchor in something that is no page`;
  return anchorsOf(page).has(place.anchor) ? null : `${said}: the page has no such heading`;
}

describe.each(pages)('$path', (page) => {
  test('its links lead somewhere', () => {
    expect(linksOf(page).flatMap((link) => problemWith(link) ?? [])).toEqual([]);
  });
});

test('a link that leads nowhere, and an anchor that there is not, are found', () => {
  const page: Page = {
    path: 'docs/x.md',
    text: '[a](none.md) [b](security.md#no-such-heading) [c](security.md)',
  };
  expect(linksOf(page).map(problemWith)).toEqual([
    'docs/x.md:1: none.md leads nowhere',
    'docs/x.md:1: security.md#no-such-heading: the page has no such heading',
    null,
  ]);
});

test('every page of docs is reached from docs/README.md', () => {
  const reached = new Set<string>();
  const visit = (path: string) => {
    const page = byPath.get(path);
    if (page === undefined || reached.has(path)) return;
    reached.add(path);
    for (const link of linksOf(page)) visit(placeOf(link)?.path ?? '');
  };
  visit('docs/README.md');
  const docs = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
  expect(docs.filter((path) => !reached.has(path))).toEqual([]);
});
