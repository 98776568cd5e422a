/**
 * Tags of the remote repository. An exact tag (v1.2.3) is made once and never moved; the tag of a major version (v1) is
 * moved and never deleted, so no step ever finds it missing.
 */
import { GitError, type Git } from './git.ts';
import { exactTag, isNewer, majorTag, parseVersion, type Version } from './version.ts';

export interface Remote {
  readonly git: Git;
  /** A URL, a path, or a name that git knows. */
  readonly url: string;
  /** For git: how to sign in. Never an argument, which any process of the machine could read. */
  readonly env: Readonly<Record<string, string>>;
}

/** Signs in to an https remote with a token. https://git-scm.com/docs/git-config#ENVIRONMENT */
export function signIn(token: string): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}

/** Tag to commit. */
export function remoteTags({ git, url, env }: Remote): Map<string, string> {
  const lines = git(['ls-remote', '--tags', url], { env }).toString('utf8').split('\n').filter(Boolean);
  const tags = new Map<string, string>();
  for (const line of lines) {
    const [commit = '', ref = ''] = line.split('\t');
    // An annotated tag comes twice; the second line, with ^{}, has the commit.
    tags.set(ref.replace(/^refs\/tags\//, '').replace(/\^\{\}$/, ''), commit);
  }
  return tags;
}

/** @returns whether it is new @throws Error if the tag exists with another content: it is not moved */
export function pushExactTag(remote: Remote, version: Version, commit: string): boolean {
  const tag = exactTag(version);
  const known = remoteTags(remote).get(tag);
  if (known === commit) return false;
  if (known !== undefined)
    throw new Error(
      `${tag} is there already, at ${known}, and this release is ${commit}. A released version is never changed: release the next one.`,
    );
  push(remote, tag, commit, '');
  return true;
}

export type MajorMove = 'moved' | 'there already' | 'a prerelease' | 'a newer version has it';

/** Points v1 to this version, unless a newer one of that major version was released. */
export function moveMajorTag(remote: Remote, version: Version, commit: string): MajorMove {
  const tag = majorTag(version);
  const tags = remoteTags(remote);
  const known = tags.get(tag);
  if (known === commit) return 'there already';
  if (version.prerelease !== null) return 'a prerelease';
  if (releasedVersions(tags).some((other) => other.major === version.major && isNewer(other, version)))
    return 'a newer version has it';
  push(remote, tag, commit, known ?? '');
  return 'moved';
}

function releasedVersions(tags: ReadonlyMap<string, string>): Version[] {
  return [...tags.keys()]
    .map((tag) => parseVersion(tag.replace(/^v/, '')))
    .filter((version): version is Version => version?.prerelease === null);
}

/** Only if the tag is still what was seen: somebody else may be releasing at the same time. */
function push({ git, url, env }: Remote, tag: string, commit: string, seen: string): void {
  const ref = `refs/tags/${tag}`;
  try {
    git(['push', `--force-with-lease=${ref}:${seen}`, url, `${commit}:${ref}`], { env });
  } catch (error) {
    throw new Error(`${tag} could not be pushed. ${hint(error)}`, { cause: error });
  }
}

function hint(error: unknown): string {
  const said = error instanceof GitError ? error.said : String(error);
  if (said.includes('stale info'))
    return 'It was changed by somebody else in the meantime: look at it, and run the release again.';
  if (/workflow.*permission/s.test(said))
    return 'The workflows of main changed since this commit, and a token may push only those that are on a branch: run the release for the newest commit of main.';
  return said;
}
