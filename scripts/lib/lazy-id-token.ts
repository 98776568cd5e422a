/**
 * @actions/core brings an HTTP client, and with it undici, for the one function that asks GitHub for an OIDC token. The
 * bundle gets a copy of its entry that loads the client when the function is called: no action starts with it, which
 * took a third of the time to its first line. Everything else is the published code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const IMPORTED = /(['"])@actions\/core\1/g;

/** @param js folder of the compiled program: its imports of the package are led to the copy */
export function lazyIdToken(js: string): void {
  const published = fileURLToPath(import.meta.resolve('@actions/core'));
  const copy = join(js, 'trimmed', 'actions-core.js');
  writeFileSync(copy, lazy(readFileSync(published, 'utf8'), dirname(published)));
  for (const file of readdirSync(js, { recursive: true, encoding: 'utf8' })) {
    const path = join(js, file);
    if (!file.endsWith('.js') || path === copy) continue;
    const to = relative(dirname(path), copy);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll(IMPORTED, `'${to.startsWith('.') ? to : `./${to}`}'`));
  }
}

/**
 * @param source the package's entry
 * @param folder of the package's files
 * @throws Error if the package is no longer made in this way
 */
export function lazy(source: string, folder: string): string {
  const changes: readonly (readonly [string, string])[] = [
    [`import { OidcClient } from './oidc-utils.js';`, ''],
    ['yield OidcClient.', `yield (yield import('./oidc-utils.js')).OidcClient.`],
    // Nobody uses it, and it would load everything that runs programs.
    [`export * as platform from './platform.js';`, ''],
    // The map is beside the published one.
    ['//# sourceMappingURL=core.js.map', ''],
  ];
  let text = source;
  for (const [from, to] of changes) {
    if (text.split(from).length !== 2)
      throw new Error(`@actions/core has no "${from}" any more, or several.`);
    text = text.replace(from, to);
  }
  return text.replaceAll(/(['"])\.\/([\w-]+\.js)\1/g, (_, quote: string, file: string) => {
    return `${quote}${join(folder, file)}${quote}`;
  });
}
