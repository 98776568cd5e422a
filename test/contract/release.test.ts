/** A release, against a real repository that takes pushes and GitHub's API on this machine. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { layOut, layOutForServer, REUSABLE_WORKFLOWS } from '../../scripts/release-tree.ts';
import { notesOf } from '../../scripts/release/changelog.ts';
import { archiveOf, type Lay } from '../../scripts/release/commit.ts';
import { gitIn, lineOf, type Git } from '../../scripts/release/git.ts';
import { prepareProduct, treesDigest, type Prepared } from '../../scripts/release/prepare.ts';
import { singleProducts, wholeProduct, type Product } from '../../scripts/release/products.ts';
import { publish, type Published } from '../../scripts/release/publish.ts';
import { checkReady } from '../../scripts/release/readiness.ts';
import { remoteTags } from '../../scripts/release/tags.ts';
import { expandedUses, usesIn } from '../../scripts/release/uses.ts';
import { isNewer, parseVersion, type Version } from '../../scripts/release/version.ts';
import { specs } from '../../src/actions/specs.ts';
import { startReleases, type ReleasesBed } from '../fakes/github-releases.ts';
import { triedNumbers } from '../share.ts';

const REPOSITORY = 'org/ml-deploy';
/** `npm test` takes one of so many places at which a release dies, `npm run test:faults` all of them. */
const EVERY_KILL = 11;

function version(text: string): Version {
  const parsed = parseVersion(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe('a version', () => {
  test.each(['1.2.3', '0.0.1', '10.20.30', '1.0.0-rc.1', '1.0.0-alpha'])('%s is one', (text) => {
    expect(parseVersion(text)?.text).toBe(text);
  });

  test.each([
    '',
    'v1.2.3',
    '1.2',
    '1.2.3.4',
    '01.2.3',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3+build',
    '1.2.3\n',
    '1.2.3;id',
  ])('%j is none', (text) => {
    expect(parseVersion(text)).toBeNull();
  });

  test('is compared by numbers', () => {
    expect(isNewer(version('1.10.0'), version('1.9.9'))).toBe(true);
    expect(isNewer(version('2.0.0'), version('1.99.99'))).toBe(true);
    expect(isNewer(version('1.2.3'), version('1.2.3'))).toBe(false);
  });
});

test('the notes of a version are its section of the changelog', () => {
  const changelog =
    '# ml-deploy\n\n## 1.10.0\n\n- new\n\n## 1.1.0\n\n### Minor Changes\n\n- old\n  ## not a heading\n';
  expect(notesOf(changelog, '1.10.0')).toBe('- new');
  expect(notesOf(changelog, '1.1.0')).toBe('### Minor Changes\n\n- old\n  ## not a heading');
  expect(notesOf(changelog, '1.1')).toBeNull();
});

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ml-deploy-release-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what stands in the way of a release', () => {
  function sources(): void {
    writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }');
    writeFileSync(join(folder, 'CHANGELOG.md'), '# ml-deploy\n\n## 1.2.3\n\n- Something new.\n');
    mkdirSync(join(folder, '.changeset'));
    writeFileSync(join(folder, '.changeset/README.md'), 'About this folder.');
    for (const path of ['.github/workflows', 'examples'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
  }

  test('nothing, where everything is there', () => {
    sources();
    expect(checkReady(folder, '1.2.3', REPOSITORY)).toMatchObject({ notes: '- Something new.' });
  });

  test('all of it is said at once', () => {
    sources();
    writeFileSync(join(folder, '.changeset/brave-cats.md'), 'A change.');
    const check = () => checkReady(folder, '2.0.0', 'acme/ml-deploy');
    expect(check).toThrow(/package.json says version 1.2.3/);
    expect(check).toThrow(/CHANGELOG.md says nothing about 2.0.0/);
    expect(check).toThrow(/brave-cats.md in .changeset is in no version yet/);
    expect(check).toThrow(
      /deploy-ml-model.yml has "uses: org\/ml-deploy\/.*@v1", which has to name acme\/ml-deploy and @v2/,
    );
    expect(() => checkReady(folder, 'v1.2.3', REPOSITORY)).toThrow('"v1.2.3" is not a version');
  });
});

describe('what the release runs', () => {
  const lay = () => {
    layOut(join(folder, 'tree'));
    return join(folder, 'tree');
  };

  test('is all of one commit: nothing in the expanded graph is neither a full SHA nor of the release itself', () => {
    const found = expandedUses(lay(), REUSABLE_WORKFLOWS);
    expect(found.filter(({ refusal }) => refusal !== null)).toEqual([]);
    // Every action and every workflow is reached, so that none was left out of the question.
    const reached = new Set(found.map(({ uses }) => uses));
    const actions = specs.map(({ name }) => `$/${name}`);
    const internal = [
      '$/.github/actions/resolve',
      '$/.github/actions/login',
      '$/.github/workflows/deploy.yml',
    ];
    expect([...reached]).toEqual(expect.arrayContaining([...actions, ...internal]));
    expect([...reached].some((uses) => uses.startsWith('aws-actions/'))).toBe(true);
  });

  test.each([
    ['a tag', 'org/ml-deploy/smoke-test@v1', 'is not pinned to a full commit SHA'],
    ['a short SHA', 'actions/checkout@08c6903', 'is not pinned to a full commit SHA'],
    ['a branch', 'actions/checkout@main', 'is not pinned to a full commit SHA'],
    ['an image', 'docker://alpine:3', 'is not pinned to a full commit SHA'],
    ['an action that there is not', '$/smoketest', 'is not part of the release'],
    ['a ref behind $/', '$/smoke-test@v1', 'is not part of the release'],
  ])('%s is refused, also where only an action names it', (_, uses, refusal) => {
    const tree = lay();
    const file = '.github/actions/login/action.yml';
    const text = readFileSync(join(tree, file), 'utf8');
    writeFileSync(join(tree, file), text.replace(/uses: .*/, `uses: ${uses}`));
    const found = expandedUses(tree, REUSABLE_WORKFLOWS);
    expect(found.filter((use) => use.refusal !== null)).toEqual([{ file, uses, refusal }]);
  });

  test('for Enterprise Server names the repository and an exact tag instead of $/', () => {
    const tree = join(folder, 'server');
    layOutForServer(tree, 'acme/ml-deploy@v1.2.3');
    const texts = REUSABLE_WORKFLOWS.map((path) => readFileSync(join(tree, path), 'utf8'));
    const uses = texts.flatMap(usesIn);
    expect(uses.filter((each) => each.startsWith('$/'))).toEqual([]);
    expect(uses).toContain('acme/ml-deploy/deploy-endpoint@v1.2.3');
    expect(uses).toContain('acme/ml-deploy/.github/actions/login@v1.2.3');
    expect(uses).toContain('acme/ml-deploy/.github/workflows/deploy.yml@v1.2.3');
    expect(texts.join('')).not.toContain('deployment: false');
    expect(() => layOutForServer(join(folder, 'wrong'), 'v1.2.3')).toThrow('write it as OWNER/NAME@v1.2.3');
  });
});

describe('publishing', () => {
  let bed: ReleasesBed;
  let git: Git;
  let remote = '';
  let log: string[] = [];

  beforeEach(async () => {
    bed = await startReleases(REPOSITORY);
    remote = join(folder, 'remote.git');
    const work = join(folder, 'work');
    gitIn(folder)(['init', '--quiet', '--bare', '--initial-branch=main', remote]);
    gitIn(folder)(['init', '--quiet', '--initial-branch=main', work]);
    git = gitIn(work);
    log = [];
    commitSources('first');
  });
  afterEach(() => bed.close());

  /** A commit of main: what is in it does not matter, the tree comes from this repository's files. */
  function commitSources(text: string): void {
    const me = ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.test'];
    git([...me, 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', text]);
  }

  interface Changes {
    readonly tested?: string;
    readonly lay?: Lay;
    readonly git?: Git;
  }

  async function release(text: string, changes: Changes = {}): Promise<Published> {
    const lay = changes.lay ?? small;
    const product: Product = { name: 'ml-deploy', repository: REPOSITORY, lay, editions: {} };
    const prepared = prepareProduct(git, version(text), product);
    const [published] = await publish({
      version: version(text),
      notes: `Notes of ${text}.`,
      shipments: [
        {
          prepared,
          remote: { git: changes.git ?? git, url: remote, env: {} },
          github: { apiUrl: bed.url, repository: REPOSITORY, token: bed.token },
        },
      ],
      tested: changes.tested ?? treesDigest([prepared]),
      log: (line) => log.push(line),
    });
    if (published === undefined) throw new Error('Nothing was published.');
    return published;
  }

  /** In place of 20 MB. */
  const small: Lay = (place) => {
    mkdirSync(place);
    writeFileSync(join(place, 'README.md'), 'A release.');
  };

  const tags = () => Object.fromEntries(remoteTags({ git, url: remote, env: {} }));

  test('the first release: tag, immutable release with the archive, and v1', async () => {
    const published = await release('1.0.0');
    expect(published).toMatchObject({ tag: 'made', release: 'published', major: 'moved' });
    expect(tags()).toEqual({ 'v1.0.0': published.commit, v1: published.commit });
    const archive = archiveOf(git, published, 'ml-deploy-1.0.0');
    const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
    expect(await bed.releases()).toMatchObject([
      {
        tag_name: 'v1.0.0',
        name: 'ml-deploy 1.0.0',
        body: 'Notes of 1.0.0.',
        draft: false,
        prerelease: false,
        immutable: true,
        assets: [{ name: 'ml-deploy-1.0.0.tar.gz', size: archive.length, digest }],
      },
    ]);
  });

  test('the tag has the release tree, byte for byte, and no history', async () => {
    const { commit } = await release('1.0.0', { lay: layOut });
    const source = lineOf(git, 'rev-parse', 'HEAD');
    const clone = join(folder, 'clone');
    git(['clone', '--quiet', '--branch', 'v1', remote, clone]);
    const expected = join(folder, 'expected');
    layOut(expected);
    expect(contents(clone)).toEqual(contents(expected));
    const cloned = gitIn(clone);
    expect(lineOf(cloned, 'rev-list', '--count', commit)).toBe('1');
    expect(lineOf(cloned, 'show', '--no-patch', '--format=%B', commit)).toContain(`Source-Commit: ${source}`);
  });

  test('a second run changes nothing', async () => {
    const first = await release('1.0.0');
    const before = [tags(), await bed.releases()];
    bed.requests.length = 0;
    expect(await release('1.0.0')).toMatchObject({
      commit: first.commit,
      tag: 'there already',
      release: 'there already',
      major: 'there already',
    });
    expect([tags(), await bed.releases()]).toEqual(before);
    expect(bed.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  });

  test.each([
    ['before the draft', /^POST .*\/releases$/, 'before'],
    ['after the draft', /^POST .*\/releases$/, 'after'],
    ['before the archive', /^POST .*\/assets\?/, 'before'],
    ['after the archive', /^POST .*\/assets\?/, 'after'],
    ['before it is published', /^PATCH /, 'before'],
    ['after it is published', /^PATCH /, 'after'],
  ] as const)('a run that breaks off %s is ended by the next', async (_, request, when) => {
    const old = await release('1.0.0');
    commitSources('second');
    bed.breakAt = { request, when };
    await expect(release('1.1.0')).rejects.toThrow('fetch failed');
    // Users of v1 have the old version until the new one is whole.
    expect(tags().v1).toBe(old.commit);
    const published = await release('1.1.0');
    expect(published.major).toBe('moved');
    expect(tags()).toEqual({ 'v1.0.0': old.commit, 'v1.1.0': published.commit, v1: published.commit });
    const releases = (await bed.releases()).filter(({ tag_name }) => tag_name === 'v1.1.0');
    expect(releases).toMatchObject([{ draft: false, immutable: true }]);
    expect(releases[0]?.assets.length).toBe(1);
  });

  test('an archive that was uploaded in part is replaced', async () => {
    bed.breakAt = { request: /^PATCH /, when: 'before' };
    await expect(release('1.0.0')).rejects.toThrow();
    const [draft] = await bed.releases();
    const headers = { authorization: `token ${bed.token}` };
    const path = `${bed.url}/repos/${REPOSITORY}/releases`;
    const [asset] = (await (await fetch(`${path}/${draft?.id ?? 0}/assets`, { headers })).json()) as {
      id: number;
    }[];
    await fetch(`${path}/assets/${asset?.id ?? 0}`, { method: 'DELETE', headers });
    const half = `${path}/${draft?.id ?? 0}/assets?name=ml-deploy-1.0.0.tar.gz`;
    await fetch(half, { method: 'POST', headers, body: 'half' });
    await release('1.0.0');
    const [published] = await bed.releases();
    expect(published?.assets).toHaveLength(1);
    expect(published?.assets[0]?.size).toBeGreaterThan('half'.length);
  });

  test('a released version is never changed', async () => {
    const first = await release('1.0.0');
    commitSources('another commit of main');
    await expect(release('1.0.0')).rejects.toThrow(/v1\.0\.0 is there already, .* release the next one/);
    expect(tags()).toEqual({ 'v1.0.0': first.commit, v1: first.commit });
  });

  test('a tree that is not the tested one is not released', async () => {
    await expect(release('1.0.0', { tested: '0'.repeat(64) })).rejects.toThrow(
      'those that were tested are 000',
    );
    expect(tags()).toEqual({});
    expect(bed.requests).toEqual([]);
  });

  test('v1 goes to the newest version of its major, never back, and not to a prerelease', async () => {
    await release('1.1.0');
    commitSources('a fix for an old version');
    expect((await release('1.0.1')).major).toBe('a newer version has it');
    commitSources('a prerelease');
    expect((await release('1.2.0-rc.1')).major).toBe('a prerelease');
    commitSources('the next major version');
    expect((await release('2.0.0')).major).toBe('moved');
    const now = tags();
    expect(now.v1).toBe(now['v1.1.0']);
    expect(now.v2).toBe(now['v2.0.0']);
    expect((await bed.releases()).find(({ tag_name }) => tag_name === 'v1.2.0-rc.1')).toMatchObject({
      prerelease: true,
    });
  });

  test('v1 is not moved over somebody else’s release of the same moment', async () => {
    await release('1.0.0');
    commitSources('second');
    const commit = lineOf(git, 'rev-parse', 'HEAD');
    // While this one is being pushed, another run moves it.
    const racing: Git = (args, options) => {
      if (args.includes('push') && args.some((arg) => arg.endsWith('refs/tags/v1')))
        git(['push', '--quiet', '--force', remote, `${commit}:refs/tags/v1`]);
      return git(args, options);
    };
    const run = release('1.1.0', { git: racing });
    await expect(run).rejects.toThrow(/v1 could not be pushed. It was changed by somebody else/);
    expect(tags().v1).toBe(commit);
  });

  test('a release that can be changed is an error, and v1 stays', async () => {
    bed.immutability = false;
    await expect(release('1.0.0')).rejects.toThrow(/turn on "Enable release immutability"/);
    expect(tags()).not.toHaveProperty('v1');
  });
});

describe('publishing each action alone beside all of them', () => {
  const VERSION = version('1.2.0');
  const names = [...specs.map(({ name }) => name).toSorted(), 'ml-deploy'];
  const repositories = names.map((name) => `org/${name}`);
  let bed: ReleasesBed;
  let git: Git;

  beforeEach(async () => {
    bed = await startReleases(REPOSITORY, repositories.slice(0, -1));
    const work = join(folder, 'work');
    gitIn(folder)(['init', '--quiet', '--initial-branch=main', work]);
    git = gitIn(work);
    const me = ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.test'];
    git([...me, 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', 'first']);
    for (const name of names) git(['init', '--quiet', '--bare', '--initial-branch=main', remoteOf(name)]);
    prepared = [];
  });
  afterEach(() => bed.close());

  const remoteOf = (name: string) => join(folder, `${name}.git`);
  const tagsOf = (name: string) =>
    Object.keys(Object.fromEntries(remoteTags({ git, url: remoteOf(name), env: {} })));

  let prepared: Prepared[] = [];

  function prepare(): Prepared[] {
    const products = [...singleProducts('org'), wholeProduct(REPOSITORY, VERSION)].map((product) => ({
      ...product,
      // What is in a tree is tested with the real ones below; here the steps are.
      lay: tiny(product.name),
      editions: Object.fromEntries(Object.keys(product.editions).map((name) => [name, tiny(name)])),
    }));
    return products.map((product) => prepareProduct(git, VERSION, product));
  }

  function ship(through: Git = git): Promise<Published[]> {
    if (prepared.length === 0) prepared = prepare();
    const shipments = prepared.map((each) => ({
      prepared: each,
      remote: { git: through, url: remoteOf(each.product.name), env: {} },
      github: { apiUrl: bed.url, repository: each.product.repository, token: bed.token },
    }));
    const tested = treesDigest(prepared);
    return publish({ version: VERSION, notes: 'Notes.', shipments, tested, log: () => undefined });
  }

  const tiny =
    (text: string): Lay =>
    (place) => {
      mkdirSync(place);
      writeFileSync(join(place, 'README.md'), text);
    };

  async function expectAll(): Promise<void> {
    for (const name of names) {
      expect(tagsOf(name), name).toEqual(['v1', 'v1.2.0']);
      const releases = await bed.releases(`org/${name}`);
      expect(releases, name).toMatchObject([{ tag_name: 'v1.2.0', draft: false, immutable: true }]);
      const assets = releases[0]?.assets.map((asset) => asset.name);
      const server = name === 'ml-deploy' ? ['ml-deploy-1.2.0-server.tar.gz'] : [];
      expect(assets?.toSorted()).toEqual([...server, `${name}-1.2.0.tar.gz`]);
    }
  }

  test('seven repositories get their tag, their release, and then v1', async () => {
    expect((await ship()).map(({ name, major }) => [name, major])).toEqual(
      names.map((name) => [name, 'moved']),
    );
    await expectAll();
  });

  test('killed at each step, no v1 moves before every release is there, and the next run ends it', async () => {
    const steps = await countSteps();
    // For each repository: tag, draft, one or two archives, publication, v1.
    expect(steps).toBeGreaterThan(names.length * 4);
    for (const at of triedNumbers(steps, EVERY_KILL)) {
      await startAnew();
      await expect(ship(dying(at))).rejects.toThrow();
      const moved = names.filter((name) => tagsOf(name).includes('v1'));
      if (moved.length > 0) {
        const all = await Promise.all(repositories.map((name) => bed.releases(name)));
        expect(
          all.every(([release]) => release?.immutable),
          `step ${at}`,
        ).toBe(true);
      }
      bed.breakWhen = null;
      await ship();
      await expectAll();
    }
  });

  let mutations = 0;
  /** Counts pushes and requests that change something, and dies before one of them. */
  function dying(at: number): Git {
    mutations = 0;
    const step = () => ++mutations === at;
    bed.breakWhen = (request) => !request.startsWith('GET ') && step();
    return (args, options) => {
      if (args.includes('push') && step()) throw new Error('killed');
      return git(args, options);
    };
  }

  async function countSteps(): Promise<number> {
    await ship(dying(Number.POSITIVE_INFINITY));
    return mutations;
  }

  async function startAnew(): Promise<void> {
    await bed.close();
    bed = await startReleases(REPOSITORY, repositories.slice(0, -1));
    for (const name of names) {
      rmSync(remoteOf(name), { recursive: true });
      git(['init', '--quiet', '--bare', '--initial-branch=main', remoteOf(name)]);
    }
  }
});

/** Path and digest of each file, without git's own folder. */
function contents(place: string): Record<string, string> {
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => relative(place, join(entry.parentPath, entry.name)));
  return Object.fromEntries(
    paths
      .filter((path) => !path.startsWith('.git/'))
      .sort()
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(place, path)))
          .digest('hex'),
      ]),
  );
}

describe('the check that a change has an entry in the changelog', () => {
  const changeset = join(root, 'node_modules/@changesets/cli/bin.js');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [changeset, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    });
  const commit = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
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
      path,
    ]);
  };
  let git: Git;

  beforeEach(() => {
    git = gitIn(folder);
    git(['init', '--quiet', '--initial-branch=main']);
    cpSync(join(root, '.changeset/config.json'), join(folder, '.changeset/config.json'));
    commit('package.json', '{ "name": "ml-deploy", "version": "1.0.0", "private": true }');
    git(['checkout', '--quiet', '-b', 'change']);
  });

  test('fails for a change of the sources without one', () => {
    commit('src/core/plan.ts', '// changed');
    const { status, stdout } = run('status', '--since=main');
    expect(status, stdout).toBe(1);
    expect(stdout).toContain('Some packages have been changed but no changesets were found.');
  });

  test('passes for a change that users do not notice', () => {
    commit('test/unit/plan.test.ts', '// changed');
    expect(run('status', '--since=main').status).toBe(0);
  });

  test('passes with one, and the version that it makes can be released', () => {
    commit('src/core/plan.ts', '// changed');
    commit('.changeset/calm-dogs.md', '---\n"ml-deploy": minor\n---\n\nPlans can be printed.\n');
    expect(run('status', '--since=main').status).toBe(0);
    const { status, stderr } = run('version');
    expect(status, stderr).toBe(0);
    for (const path of ['.github/workflows', 'examples'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    expect(checkReady(folder, '1.1.0', REPOSITORY).notes).toMatch(
      /^### Minor Changes\n\n- \w+: Plans can be printed\.$/,
    );
  });
});

test('the changelog has the version of package.json', () => {
  const { version: text } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), text)).not.toBeNull();
});
