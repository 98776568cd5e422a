/** The documentation as data: pages, code blocks with their lines, headings and links. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';

export interface Page {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

export interface Block {
  readonly page: string;
  /** What stands behind the opening fence, such as `sh`; '' where nothing does. */
  readonly language: string;
  /** Line of the page (from 1) on which the first line of the content stands. */
  readonly line: number;
  readonly text: string;
  /** The nearest heading above. */
  readonly heading: string;
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** README.md, CONTRIBUTING.md, everything below docs, and the READMEs of actions and of the sample. */
export function allPages(): Page[] {
  const below = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => join(folder, name));
  const folders = ['docs', 'actions', '.github/actions'];
  const paths = ['README.md', 'CONTRIBUTING.md', 'model/README.md', ...folders.flatMap(below)];
  return paths.toSorted().map(readPage);
}

const FENCE = /^(\s*)(```+)\s*([\w-]*)/;

export function blocksOf({ path, text }: Page): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  let heading = '';
  for (let at = 0; at < lines.length; at++) {
    heading = /^#+ (.+)$/.exec(lines[at] ?? '')?.[1] ?? heading;
    const [, indent = '', fence, language = ''] = FENCE.exec(lines[at] ?? '') ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, other) => other > at && line.trim() === fence);
    if (end < 0) throw new Error(`${path}:${at + 1}: this code block has no end.`);
    const content = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
    blocks.push({ page: path, language, line: at + 2, text: `${content.join('\n')}\n`, heading });
    at = end;
  }
  return blocks;
}

/** The page without its code, line by line as it was. */
export function proseOf({ text }: Page): string[] {
  let fence = '';
  return text.split('\n').map((line) => {
    const opened = FENCE.exec(line)?.[2] ?? '';
    const isCode = fence !== '' || opened !== '';
    fence = fence === '' ? opened : line.trim() === fence ? '' : fence;
    return isCode ? '' : line;
  });
}

/** What a link may have behind the #, as GitHub makes it of the headings. */
export function anchorsOf(page: Page): Set<string> {
  const seen = new Map<string, number>();
  const anchors = proseOf(page).flatMap((line) => {
    const heading = /^#{1,6} (.+)$/.exec(line)?.[1];
    if (heading === undefined) return [];
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return [count === 0 ? slug : `${slug}-${count}`];
  });
  return new Set(anchors);
}

export interface Link {
  readonly page: string;
  readonly line: number;
  readonly target: string;
}

export function linksOf(page: Page): Link[] {
  return proseOf(page).flatMap((text, at) => {
    const prose = text.replaceAll(/`[^`]*`/g, '');
    const found = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)];
    return found.map(([, target = '']) => ({ page: page.path, line: at + 1, target }));
  });
}

/** Where a link inside of the repository leads; null for one that leaves it. */
export function placeOf({ page, target }: Link): { path: string; anchor: string } | null {
  if (/^[a-z]+:/.test(target)) return null;
  const [path = '', anchor = ''] = target.split('#');
  const there = path === '' ? page : relative(root, join(root, dirname(page), decodeURIComponent(path)));
  return { path: there, anchor };
}
