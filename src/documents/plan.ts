/**
 * The plan: what a deployment will make true. Its digest is what an approval is bound to.
 */
import { digestOf } from '../core/canonical-json.ts';
import { writeDocument } from './document.ts';
import {
  count,
  digest,
  list,
  map,
  nullable,
  number,
  object,
  oneOf,
  opaque,
  optional,
  text,
  time,
} from './shape.ts';
export const PLAN_SCHEMA = 'ml-deploy/plan/v1';

export interface Scaling {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly invocationsPerInstance: number | null;
  readonly scaleInCooldown: number | null;
  readonly scaleOutCooldown: number | null;
}

export interface Strategy {
  readonly type: 'all-at-once' | 'canary' | 'linear' | 'rolling';
  readonly stepPercent: number | null;
  readonly bakeMinutes: number;
  readonly alarms: readonly string[];
}

/**
 * The fully resolved request. Every field is in the plan's digest, so whatever changes what would serve, or how it
 * gets there, belongs here; and nothing else does. `null` means that the target decides.
 */
export interface Desired {
  /** sha256 of the archive's canonical content tree (not of its compressed bytes). */
  readonly modelDigest: string;
  /** sha256 of the ONNX reference model that the release is compared with; null where it names none. */
  readonly referenceDigest: string | null;
  /** `sha256:…` of the image's manifest; null where the target serves the archive by itself. */
  readonly imageDigest: string | null;
  readonly variantName: string | null;
  readonly instanceType: string | null;
  readonly instanceCount: number | null;
  readonly scaling: Scaling | null;
  readonly strategy: Strategy;
  readonly staging: 'endpoint' | 'none';
  /** Container environment: name to sha256 of the value. Values never stand in a plan. */
  readonly environment: Readonly<Record<string, string>>;
  /** Platform settings beyond these, and those carried over from what serves. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface Finding {
  readonly level: 'ok' | 'warning' | 'not-checked';
  readonly message: string;
}

export type PlanAction = 'create' | 'update' | 'unchanged';

/** What the digest is made of. */
export interface PlanSubject {
  readonly target: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly endpoint: string;
  readonly desired: Desired;
  /** Content id of the version that serves when planning; null where nothing serves. */
  readonly base: string | null;
}

/** Where the bytes lie that the plan is about. */
export interface PlanSources {
  readonly modelUrl: string;
  readonly modelSha256: string | null;
  /**
   * What the platform's store said of the archive's bytes when this was planned, such as `CRC64NVME:…`; an object that
   * is overwritten later has another one. Absent or null where it says nothing.
   */
  readonly archive?: string | null;
  readonly referenceUrl: string | null;
  readonly imageUri: string | null;
  /** Digest of the release record that the model came with. */
  readonly release: string | null;
}

/** What stands beside the digest: for people, and for finding things again. */
export interface PlanDetails {
  readonly action: PlanAction;
  /** Content id of the version that will serve. */
  readonly version: string;
  readonly candidate: string | null;
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  readonly sources: PlanSources;
  /** Where each input that was given comes from, such as `ml-deploy.yml, environments.dev`, or `with:`; by its name. */
  readonly inputOrigins?: Readonly<Record<string, string>>;
  readonly environmentName: string | null;
  readonly commit: string;
  readonly run: string;
  /** Where the release record says that it was built; absent where there is none. */
  readonly origin?: Origin;
  readonly createdAt: string;
}

/** What built a release, as its record says. */
export interface Origin {
  readonly repository: string;
  readonly commit: string;
  readonly run: string;
  readonly actor: string;
}

export interface Plan extends PlanSubject, PlanDetails {
  readonly schema: typeof PLAN_SCHEMA;
  readonly digest: string;
}

/** sha256 over {schema, target, account, region, endpoint, desired, base} in canonical JSON. */
export function planDigest(subject: PlanSubject): string {
  const { target, account, region, endpoint, desired, base } = subject;
  return digestOf({ schema: PLAN_SCHEMA, target, account, region, endpoint, desired, base });
}

export function makePlan(subject: PlanSubject, details: PlanDetails): Plan {
  return { schema: PLAN_SCHEMA, digest: planDigest(subject), ...subject, ...details };
}

/** Two desired states are the same where their canonical JSON is. */
export function sameDesired(a: Desired, b: Desired): boolean {
  return digestOf(a) === digestOf(b);
}

const desiredShape = object<Desired>({
  modelDigest: digest,
  referenceDigest: nullable(digest),
  imageDigest: nullable(text),
  variantName: nullable(text),
  instanceType: nullable(text),
  instanceCount: nullable(count),
  scaling: nullable(
    object<Scaling>({
      minCapacity: count,
      maxCapacity: count,
      invocationsPerInstance: nullable(number),
      scaleInCooldown: nullable(number),
      scaleOutCooldown: nullable(number),
    }),
  ),
  strategy: object<Strategy>({
    type: oneOf('all-at-once', 'canary', 'linear', 'rolling'),
    stepPercent: nullable(number),
    bakeMinutes: number,
    alarms: list(text),
  }),
  staging: oneOf('endpoint', 'none'),
  environment: map(text),
  settings: opaque,
});

/** All but what the digest of the content has to be. */
export const planShape = object<Plan>({
  schema: oneOf(PLAN_SCHEMA),
  digest,
  target: text,
  account: nullable(text),
  region: nullable(text),
  endpoint: text,
  desired: desiredShape,
  base: nullable(text),
  action: oneOf('create', 'update', 'unchanged'),
  version: text,
  candidate: nullable(text),
  changes: list(object<Change>({ field: text, from: nullable(text), to: nullable(text) })),
  findings: list(object<Finding>({ level: oneOf('ok', 'warning', 'not-checked'), message: text })),
  sources: object<PlanSources>({
    modelUrl: text,
    modelSha256: nullable(text),
    archive: optional(nullable(text)),
    referenceUrl: nullable(text),
    imageUri: nullable(text),
    release: nullable(text),
  }),
  inputOrigins: optional(map(text)),
  environmentName: nullable(text),
  commit: text,
  run: text,
  origin: optional(object<Origin>({ repository: text, commit: text, run: text, actor: text })),
  createdAt: time,
});

export function writePlan(plan: Plan): string {
  return writeDocument(plan);
}
