/** Release commits: a release tree, and nothing before it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { lineOf, type Git } from './git.ts';

export interface ReleaseCommit {
  readonly commit: string;
  /** Git's name of the content: the same for the same files, whoever makes the commit. */
  readonly tree: string;
  /** The commit of main that it was made from. */
  readonly source: string;
}

/** Puts the files of a release into a new folder. */
export type Lay = (folder: string) => void;

/** https://github.com/actions/checkout#push-a-commit-using-the-built-in-token */
const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };

/**
 * Makes a commit in this repository, from the sources checked out. Author, times and message depend on the
 * sources alone, so whoever makes it again, after a crash or to check it, gets the same commit.
 */
export function makeReleaseCommit(git: Git, title: string, lay: Lay): ReleaseCommit {
  const source = lineOf(git, 'rev-parse', 'HEAD');
  const temp = mkdtempSync(join(tmpdir(), 'ml-deploy-release-'));
  try {
    const folder = join(temp, 'tree');
    lay(folder);
    const tree = writeTree(git, folder, join(temp, 'index'));
    return { commit: commitTree(git, tree, source, title), tree, source };
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function writeTree(git: Git, folder: string, index: string): string {
  const repository = lineOf(git, 'rev-parse', '--absolute-git-dir');
  const env = { GIT_DIR: repository, GIT_WORK_TREE: folder, GIT_INDEX_FILE: index };
  // --force: no file of a release is ignored, whatever the machine's own ignore file says.
  git(['-C', folder, 'add', '--all', '--force', '.'], { env });
  return git(['write-tree'], { env }).toString('utf8').trim();
}

/** Without a parent: a token may not push a commit that removes workflows of the commit before it. */
function commitTree(git: Git, tree: string, source: string, title: string): string {
  const date = lineOf(git, 'show', '--no-patch', '--format=%cI', source);
  const message = `${title}\n\nMade by scripts/release; the sources are in another commit.\n\nSource-Commit: ${source}`;
  const env = {
    GIT_AUTHOR_NAME: BOT.name,
    GIT_AUTHOR_EMAIL: BOT.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: BOT.name,
    GIT_COMMITTER_EMAIL: BOT.email,
    GIT_COMMITTER_DATE: date,
  };
  return git(['commit-tree', '--no-gpg-sign', tree, '-m', message], { env }).toString('utf8').trim();
}

/** @param folder that all of its files are in @returns a commit as one file, the same bytes each time (gzip's header has no time in it). */
export function archiveOf(git: Git, { commit }: Pick<ReleaseCommit, 'commit'>, folder: string): Buffer {
  const prefix = `${folder}/`;
  return gzipSync(git(['archive', '--format=tar', `--prefix=${prefix}`, commit]), { level: 9 });
}
