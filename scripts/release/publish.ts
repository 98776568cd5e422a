/**
 * Publishes a version: the exact tag, an immutable GitHub Release with the archive, and then the tag of the major version.
 * Every step looks first at what is there, so that a run that broke off is ended by running it again.
 */
import { createHash } from 'node:crypto';
import { archiveOf, makeReleaseCommit, type Lay } from './commit.ts';
import type { Git } from './git.ts';
import {
  createDraft,
  deleteAsset,
  findRelease,
  publishDraft,
  uploadAsset,
  type GitHub,
  type Release,
} from './github.ts';
import type { Ready } from './readiness.ts';
import { moveMajorTag, pushExactTag, remoteTags, type MajorMove, type Remote } from './tags.ts';
import { exactTag, isNewer, majorTag, parseVersion, type Version } from './version.ts';

export interface Published {
  readonly commit: string;
  readonly tree: string;
  readonly tag: 'made' | 'there already';
  readonly release: 'published' | 'there already';
  readonly major: MajorMove;
  readonly url: string;
}

export interface PublishOptions {
  /** The repository whose sources are checked out. */
  readonly git: Git;
  readonly ready: Ready;
  readonly remote: Remote;
  readonly github: GitHub;
  /** The tree that was tested; anything else is refused. */
  readonly testedTree: string;
  /** The release tree of this repository, by default. */
  readonly lay?: Lay;
  readonly log: (line: string) => void;
}

export async function publish(options: PublishOptions): Promise<Published> {
  const { git, ready, remote, github, log } = options;
  const { version } = ready;
  const made = makeReleaseCommit(git, version, options.lay);
  if (made.tree !== options.testedTree)
    throw new Error(
      `The tree of this release is ${made.tree}, and the one that was tested is ${options.testedTree}.`,
    );
  const archive = archiveOf(git, made, version);
  const isNew = pushExactTag(remote, version, made.commit);
  log(`${exactTag(version)}: ${isNew ? 'made' : 'there already'}, ${made.commit}`);
  const { release, isNew: isPublished } = await publishRelease(
    github,
    ready,
    archive,
    isLatest(remote, version),
  );
  log(`Release ${release.html_url}: ${isPublished ? 'published' : 'there already'}`);
  const major = moveMajorTag(remote, version, made.commit);
  log(`${majorTag(version)}: ${major}`);
  return {
    commit: made.commit,
    tree: made.tree,
    tag: isNew ? 'made' : 'there already',
    release: isPublished ? 'published' : 'there already',
    major,
    url: release.html_url,
  };
}

export const archiveName = (version: Version) => `ml-deploy-${version.text}.tar.gz`;

async function publishRelease(
  github: GitHub,
  { version, notes }: Ready,
  archive: Buffer,
  latest: boolean,
): Promise<{ release: Release; isNew: boolean }> {
  const tag = exactTag(version);
  const known = await findRelease(github, tag);
  if (known && !known.draft) return { release: immutable(known), isNew: false };
  const text = { tag, name: `ml-deploy ${version.text}`, notes, prerelease: version.prerelease !== null };
  const draft = known ?? (await createDraft(github, text));
  await attach(github, draft, archiveName(version), archive);
  return { release: immutable(await publishDraft(github, draft, latest)), isNew: true };
}

/** Only a draft can be given assets; one that an earlier run left half done is replaced. */
async function attach(github: GitHub, draft: Release, name: string, content: Buffer): Promise<void> {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  const known = draft.assets.find((asset) => asset.name === name);
  if (known?.state === 'uploaded' && known.digest === digest) return;
  if (known) await deleteAsset(github, known);
  await uploadAsset(github, draft, name, content);
}

/** https://docs.github.com/code-security/concepts/supply-chain-security/immutable-releases */
function immutable(release: Release): Release {
  if (release.immutable === true) return release;
  throw new Error(
    `${release.html_url} is published, but can be changed: turn on "Enable release immutability" in the repository's settings and release the next version. The tag of the major version was not moved.`,
  );
}

/** Whether it is the newest version of all, so that GitHub shows it first. */
function isLatest(remote: Remote, version: Version): boolean {
  if (version.prerelease !== null) return false;
  return ![...remoteTags(remote).keys()].some((tag) => {
    const other = parseVersion(tag.replace(/^v/, ''));
    return other?.prerelease === null && isNewer(other, version);
  });
}
