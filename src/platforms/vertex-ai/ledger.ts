/**
 * What is recorded on the platform itself: for an endpoint in its labels, which change in the one call that moves its
 * traffic; for a version, what never changes in its description, and what is found out later in its labels. Keys and
 * values of labels have lower-case letters, digits, _ and -, 64 characters at most (aiplatform v1, Endpoint.labels): a
 * sha256 just fits.
 */
import { canonicalJson, sha256 } from '../../core/canonical-json.ts';
import type { Notes } from '../../deployment/kept/notes.ts';
import { readBack, runText, type Served } from '../../deployment/kept/served.ts';
import type { Made } from '../../deployment/kept/versions.ts';
import type { Labels, ModelVersion } from './resources.ts';
import type { Deployed } from './spec.ts';

export const LABEL = {
  /** The endpoint that a resource is, or belongs to. */
  endpoint: 'ml-deploy-endpoint',
  repository: 'ml-deploy-repository',
  /** `live` or `candidate`; absent on an endpoint that was taken over. */
  role: 'ml-deploy-role',
  version: 'ml-deploy-version',
  /** Of a version: which bytes it was made of (model-files.ts). */
  files: 'ml-deploy-files',
  /** Of a candidate, in seconds since 1970. */
  expires: 'ml-deploy-expires',
  /** Of a rollout that is under way (src/deployment/rollout/marker.ts). */
  rollout: 'ml-deploy-rollout',
  /** The last rollback. */
  back: 'ml-deploy-back',
  verified: 'ml-deploy-verified',
  withdrawn: 'ml-deploy-withdrawn',
  withdrawnAt: 'ml-deploy-withdrawn-at',
  release: 'ml-deploy-release',
} as const;

const LONGEST = 63;
const SERVED = 'ml-deploy-served-';
const WARM = 'ml-deploy-warm-';
/** Of the 64 labels that an endpoint can have; the rest is for its owner. */
const MOST_SERVED_LABELS = 8;

/** Any text as the value of a label: always the same for the same text, and different for another. */
export function labelOf(text: string): string {
  const slug = text.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-');
  return slug === text && text.length <= LONGEST ? text : `${slug.slice(0, 48)}-${sha256(text).slice(0, 8)}`;
}

/** Of the endpoint that serves. */
export interface Remembered extends Served {
  /** Until when versions that no longer serve stay deployed, in milliseconds. */
  readonly warm: ReadonlyMap<string, number>;
}

/**
 * All labels that an endpoint shall have: those of others stay. The oldest versions are forgotten if there is no room.
 */
export function withServed(
  before: Labels,
  { versions, back, marker, warm }: Remembered,
): Record<string, string> {
  const others = Object.entries(before).filter(([key]) => !isOfServed(key));
  const { run = '', from = '', to = '' } = back ?? {};
  const served = packed(versions).slice(0, MOST_SERVED_LABELS);
  return Object.fromEntries([
    ...others,
    ...served.map((value, at) => [`${SERVED}${at + 1}`, value] as const),
    ...(back === null
      ? []
      : [[LABEL.back, [labelOf(runText(run)).slice(0, 16), from, to].join('_')] as const]),
    ...(marker === '' ? [] : [[LABEL.rollout, marker] as const]),
    ...[...warm].map(([version, until]) => [`${WARM}${version}`, String(Math.ceil(until / 1000))] as const),
  ]);
}

function isOfServed(key: string): boolean {
  return key === LABEL.back || key === LABEL.rollout || key.startsWith(SERVED) || key.startsWith(WARM);
}

/** As many versions in each value as there is room for. */
function packed(versions: readonly string[]): string[] {
  const values: string[] = [];
  for (const version of versions) {
    const last = values.at(-1);
    const longer = last === undefined ? '' : `${last}_${version}`;
    if (longer !== '' && longer.length <= LONGEST) values[values.length - 1] = longer;
    else values.push(version);
  }
  return values;
}

export function readServed(labels: Labels): Remembered {
  const chunks = Object.entries(labels)
    .filter(([key]) => key.startsWith(SERVED))
    .sort(([one], [other]) => Number(one.slice(SERVED.length)) - Number(other.slice(SERVED.length)));
  const warm = Object.entries(labels)
    .filter(([key, value]) => key.startsWith(WARM) && /^\d+$/.test(value))
    .map(([key, value]) => [key.slice(WARM.length), Number(value) * 1000] as const);
  return {
    versions: chunks.flatMap(([, value]) => value.split('_')),
    back: readBack(labels[LABEL.back], '_'),
    marker: labels[LABEL.rollout] ?? '',
    warm: new Map(warm),
  };
}

/** What a version was made of, with everything that is needed to deploy it again. */
export interface MadeVersion extends Made {
  readonly image: string | null;
  /** The artifact store of its release, where smoke tests look for references; a URL that ends in a slash. */
  readonly store: string | null;
  readonly deployed: Deployed;
}

const MARK = 'ml-deploy/1 ';

export function writeMade(made: MadeVersion): string {
  return MARK + canonicalJson(made);
}

/** null for a text that ml-deploy did not write */
export function readMade(description: string | undefined): MadeVersion | null {
  if (description?.startsWith(MARK) !== true) return null;
  try {
    return JSON.parse(description.slice(MARK.length)) as MadeVersion;
  } catch {
    return null;
  }
}

export function withNotes(before: Labels, { verified, withdrawn, withdrawnAt, release }: Notes): Labels {
  const notes = {
    [LABEL.verified]: verified ? 'yes' : null,
    [LABEL.withdrawn]: withdrawn ? 'yes' : null,
    [LABEL.withdrawnAt]: withdrawnAt === null ? null : String(Date.parse(withdrawnAt)),
    [LABEL.release]: release,
  };
  const all = Object.entries({ ...before, ...notes });
  return Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== null));
}

export function readNotes({ labels = {} }: Pick<ModelVersion, 'labels'>): Notes {
  const at = Number(labels[LABEL.withdrawnAt] ?? Number.NaN);
  return {
    verified: labels[LABEL.verified] === 'yes',
    withdrawn: labels[LABEL.withdrawn] === 'yes',
    withdrawnAt: Number.isNaN(at) ? null : new Date(at).toISOString(),
    release: labels[LABEL.release] ?? null,
  };
}

/** For a candidate: what does not fit into a label is in its description. */
const ENVIRONMENT = 'environment: ';

export function describeCandidate(endpoint: string, environment: string | null): string {
  const lines = [`A candidate of ${endpoint}, made by ml-deploy.`];
  return [...lines, ...(environment === null ? [] : [ENVIRONMENT + environment])].join('\n');
}

export function environmentIn(description = ''): string | null {
  const line = description.split('\n').find((text) => text.startsWith(ENVIRONMENT));
  return line === undefined ? null : line.slice(ENVIRONMENT.length);
}
