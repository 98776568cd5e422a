/**
 * What a plan wants around a function: how callers reach it, which environments are kept started, what keeps it warm.
 */
import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import type { Desired } from '../../../documents/plan.ts';

export interface HttpDoor {
  readonly kind: 'http';
  readonly path: string;
  readonly authorization: 'iam' | 'jwt' | 'none';
  readonly issuer?: string;
  readonly audience?: readonly string[];
  /** Requests a second, and at once. */
  readonly rate: number;
  readonly burst: number;
}

export interface UrlDoor {
  readonly kind: 'function-url';
  readonly path: string;
  readonly authorization: 'iam' | 'none';
}

export interface RestDoor {
  readonly kind: 'rest';
  readonly path: string;
  readonly authorization: 'iam' | 'none';
  /** Requests a second, and at once. */
  readonly rate: number;
  readonly burst: number;
}

export type Door = HttpDoor | RestDoor | UrlDoor | { readonly kind: 'none' };

export interface Provision {
  /** Environments. */
  readonly count: number;
  /** Between which numbers, and which share of them should be busy. */
  readonly scaling?: { readonly min: number; readonly max: number; readonly utilization: number };
}

export interface Around {
  readonly door: Door;
  readonly provisioned?: Provision;
  /** A schedule of EventBridge. */
  readonly warmUp?: string;
}

const PATH = '/predict';
/** Low on purpose: a request to a model costs more than one to a web page. Users who need more set it. */
const THROTTLE = { rate: 50, burst: 100 };
/** AWS's own default for a policy is none; its guide aims at 70 %. */
const UTILIZATION = 0.7;

/** For a function that has nothing around it, and for plans that are older than all of this. */
export const NOTHING_AROUND: Around = { door: { kind: 'none' } };

export function aroundOf({ spec }: Pick<Desired, 'spec'>): Around {
  return (spec as { around?: Around }).around ?? NOTHING_AROUND;
}

/**
 * @param isOurs whether the function is ours, or does not exist yet; to others nothing is added that no input asks for
 * @param has what serves has; kept if no input asks for something else
 */
export function wantedAround(settings: CloudSettings, isOurs: boolean, has: Provision | null): Around {
  const { warmUp = 'off' } = settings;
  const provisioned = provisionIn(settings, has);
  return {
    door: doorIn(settings, isOurs),
    ...(provisioned === null ? {} : { provisioned }),
    ...(warmUp === 'off' ? {} : { warmUp }),
  };
}

function doorIn(settings: CloudSettings, isOurs: boolean): Door {
  const kind = settings.api ?? (isOurs ? 'http' : 'none');
  const { apiPath: path = PATH, apiAuthorization: authorization = 'iam' } = settings;
  if (kind === 'none') return { kind };
  // "jwt" with these two is refused by the rules.
  const plain = authorization === 'jwt' ? 'iam' : authorization;
  if (kind === 'function-url') return { kind, path, authorization: plain };
  const { jwtIssuer: issuer, jwtAudience: audience } = settings;
  const { throttleRate: rate = THROTTLE.rate, throttleBurst: burst = THROTTLE.burst } = settings;
  if (kind === 'rest') return { kind, path, authorization: plain, rate, burst };
  const tokens = authorization === 'jwt' ? { issuer: issuer ?? '', audience: audience ?? [] } : {};
  return { kind, path, authorization, ...tokens, rate, burst };
}

function provisionIn(
  { provisionedConcurrency: count, targetUtilization: utilization = UTILIZATION, scaling }: CloudSettings,
  has: Provision | null,
): Provision | null {
  if (count === undefined) return has;
  if (count === 0) return null;
  if (scaling === undefined) return { count };
  return { count, scaling: { min: scaling.minCapacity, max: scaling.maxCapacity, utilization } };
}

/** As a line of the plan. */
export function sayDoor(door: Door): string | null {
  if (door.kind === 'none') return null;
  const who = { iam: 'signed with AWS credentials', jwt: 'with a token', none: 'open to everybody' };
  const limits =
    door.kind === 'function-url' ? '' : `, ${door.rate} requests a second, ${door.burst} at once`;
  const what = { http: 'HTTP API, POST ', rest: 'REST API, POST ', 'function-url': 'function URL, ' };
  return `${what[door.kind]}${door.path}, ${who[door.authorization]}${limits}`;
}

export function sayProvision(provision: Provision | null): string | null {
  if (provision === null) return null;
  const { count, scaling } = provision;
  if (scaling === undefined) return `${count} environments`;
  const { min, max, utilization } = scaling;
  return `${count} environments, scaled between ${min} and ${max} at ${utilization * 100} % in use`;
}
