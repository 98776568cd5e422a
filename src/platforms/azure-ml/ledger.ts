/**
 * What is recorded on the platform itself, in tags of the endpoint: they change in the one call that moves its traffic.
 * A deployment's own tags are written once, with it, because nobody says whether changing them restarts its instances.
 */
import { readBack, runText, type Served } from '../../deployment/kept/served.ts';
import { OWN_TAGS } from '../../deployment/kept/tags.ts';
import { madeIn, wordsOfMade, type Made } from '../../deployment/kept/versions.ts';
import { readWords, writeWords } from '../../deployment/kept/words.ts';

export const TAG = {
  ...OWN_TAGS,
  /** On an endpoint that somebody else made: what served when it was taken over. It stays. */
  adopted: 'ml-deploy:adopted',
  /** Of a rollout that is in progress (src/deployment/rollout/marker.ts). */
  rollout: 'ml-deploy:rollout',
  /** Versions that have served, the last one first. */
  served: 'ml-deploy:served',
  /** The last rollback. */
  back: 'ml-deploy:back',
  /** Where all requests were sent last, and when. */
  moved: 'ml-deploy:moved',
  /** For how many minutes a version that is replaced stays deployed. */
  keepWarm: 'ml-deploy:keep-warm',
  /** Of a deployment: the digest of its image, and what it was made of. */
  image: 'ml-deploy:image',
  made: 'ml-deploy:made',
} as const;

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
const LONGEST = 256;

/** Of an endpoint. null removes a tag. The oldest versions are forgotten if there is no room for them. */
export function servedTags({ versions, back, marker }: Served): Record<string, string | null> {
  return {
    [TAG.served]: versions.length === 0 ? null : fitting(versions),
    [TAG.back]: back === null ? null : [runText(back.run), back.from, back.to].join('/').slice(0, LONGEST),
    [TAG.rollout]: marker === '' ? null : marker,
  };
}

function fitting(versions: readonly string[]): string {
  const all = versions.join(',');
  return all.length <= LONGEST ? all : fitting(versions.slice(0, -1));
}

type Tags = Readonly<Record<string, string>>;

export function readServed(tags: Tags): Served {
  return {
    versions: (tags[TAG.served] ?? '').split(',').filter((version) => version !== ''),
    back: readBack(tags[TAG.back], '/'),
    marker: tags[TAG.rollout] ?? '',
  };
}

/** Where all requests were sent, and when: if that cannot be seen, it may only not be visible yet. */
export interface Moved {
  readonly version: string;
  /** Milliseconds. */
  readonly at: number;
}

export function movedTag({ version, at }: Moved): Record<string, string> {
  return { [TAG.moved]: `${version} ${new Date(at).toISOString()}` };
}

export function readMoved(tags: Tags): Moved | null {
  const [version = '', date = ''] = tags[TAG.moved]?.split(' ') ?? [];
  const at = Date.parse(date);
  return version === '' || Number.isNaN(at) ? null : { version, at };
}

/** Of a deployment. Two digests of 64 and the rest fit. */
export function madeTag(made: Made): Record<string, string> {
  return { [TAG.made]: writeWords(wordsOfMade(made)).slice(0, LONGEST) };
}

/** null for a deployment that ml-deploy did not make for this version */
export function readMade(version: string, tags: Tags): Made | null {
  const made = madeIn(readWords(tags[TAG.made] ?? ''));
  return made?.version === version ? made : null;
}

/** On an endpoint, for each version about which something was found out. */
export function noteTag(version: string): string {
  return `ml-deploy:n-${version}`;
}

/** On an endpoint, for each version that will be removed at that time. */
export function warmTag(version: string): string {
  return `ml-deploy:w-${version}`;
}

const WARM = /^ml-deploy:w-(.+)$/;

/** The versions whose time has ended. */
export function readEnded(tags: Tags, now: Date): readonly string[] {
  return Object.entries(tags).flatMap(([tag, date]) => {
    const version = WARM.exec(tag)?.[1];
    return version !== undefined && Date.parse(date) <= now.getTime() ? [version] : [];
  });
}

/** A version that loses its requests has this many minutes from now; one that gets them has no end. */
export function warmTags(
  { left, to, minutes }: { left: string | null; to: string; minutes: number | null },
  now: Date,
): Record<string, string | null> {
  const until = minutes === null ? null : new Date(now.getTime() + minutes * 60_000).toISOString();
  return {
    [TAG.keepWarm]: minutes === null ? null : String(minutes),
    ...(left === null || left === to ? {} : { [warmTag(left)]: until }),
    [warmTag(to)]: null,
  };
}

/** A candidate: a version whose deployment waits at 0 %. Several plans may stage one version. */
export interface Waiting {
  /**
   * The candidate's own name, `<endpoint>-c-<8 digits>`: no resource has it, because it can be longer than Azure's
   * names.
   */
  readonly name: string;
  readonly version: string;
  /** Milliseconds. */
  readonly until: number;
  readonly environment: string | null;
}

const CANDIDATE = /^ml-deploy:(c-[0-9a-f]{8})$/;

/** The tag of a candidate, by the last part of its name. */
export function waitingTag(
  endpoint: string,
  { name, version, until, environment }: Waiting,
): readonly [string, string] {
  const value = [version, new Date(until).toISOString(), environment ?? ''].join(' ').trimEnd();
  return [`ml-deploy:${name.slice(endpoint.length + 1)}`, value.slice(0, LONGEST)];
}

export function readWaiting(endpoint: string, tags: Readonly<Record<string, string>>): Waiting[] {
  return Object.entries(tags).flatMap(([tag, value]) => {
    const [, id] = CANDIDATE.exec(tag) ?? [];
    const [version = '', date = '', ...environment] = value.split(' ');
    const until = Date.parse(date);
    if (id === undefined || version === '' || Number.isNaN(until)) return [];
    return [{ name: `${endpoint}-${id}`, version, until, environment: environment.join(' ') || null }];
  });
}
