/**
 * Lays out the tree that a release tag points to: `uses: org/ml-deploy/<action>@v1` looks for <action>/action.yml at
 * its root, and a runner downloads all of it for every job. So it holds what users need and nothing else.
 *
 *     npm run release:tree -- --out DIR
 *     npm run release:tree -- --action deploy-endpoint --out DIR
 *
 * With --action, one action alone, as the root of a repository of its own. Needs node and no package: the job that may
 * write to the repository runs it too.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.ts';

const ROOT_FILES = ['LICENSE', 'README.md', 'ml-deploy.schema.json'];
/** Those that users call. Byte for byte: a token may not push a workflow that differs from one on main. */
export const REUSABLE_WORKFLOWS = ['deploy.yml', 'verify.yml'].map((name) => `.github/workflows/${name}`);
const MAIN = 'https://github.com/org/ml-deploy/blob/main';
/**
 * What every action needs of the bundle. The model server is started by deploy-endpoint, and asked by smoke-test, which
 * runs its reference in a model process.
 */
const SHARED = ['core', 'local-server', 'model-process', 'package.json'];

/** Where a file of the repository stands in the tree; null where it is not part of it. */
type Place = (path: string) => string | null;

export function layOut(out: string): void {
  const place: Place = (path) => {
    if (path.startsWith('actions/')) return path.slice('actions/'.length);
    return [...ROOT_FILES, ...REUSABLE_WORKFLOWS].includes(path) ? path : null;
  };
  startIn(out);
  for (const file of [...ROOT_FILES, ...REUSABLE_WORKFLOWS]) cpSync(join(root, file), join(out, file));
  cpSync(join(root, 'dist'), join(out, 'dist'), { recursive: true });
  cpSync(join(root, 'actions'), out, { recursive: true });
  relink(out, 'README.md', place);
  for (const name of actionNames()) {
    rewrite(join(out, name, 'action.yml'), (text) => text.replaceAll('../../dist/', '../dist/'));
    relink(out, `actions/${name}/README.md`, place);
  }
}

/** One action as a repository of its own: `uses: org/<action>@v1`. @throws Error for an action that there is not */
export function layOutOne(action: string, out: string): void {
  // One without code of its own is a part of the workflows, and of no use by itself.
  const names = actionNames().filter((name) => existsSync(join(root, 'dist', name)));
  if (!names.includes(action)) {
    throw new Error(`There is no action "${action}"; there are ${names.join(', ')}.`);
  }
  const folder = `actions/${action}/`;
  const place: Place = (path) => {
    if (path.startsWith(folder)) return path.slice(folder.length);
    return path === 'LICENSE' ? path : null;
  };
  startIn(out);
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
  cpSync(join(root, folder), out, { recursive: true });
  for (const part of [...SHARED, action]) {
    cpSync(join(root, 'dist', part), join(out, 'dist', part), { recursive: true });
  }
  rewrite(join(out, 'action.yml'), (text) => text.replaceAll('../../dist/', 'dist/'));
  relink(out, `${folder}README.md`, place);
  rewrite(join(out, 'README.md'), (text) => text.replaceAll(`org/ml-deploy/${action}@`, `org/${action}@`));
}

function actionNames(): string[] {
  return readdirSync(join(root, 'actions')).sort();
}

function startIn(out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty.`);
  mkdirSync(out, { recursive: true });
}

/** Links of a page to files that moved are mended; those to files that are not in the tree lead to the repository. */
function relink(out: string, source: string, place: Place): void {
  const page = place(source) ?? source;
  rewrite(join(out, page), (text) =>
    text.replace(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (_, target: string, anchor = '') => {
      const path = posix.join(posix.dirname(source), target);
      const placed = place(path);
      const link = placed === null ? `${MAIN}/${path}` : posix.relative(posix.dirname(page), placed);
      return `](${link}${String(anchor)})`;
    }),
  );
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function main(): void {
  const { values } = parseArgs({ options: { out: { type: 'string' }, action: { type: 'string' } } });
  if (values.out === undefined) throw new Error('npm run release:tree -- [--action NAME] --out DIR');
  const out = resolve(values.out);
  if (values.action === undefined) layOut(out);
  else layOutOne(values.action, out);
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
