/**
 * Publishes a version: for each product its exact tag and an immutable GitHub Release with its archives, and only when all of
 * them are there, the tags of the major version. Every step looks first at what is there, so a run that broke off is
 * ended by running it again.
 */
import { createHash } from 'node:crypto';
import {
  createDraft,
  deleteAsset,
  findRelease,
  publishDraft,
  uploadAsset,
  type GitHub,
  type Release,
} from './github.ts';
import { treesDigest, type Prepared } from './prepare.ts';
import { moveMajorTag, pushExactTag, remoteTags, type MajorMove, type Remote } from './tags.ts';
import { exactTag, isNewer, majorTag, parseVersion, type Version } from './version.ts';

/** A product, and where it goes. */
export interface Shipment {
  readonly prepared: Prepared;
  readonly remote: Remote;
  readonly github: GitHub;
}

export interface Published {
  readonly name: string;
  readonly commit: string;
  readonly tag: 'made' | 'there already';
  readonly release: 'published' | 'there already';
  readonly major: MajorMove;
  readonly url: string;
}

export interface PublishOptions {
  readonly version: Version;
  /** Markdown: what the version changes. */
  readonly notes: string;
  /** In this order; users of the last one meet its new version last. */
  readonly shipments: readonly Shipment[];
  /** The trees that were tested, as `treesDigest`; anything else is refused. */
  readonly tested: string;
  readonly log: (line: string) => void;
}

export async function publish(options: PublishOptions): Promise<Published[]> {
  const { version, shipments, log } = options;
  const digest = treesDigest(shipments.map(({ prepared }) => prepared));
  if (digest !== options.tested)
    throw new Error(
      `The trees of this release are ${digest}, and those that were tested are ${options.tested}.`,
    );
  const released = [];
  for (const shipment of shipments)
    released.push({ remote: shipment.remote, ...(await release(shipment, options)) });
  return released.map(({ remote, ...done }) => {
    const major = moveMajorTag(remote, version, done.commit);
    log(`${done.name}, ${majorTag(version)}: ${major}`);
    return { ...done, major };
  });
}

/** The exact tag, and the release that belongs to it. */
async function release(shipment: Shipment, options: PublishOptions): Promise<Omit<Published, 'major'>> {
  const { prepared, remote } = shipment;
  const { version, log } = options;
  const { name } = prepared.product;
  const isNew = pushExactTag(remote, version, prepared.commit);
  log(`${name}, ${exactTag(version)}: ${isNew ? 'made' : 'there already'}, ${prepared.commit}`);
  const { release: made, isNew: isPublished } = await publishRelease(shipment, options);
  log(`Release ${made.html_url}: ${isPublished ? 'published' : 'there already'}`);
  return {
    name,
    commit: prepared.commit,
    tag: isNew ? 'made' : 'there already',
    release: isPublished ? 'published' : 'there already',
    url: made.html_url,
  };
}

async function publishRelease(
  { prepared, remote, github }: Shipment,
  { version, notes }: PublishOptions,
): Promise<{ release: Release; isNew: boolean }> {
  const tag = exactTag(version);
  const known = await findRelease(github, tag);
  if (known && !known.draft) return { release: immutable(known), isNew: false };
  const name = `${prepared.product.name} ${version.text}`;
  const text = { tag, name, notes, prerelease: version.prerelease !== null };
  const draft = known ?? (await createDraft(github, text));
  for (const [file, content] of prepared.archives) await attach(github, draft, file, content);
  return { release: immutable(await publishDraft(github, draft, isLatest(remote, version))), isNew: true };
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
    `${release.html_url} is published, but can be changed: turn on "Enable release immutability" in the repository's settings and release the next version. No tag of the major version was moved.`,
  );
}

/** Whether it is the newest version of all, which GitHub shows first. */
function isLatest(remote: Remote, version: Version): boolean {
  if (version.prerelease !== null) return false;
  return ![...remoteTags(remote).keys()].some((tag) => {
    const other = parseVersion(tag.replace(/^v/, ''));
    return other?.prerelease === null && isNewer(other, version);
  });
}
