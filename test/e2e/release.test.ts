/**
 * The release as release.yml runs it: scripts/release in a clone without node_modules, a real remote repository, GitHub's
 * API on this machine. The commands of docs/releasing.md are followed here.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommandFile } from '../../scripts/lib/runner-protocol.ts';
import { root } from '../../scripts/lib/paths.ts';
import { actionNames, KEPT } from '../../scripts/release-tree.ts';
import { gitIn, type Git } from '../../scripts/release/git.ts';
import { remoteTags } from '../../scripts/release/tags.ts';
import { blocksOf, allPages } from '../contract/docs-pages.ts';
import { workflowSource } from '../contract/workflow-files.ts';
import { startReleases, type ReleasesBed } from '../fakes/github-releases.ts';

const away = mkdtempSync(join(tmpdir(), 'ml-deploy-publish-'));
const clone = join(away, 'clone');
/** In the place of https://github.com. */
const server = join(away, 'server');
const remote = join(server, 'org/ml-deploy.git');
const VERSION = '1.2.3';
let bed: ReleasesBed;
let git: Git;

/** What the scripts of the release read: none of it is a package. */
const FILES = [
  'scripts/release',
  'scripts/release-tree.ts',
  'scripts/lib/paths.ts',
  'actions',
  'dist',
  '.github',
  ...KEPT,
];

const RUNTIME = 'dist/core/ort-wasm-simd-threaded.wasm';

beforeAll(async () => {
  bed = await startReleases(
    'org/ml-deploy',
    actionNames().map((name) => `org/${name}`),
  );
  for (const path of FILES) cpSync(join(root, path), join(clone, path), { recursive: true });
  // In place of 14 MB, which each preparation would pack; the real one is in release-tree.test.ts and single-trees.test.ts.
  writeFileSync(join(clone, RUNTIME), 'ONNX Runtime');
  writeFileSync(join(clone, 'CHANGELOG.md'), `# ml-deploy\n\n## ${VERSION}\n\n- A fix.\n`);
  writeFileSync(join(clone, 'package.json'), JSON.stringify({ type: 'module', version: VERSION }));
  git = gitIn(clone);
  for (const name of [...actionNames(), 'ml-deploy'])
    git(['init', '--quiet', '--bare', '--initial-branch=main', join(server, `org/${name}.git`)]);
  git(['init', '--quiet', '--initial-branch=main']);
  git(['remote', 'add', 'origin', remote]);
  git(['add', '--all']);
  git([
    '-c',
    'user.name=Dev',
    '-c',
    'user.email=dev@example.test',
    'commit',
    '--quiet',
    '--no-gpg-sign',
    '-m',
    'main',
  ]);
});

afterAll(async () => {
  await bed.close();
  rmSync(away, { recursive: true, force: true });
});

interface Ran {
  readonly status: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs a script as a step of a workflow does. */
async function step(command: string, env: Record<string, string> = {}): Promise<Ran> {
  const file = join(away, 'output');
  writeFileSync(file, '');
  const child = spawn('sh', ['-c', command], {
    cwd: clone,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: away,
      GITHUB_OUTPUT: file,
      GITHUB_API_URL: bed.url,
      GITHUB_REPOSITORY: 'org/ml-deploy',
      ...env,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const log = (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
  return { status: await ended, log, outputs: parseCommandFile(readFileSync(file, 'utf8')) };
}

interface Job {
  readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
}

/** A command of release.yml, with the values that GitHub would put in. */
function commandOf(job: string, command: string, values: Record<string, string>) {
  const { jobs } = parse(workflowSource('release.yml')) as { jobs: Record<string, Job> };
  const found = jobs[job]?.steps.find(({ run = '' }) => run.includes(`main.ts ${command}`));
  if (found === undefined) throw new Error(`release.yml runs no ${command} in ${job}.`);
  const env = Object.fromEntries(Object.keys(found.env ?? {}).map((name) => [name, values[name] ?? '']));
  return step(found.run ?? '', env);
}

const tags = () => Object.fromEntries(remoteTags({ git, url: remote, env: {} }));

test('release.yml’s steps publish a version without any package, and once more change nothing', async () => {
  const values = { VERSION, OWNER: 'org', SERVER: server, GITHUB_TOKEN: bed.token, ACTIONS_TOKEN: bed.token };
  const check = await commandOf('test', 'check', values);
  expect(check.log).toBe(`${VERSION} can be released. Its notes:\n\n- A fix.\n`);
  const tested = await commandOf('test', 'prepare', values);
  expect(tested.status, tested.log).toBe(0);
  const prepared = await commandOf('publish', 'prepare', values);
  expect(prepared.outputs).toEqual(tested.outputs);
  const publish = () => commandOf('publish', 'publish', { ...values, TESTED: tested.outputs.tested ?? '' });
  const published = await publish();
  expect(published.status, published.log).toBe(0);
  expect(published.log).not.toContain(bed.token);
  const { commit = '' } = published.outputs;
  expect(tags()).toEqual({ [`v${VERSION}`]: commit, v1: commit });
  // What is attested is what is released, in each of the repositories.
  for (const name of [...actionNames(), 'ml-deploy']) {
    const releases = await bed.releases(`org/${name}`);
    expect(releases).toMatchObject([{ immutable: true, body: '- A fix.' }]);
    for (const asset of releases[0]?.assets ?? []) {
      const attested = readFileSync(join(clone, 'build/release', asset.name));
      expect(asset.digest).toBe(`sha256:${createHash('sha256').update(attested).digest('hex')}`);
    }
  }
  const before = await bed.releases();
  expect(before[0]?.assets.map(({ name }) => name).toSorted()).toEqual([
    `ml-deploy-${VERSION}-server.tar.gz`,
    `ml-deploy-${VERSION}.tar.gz`,
  ]);
  const again = await publish();
  expect(again.log).toContain('ml-deploy, v1: there already');
  expect(await bed.releases()).toEqual(before);
});

test('what stands in the way is said, and nothing is published', async () => {
  const run = await step('node scripts/release/main.ts publish --version 1.2.4 --tested x', {
    GITHUB_TOKEN: 't',
  });
  expect(run.status).toBe(1);
  expect(run.log).toMatch(/^1\.2\.4 cannot be released:\n- package\.json says version 1\.2\.3/);
  expect(tags()).not.toHaveProperty('v1.2.4');
});

test('docs/releasing.md: the commit is made again from the sources, and v1 is pointed back', async () => {
  const page = allPages().find(({ path }) => path === 'docs/releasing.md');
  if (page === undefined) throw new Error('docs/releasing.md is not there.');
  const blocks = blocksOf(page).map((block) => block.text);
  const find = (part: string) => blocks.find((block) => block.includes(part)) ?? `${part} is not there`;
  const made = await step(find('main.ts prepare'));
  expect(made.log).toContain(`ml-deploy: ${tags()[`v${VERSION}`] ?? ''}`);
  const earlier = git(['commit-tree', 'HEAD^{tree}', '-m', 'earlier'], { env: PERSON })
    .toString('utf8')
    .trim();
  git(['tag', 'v1.2.2', earlier]);
  const back = await step(find('git push --force'));
  expect(back.status, back.log).toBe(0);
  expect(tags().v1).toBe(earlier);
});

const PERSON = {
  GIT_AUTHOR_NAME: 'Dev',
  GIT_AUTHOR_EMAIL: 'dev@example.test',
  GIT_COMMITTER_NAME: 'Dev',
  GIT_COMMITTER_EMAIL: 'dev@example.test',
};
