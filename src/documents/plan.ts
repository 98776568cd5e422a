/**
 * The plan: what a deployment will make true. Its digest is what an approval is bound to.
 */
import { digestOf } from '../core/canonical-json.ts';
import { writeDocument } from './document.ts';
import { planNewsShape, type PlanNews } from './plan-news.ts';
import { planCostShape, type PlanCost } from './plan-cost.ts';
import { digest, list, map, nullable, number, object, oneOf, opaque, optional, text, time } from './shape.ts';
export const PLAN_SCHEMA = 'ml-deploy/plan/v2';

export interface Strategy {
  readonly type: 'all-at-once' | 'canary' | 'linear' | 'rolling';
  readonly stepPercent: number | null;
  /** Of a canary in several steps: the shares after `stepPercent`, rising, without the last, which is 100. */
  readonly laterPercents?: readonly number[];
  readonly bakeMinutes: number;
  readonly alarms: readonly string[];
}

/** The shares that were asked for, in percent, as they were given: without the last, which is 100. */
export function sharesOf({ stepPercent, laterPercents = [] }: Strategy): readonly number[] {
  return stepPercent === null ? [] : [stepPercent, ...laterPercents];
}

/** Whether each share is larger than the one before it. */
export function areRising(shares: readonly number[]): boolean {
  return shares.every((share, at) => share > (shares[at - 1] ?? 0));
}

/**
 * The fully resolved request. Every field is in the plan's digest, so whatever changes what would serve, or how it
 * gets there, belongs here; and nothing else does. A key that is absent stays absent: a field that a later version adds
 * changes no digest of what does not use it.
 */
export interface Desired {
  /** sha256 of the archive's canonical content tree (not of its compressed bytes). */
  readonly model: string;
  /** sha256 of the ONNX reference model that the release is compared with. */
  readonly reference?: string;
  /** `sha256:…` of the image's manifest; absent if the target serves the archive by itself. */
  readonly image?: string;
  /** Container environment: name to digest of the value (core/plan/environment-digests.ts). Values never are in a plan. */
  readonly environment: Readonly<Record<string, string>>;
  readonly staging: 'endpoint' | 'none';
  readonly strategy: Strategy;
  /** Everything else, as the platform defines it: what it was asked for, and what it carries over from what serves. */
  readonly spec: Readonly<Record<string, unknown>>;
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

/** What the digest is made of, with the schema. */
export interface PlanSubject {
  /** owner/name of the repository that planned; '' outside a workflow. */
  readonly repository: string;
  /** The environment of ml-deploy.yml. */
  readonly environmentName: string | null;
  readonly target: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly endpoint: string;
  readonly desired: Desired;
  /** Content id of the version that serves when planning; null if nothing serves. */
  readonly base: string | null;
  /** When the version that is planned was last rolled back from, ISO 8601; absent if it never was. */
  readonly withdrawn?: string;
  /** What built the release, as its record says; absent if no record was given. */
  readonly origin?: Origin;
}

/** What built a release, as its record says. */
export interface Origin {
  readonly repository: string;
  readonly commit: string;
  readonly run: string;
  readonly actor: string;
  /** The artifact store that holds it; absent for a folder, which has another path on each machine. */
  readonly store?: string;
}

/** One thing that is done, for people. */
export interface PlanStep {
  /**
   * - `will`: it is done · `if`: it depends on something that could not be looked at (`because`)
   * - `if-it-fails`: it is done if the platform undoes the change
   */
  readonly when: 'will' | 'if' | 'if-it-fails';
  readonly what: string;
  readonly because?: string;
}

/** Where the bytes are that the plan is about. */
export interface PlanSources {
  readonly modelUrl: string;
  readonly modelSha256: string | null;
  /**
   * What the platform's store said of the archive's bytes when this was planned, such as `CRC64NVME:…`; an object that
   * is overwritten later has another one. Absent or null if it says nothing.
   */
  readonly archive?: string | null;
  readonly referenceUrl: string | null;
  readonly imageUri: string | null;
  /** Digest of the release record that the model came with. */
  readonly release: string | null;
}

/** What is beside the digest: for people, and for finding things again. */
export interface PlanDetails {
  readonly action: PlanAction;
  /** Content id of the version that will serve. */
  readonly version: string;
  readonly candidate: string | null;
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** What is done, in order; empty if nothing is. */
  readonly steps: readonly PlanStep[];
  readonly sources: PlanSources;
  /** Where each input that was given comes from, such as `ml-deploy.yml, environments.dev`, or `with:`; by its name. */
  readonly inputOrigins?: Readonly<Record<string, string>>;
  /** What is billed; absent for a platform that bills nothing. */
  readonly cost?: PlanCost;
  /** What is new beside what serves; absent if nothing serves and nothing is known. */
  readonly news?: PlanNews;
  readonly commit: string;
  readonly run: string;
  readonly createdAt: string;
}

export interface Plan extends PlanSubject, PlanDetails {
  readonly schema: typeof PLAN_SCHEMA;
  readonly digest: string;
}

/** The part of a plan that its digest covers. */
export function subjectOfPlan(plan: PlanSubject): PlanSubject {
  const { repository, environmentName, target, account, region, endpoint, desired, base } = plan;
  const { withdrawn, origin } = plan;
  return {
    ...{ repository, environmentName, target, account, region, endpoint, desired, base },
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** sha256 of the schema and the subject, in canonical JSON. */
export function planDigest(subject: PlanSubject): string {
  return digestOf({ schema: PLAN_SCHEMA, ...subjectOfPlan(subject) });
}

export function makePlan(subject: PlanSubject, details: PlanDetails): Plan {
  return { ...details, ...subjectOfPlan(subject), schema: PLAN_SCHEMA, digest: planDigest(subject) };
}

/** Two desired states are the same if their canonical JSON is. */
export function sameDesired(a: Desired, b: Desired): boolean {
  return digestOf(a) === digestOf(b);
}

const desiredShape = object<Desired>({
  model: digest,
  reference: optional(digest),
  image: optional(text),
  environment: map(text),
  staging: oneOf('endpoint', 'none'),
  strategy: object<Strategy>({
    type: oneOf('all-at-once', 'canary', 'linear', 'rolling'),
    stepPercent: nullable(number),
    laterPercents: optional(list(number)),
    bakeMinutes: number,
    alarms: list(text),
  }),
  spec: opaque,
});

/** All but what the digest of the content has to be. */
export const planShape = object<Plan>({
  schema: oneOf(PLAN_SCHEMA),
  digest,
  repository: text,
  environmentName: nullable(text),
  target: text,
  account: nullable(text),
  region: nullable(text),
  endpoint: text,
  desired: desiredShape,
  base: nullable(text),
  withdrawn: optional(time),
  origin: optional(
    object<Origin>({ repository: text, commit: text, run: text, actor: text, store: optional(text) }),
  ),
  action: oneOf('create', 'update', 'unchanged'),
  version: text,
  candidate: nullable(text),
  changes: list(object<Change>({ field: text, from: nullable(text), to: nullable(text) })),
  findings: list(object<Finding>({ level: oneOf('ok', 'warning', 'not-checked'), message: text })),
  steps: list(
    object<PlanStep>({ when: oneOf('will', 'if', 'if-it-fails'), what: text, because: optional(text) }),
  ),
  sources: object<PlanSources>({
    modelUrl: text,
    modelSha256: nullable(text),
    archive: optional(nullable(text)),
    referenceUrl: nullable(text),
    imageUri: nullable(text),
    release: nullable(text),
  }),
  inputOrigins: optional(map(text)),
  cost: optional(planCostShape),
  news: optional(planNewsShape),
  commit: text,
  run: text,
  createdAt: time,
});

export function writePlan(plan: Plan): string {
  return writeDocument(plan);
}
