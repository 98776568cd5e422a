/**
 * The release, in the steps of .github/workflows/release.yml. Needs node and git, and no package.
 *
 *     node scripts/release/main.ts check   --version 1.2.3
 *     node scripts/release/main.ts prepare --version 1.2.3 --actions-owner org --out DIR
 *     node scripts/release/main.ts publish --version 1.2.3 --actions-owner org --tested <as prepare said> --server URL
 *
 * `check` says what prevents the release. `prepare` also makes the release commits in this repository and writes the
 * archives; nothing leaves the machine. `publish` needs GITHUB_TOKEN, and for the repositories of the single actions
 * (of --actions-owner) ACTIONS_TOKEN.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../lib/paths.ts';
import { gitIn } from './git.ts';
import { prepareProduct, treesDigest, type Prepared } from './prepare.ts';
import { singleProducts, wholeProduct } from './products.ts';
import { publish, type Shipment } from './publish.ts';
import { checkReady, type Ready } from './readiness.ts';
import { signIn } from './tags.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string', default: '' },
    out: { type: 'string', default: join(root, 'build/release') },
    tested: { type: 'string', default: '' },
    server: { type: 'string', default: 'https://github.com' },
    'actions-owner': { type: 'string', default: '' },
  },
});
const env = process.env;
const git = gitIn(root);
const ownerOfActions = values['actions-owner'];

/** The single actions first: users of the whole are the most, and get the new version when everything is there. */
function prepared({ version }: Ready): Prepared[] {
  const singles = ownerOfActions === '' ? [] : singleProducts(ownerOfActions);
  return [...singles, wholeProduct(repository(), version)].map((product) =>
    prepareProduct(git, version, product),
  );
}

function prepare(ready: Ready): void {
  mkdirSync(values.out, { recursive: true });
  const all = prepared(ready);
  for (const { archives } of all) {
    for (const [name, content] of archives) writeFileSync(join(values.out, name), content);
  }
  for (const { product, commit } of all) console.log(`${product.name}: ${commit}`);
  if (ownerOfActions === '') console.log('The single actions are left out, as --actions-owner is not set.');
  output({ tested: treesDigest(all), archives: join(values.out, '*.tar.gz') });
}

async function publishTo(ready: Ready): Promise<void> {
  const token = env.GITHUB_TOKEN ?? '';
  const actionsToken = env.ACTIONS_TOKEN ?? '';
  if (token === '' || values.tested === '') throw new Error('publish needs --tested and GITHUB_TOKEN.');
  if (ownerOfActions !== '' && actionsToken === '')
    throw new Error(
      `publish to ${ownerOfActions}/<action> needs ACTIONS_TOKEN, which may write to those repositories.`,
    );
  const shipments = prepared(ready).map((each) =>
    shipment(each, each.product.repository === repository() ? token : actionsToken),
  );
  const { version, notes } = ready;
  const all = await publish({ version, notes, shipments, tested: values.tested, log: console.log });
  output({ url: all.at(-1)?.url ?? '', commit: all.at(-1)?.commit ?? '' });
}

function shipment(each: Prepared, token: string): Shipment {
  const url = `${values.server}/${each.product.repository}.git`;
  const signedIn = /^https?:/.test(url) ? signIn(token) : {};
  const apiUrl = env.GITHUB_API_URL ?? 'https://api.github.com';
  return {
    prepared: each,
    remote: { git, url, env: signedIn },
    github: { apiUrl, repository: each.product.repository, token },
  };
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
