/**
 * Lays out the tree that a release tag points to: `uses: org/ml-deploy/<action>@v1` looks for <action>/action.yml at
 * its root, and a runner downloads all of it for every job. So it holds what users name at a version and nothing else.
 *
 *     npm run release:tree -- --out DIR
 *     npm run release:tree -- --action deploy-endpoint --out DIR
 *     npm run release:tree -- --server OWNER/NAME@v1.2.3 --out DIR
 *
 * With --action, one action alone, as the root of a repository of its own. With --server, the same tree for GitHub
 * Enterprise Server, which does not know `uses: $/…`. Needs node and no package: the job that may write to the repository
 * runs it too.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.ts';
import { partsOf } from './release/bundle-parts.ts';

/** Those that users call. Byte for byte: a token may not push a workflow that differs from one on main. */
export const REUSABLE_WORKFLOWS = ['deploy', 'verify', 'approve', 'rollback', 'watch', 'reap', 'comment'].map(
  (name) => `.github/workflows/${name}.yml`,
);
/** What is called by `$/`, copied, or named by an address with a version in it. */
export const KEPT = [
  'LICENSE',
  'README.md',
  'ml-deploy.schema.json',
  ...REUSABLE_WORKFLOWS,
  '.github/actions',
  'docs/iam',
  'examples',
  'terraform',
];
const REPOSITORY = 'https://github.com/org/ml-deploy';
/**
 * The programs that an action starts beside itself: deploy-endpoint the model server, which runs models in processes of
 * their own, as smoke-test does with its reference.
 */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'deploy-endpoint': ['local-server', 'model-process'],
  'smoke-test': ['model-process'],
};

/** Files and folders of the repository, and where they are in a tree. */
type Moves = ReadonlyMap<string, string>;

/** The release: every action, and all that is named with a version. */
export function layOut(out: string): void {
  const actions = actionNames().map((name) => [`actions/${name}`, name] as const);
  const moves = new Map([
    ...KEPT.map((path) => [path, path] as const),
    ...actions,
    ['dist', 'dist'] as const,
  ]);
  copy(moves, out);
  for (const name of actionNames()) {
    rewrite(join(out, name, 'action.yml'), (text) => text.replaceAll('../../dist/', '../dist/'));
  }
}

/**
 * The release for GitHub Enterprise Server: instead of `$/`, this names the repository and an exact tag. Older servers
 * also refuse `deployment: false`, so GitHub records a Deployment for the gate and for the release there.
 *
 * @param at such as `org/ml-deploy@v1.2.3`, where the tree will be published
 */
export function layOutForServer(out: string, at: string): void {
  const [, repository, ref] = /^([\w.-]+\/[\w.-]+)@([\w.-]+)$/.exec(at) ?? [];
  if (repository === undefined || ref === undefined) {
    throw new Error(`"${at}" names no repository and tag: write it as OWNER/NAME@v1.2.3.`);
  }
  layOut(out);
  for (const path of REUSABLE_WORKFLOWS) {
    rewrite(join(out, path), (text) =>
      namedInFull(text, repository, ref).replaceAll(/^ +deployment: false\n/gm, ''),
    );
  }
}

/** Replaces `uses: $/<path>` by a repository and a ref. */
export function namedInFull(workflow: string, repository: string, ref: string): string {
  return workflow.replaceAll(
    /(\buses: )\$\/(\S+)/g,
    (_, uses: string, path: string) => `${uses}${repository}/${path}@${ref}`,
  );
}

/** One action as a repository of its own: `uses: org/<action>@v1`. @throws Error for an action that there is not */
export function layOutOne(action: string, out: string): void {
  if (!actionNames().includes(action)) {
    throw new Error(`There is no action "${action}"; there are ${actionNames().join(', ')}.`);
  }
  const programs = [action, ...(PROGRAMS[action] ?? [])];
  const core = partsOf(join(root, 'dist/core'), programs.map(entryOf)).map((file) => `core/${file}`);
  const dist = ['package.json', ...programs, ...core].map(
    (part) => [`dist/${part}`, `dist/${part}`] as const,
  );
  copy(new Map([['LICENSE', 'LICENSE'], [`actions/${action}`, ''], ...dist]), out);
  rewrite(join(out, 'action.yml'), (text) => text.replaceAll('../../dist/', 'dist/'));
  rewrite(join(out, 'README.md'), (text) => text.replaceAll(`org/ml-deploy/${action}@`, `org/${action}@`));
}

export function actionNames(): string[] {
  return readdirSync(join(root, 'actions')).sort();
}

/** The function of the bundle that a stub calls. */
function entryOf(program: string): string {
  const stub = readFileSync(join(root, 'dist', program, 'index.js'), 'utf8');
  const name = /const \{ (\w+) \} = await import/.exec(stub)?.[1];
  if (name === undefined) throw new Error(`dist/${program}/index.js calls no function of the bundle.`);
  return name;
}

/** Copies into an empty folder; the links of pages are mended on the way. */
function copy(moves: Moves, out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty.`);
  mkdirSync(out, { recursive: true });
  for (const [from, to] of moves) {
    mkdirSync(dirname(join(out, to)), { recursive: true });
    cpSync(join(root, from), join(out, to), { recursive: true });
    for (const page of pagesIn(from)) relink(page, moves, out);
  }
}

/** The Markdown files of a path of the repository. */
function pagesIn(path: string): string[] {
  if (path.endsWith('.md')) return [path];
  if (path.startsWith('dist') || !statSync(join(root, path)).isDirectory()) return [];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => posix.join(path, name));
}

/** The path of a repository's file in the tree; null if it is not part of it. */
function placeOf(path: string, moves: Moves): string | null {
  for (const [from, to] of moves) {
    if (path === from || path.startsWith(`${from}/`))
      return posix.join(to, path.slice(from.length + 1)) || '.';
  }
  return null;
}

/** Links of a page to files that moved are mended; those to files that are not in the tree lead to the repository. */
function relink(source: string, moves: Moves, out: string): void {
  const page = placeOf(source, moves) ?? source;
  rewrite(join(out, page), (text) =>
    text.replace(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (_, target: string, anchor = '') => {
      const path = posix.join(posix.dirname(source), target);
      const placed = placeOf(path, moves);
      const link = placed === null ? inRepository(path) : posix.relative(posix.dirname(page), placed);
      return `](${link}${String(anchor)})`;
    }),
  );
}

/** A page about a file; for a picture, the picture itself. */
function inRepository(path: string): string {
  return `${REPOSITORY}/${path.endsWith('.svg') ? 'raw' : 'blob'}/main/${path}`;
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function main(): void {
  const options = {
    out: { type: 'string' },
    action: { type: 'string' },
    server: { type: 'string' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.out === undefined)
    throw new Error('npm run release:tree -- [--action NAME | --server OWNER/NAME@TAG] --out DIR');
  const out = resolve(values.out);
  if (values.action !== undefined) layOutOne(values.action, out);
  else if (values.server !== undefined) layOutForServer(out, values.server);
  else layOut(out);
  console.log(`Laid out ${values.action ?? 'the release'} in ${values.out}.`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
