/**
 * What is remembered on the platform itself, in tags of the endpoint: they change in the one call that moves its traffic. A
 * deployment's own tags are written once, with it: whether a change of them restarts its instances, nobody says.
 */
export const TAG = {
  endpoint: 'ml-deploy:endpoint',
  repository: 'ml-deploy:repository',
  environment: 'ml-deploy:environment',
  /** The artifact store of the last release, whose references smoke tests look for. */
  store: 'ml-deploy:store',
  /** Of a rollout that is under way (src/deployment/rollout/marker.ts). */
  rollout: 'ml-deploy:rollout',
  /** Versions that have served, the last one first. */
  served: 'ml-deploy:served',
  /** The last rollback. */
  back: 'ml-deploy:back',
} as const;

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
const LONGEST = 256;

/** Of an endpoint. */
export interface Served {
  readonly versions: readonly string[];
  readonly back: { readonly run: string; readonly from: string; readonly to: string } | null;
  /** '' where no rollout is under way. */
  readonly marker: string;
}

/** null takes a tag away. The oldest versions are forgotten where there is no room for them. */
export function servedTags({ versions, back, marker }: Served): Record<string, string | null> {
  return {
    [TAG.served]: versions.length === 0 ? null : fitting(versions),
    [TAG.back]: back === null ? null : [back.run, back.from, back.to].join('/').slice(0, LONGEST),
    [TAG.rollout]: marker === '' ? null : marker,
  };
}

function fitting(versions: readonly string[]): string {
  const all = versions.join(',');
  return all.length <= LONGEST ? all : fitting(versions.slice(0, -1));
}

export function readServed(tags: Readonly<Record<string, string>>): Served {
  const [run, from, to] = tags[TAG.back]?.split('/') ?? [];
  return {
    versions: (tags[TAG.served] ?? '').split(',').filter((version) => version !== ''),
    back: run === undefined || from === undefined || to === undefined ? null : { run, from, to },
    marker: tags[TAG.rollout] ?? '',
  };
}

/** A candidate: a version whose deployment waits at 0 %. Several plans may stage one version. */
export interface Waiting {
  /** The candidate's own name, `<endpoint>-c-<8 digits>`: no resource has it, since that may be longer than Azure's names. */
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
