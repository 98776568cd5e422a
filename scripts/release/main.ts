/**
 * The release, in the steps of .github/workflows/release.yml. Needs node and git, and no package.
 *
 *     node scripts/release/main.ts check   --version 1.2.3
 *     node scripts/release/main.ts prepare --version 1.2.3 --out DIR
 *     node scripts/release/main.ts publish --version 1.2.3 --tree <as prepare said> --remote URL
 *
 * `check` says what stands in the way. `prepare` also makes the release commit in this repository and writes the archive;
 * nothing leaves the machine. `publish` needs GITHUB_TOKEN.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../lib/paths.ts';
import { archiveOf, makeReleaseCommit } from './commit.ts';
import { gitIn } from './git.ts';
import { archiveName, publish } from './publish.ts';
import { checkReady, type Ready } from './readiness.ts';
import { signIn } from './tags.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string', default: '' },
    out: { type: 'string', default: join(root, 'build/release') },
    tree: { type: 'string', default: '' },
    remote: { type: 'string', default: 'origin' },
  },
});
const env = process.env;
const git = gitIn(root);

function prepare({ version }: Ready): void {
  const made = makeReleaseCommit(git, version);
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, archiveName(version));
  writeFileSync(file, archiveOf(git, made, version));
  output({ tree: made.tree, commit: made.commit, archive: file });
}

async function publishTo(ready: Ready): Promise<void> {
  const token = env.GITHUB_TOKEN ?? '';
  if (token === '' || values.tree === '') throw new Error('publish needs --tree and GITHUB_TOKEN.');
  const isHttp = /^https?:/.test(values.remote);
  const published = await publish({
    git,
    ready,
    remote: { git, url: values.remote, env: isHttp ? signIn(token) : {} },
    github: { apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com', repository: repository(), token },
    testedTree: values.tree,
    log: console.log,
  });
  output({ url: published.url, commit: published.commit });
}

function repository(): string {
  return env.GITHUB_REPOSITORY ?? 'org/ml-deploy';
}

function output(given: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(given)) {
    console.log(`${name}: ${value}`);
    if (env.GITHUB_OUTPUT !== undefined) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value}\n`);
  }
}

const commands: Readonly<Record<string, (ready: Ready) => void | Promise<void>>> = {
  check: ({ version, notes }) => console.log(`${version.text} can be released. Its notes:\n\n${notes}`),
  prepare,
  publish: publishTo,
};

try {
  const command = commands[positionals[0] ?? ''];
  if (command === undefined)
    throw new Error(`Say what to do, one of ${Object.keys(commands).join(', ')}; see the top of this file.`);
  await command(checkReady(root, values.version, repository()));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
