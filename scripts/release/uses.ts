/**
 * What the reusable workflows of a release run, followed through every action and workflow that one of them names. Under
 * GitHub's policy that actions are pinned to a full commit SHA, one reference by tag stops the caller's whole run:
 * https://github.blog/changelog/2025-08-15-github-actions-policy-now-supports-blocking-and-sha-pinning-actions/
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface Use {
  /** The file that has it, relative to the tree. */
  readonly file: string;
  readonly uses: string;
  /** Why the policy, or the runner, would refuse it; null if neither does. */
  readonly refusal: string | null;
}

const PINNED = /^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@[0-9a-f]{40}$/;

/** Every `uses:` that is reached from these workflows of a tree, each file read once. */
export function expandedUses(tree: string, workflows: readonly string[]): Use[] {
  const found: Use[] = [];
  const waiting = [...workflows];
  const seen = new Set(waiting);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const uses of usesIn(readFileSync(join(tree, file), 'utf8'))) {
      const own = uses.startsWith('$/') ? ownFile(tree, uses.slice(2)) : null;
      found.push({ file, uses, refusal: refusalOf(uses, own) });
      if (own === null || seen.has(own)) continue;
      seen.add(own);
      waiting.push(own);
    }
  }
  return found;
}

/** Without a YAML parser, as the release runs no package: each is on a line of its own. */
export function usesIn(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: *(['"]?)([^\s'"#]+)\1/gm)].map(([, , uses = '']) => uses);
}

/** The workflow, or the action's file, that `$/` leads to; null if there is none. */
function ownFile(tree: string, path: string): string | null {
  if (path.includes('@')) return null;
  const files = /\.ya?ml$/.test(path) ? [path] : [posix.join(path, 'action.yml')];
  return files.find((file) => existsSync(join(tree, file))) ?? null;
}

function refusalOf(uses: string, own: string | null): string | null {
  if (uses.startsWith('$/')) return own === null ? 'is not part of the release' : null;
  if (uses.startsWith('./') || PINNED.test(uses)) return null;
  return 'is not pinned to a full commit SHA';
}
