/** Looks at a tree that users download. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect } from 'vitest';

/** Paths within the tree, sorted. */
export function filesOf(tree: string): string[] {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(tree, join(entry.parentPath, entry.name)))
    .sort();
}

/** The size of these files of a tree as a .tar.gz, in bytes. */
export async function packedBytes(tree: string, files: readonly string[]): Promise<number> {
  const archive = pack();
  for (const name of files) archive.entry({ name }, readFileSync(join(tree, name)));
  archive.finalize();
  return (await buffer(archive.pipe(createGzip()))).length;
}

/** Every relative link of every page leads to a file of the tree. */
export function expectLinks(tree: string): void {
  const pages = filesOf(tree).filter((path) => path.endsWith('.md'));
  expect(pages).toContain('README.md');
  for (const page of pages) {
    const links = [...readFileSync(join(tree, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
    for (const [, link = ''] of links)
      expect(existsSync(join(tree, dirname(page), link)), `${page}: ${link}`).toBe(true);
  }
}
