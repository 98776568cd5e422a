/** The calls that carrying out a plan will make, for whoever approves it. Nothing else is changed. */
import type { PlanAction, PlanSubject, Change } from '../../documents/plan.ts';
import { wantsBakeAlarms } from './strategy.ts';
import { changesFleet, isGuarded } from './change.ts';
import { expendable } from './housekeeping.ts';
import { isScaled, type Live } from './live.ts';
import { namesOf } from './names-of.ts';
import type { SageMakerTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import { TAG } from './tags.ts';
import type { Version } from './versions.ts';

interface Facts extends PlanSubject {
  readonly action: PlanAction;
  readonly version: string;
  readonly candidate: string | null;
  readonly changes: readonly Change[];
}

export async function mutationsOf(
  plan: Facts,
  live: Live | null,
  versions: readonly Version[],
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<string[]> {
  if (plan.action === 'unchanged') return [];
  const { endpoint, version, candidate } = plan;
  const isNew = plan.base !== version;
  return [
    ...(live?.status === 'Failed' ? [`DeleteEndpoint ${endpoint}`] : []),
    ...(isNew ? await creations(plan, reads) : []),
    ...(isNew && candidate !== null ? [`CreateEndpoint ${candidate}`] : []),
    ...(isNew ? alarmCalls(plan, live, 'PutMetricAlarm') : []),
    ...scalingCalls(plan, live),
    ...endpointCalls(plan, live, isNew),
    ...(isNew ? leftAlarms(plan, live, versions) : []),
    ...(isNew ? alarmCalls(plan, live, 'DeleteAlarms') : []),
    `AddTags ${version}`,
    ...(isNew && candidate !== null ? [`DeleteEndpoint ${candidate}`] : []),
    ...plan.changes
      .filter(({ field }) => field === 'candidate')
      .map(({ from }) => `DeleteEndpoint ${from ?? ''}`),
    ...removals(plan, versions, options),
  ];
}

async function creations({ endpoint, desired, version }: Facts, reads: Reads): Promise<string[]> {
  const names = namesOf(endpoint, desired);
  const config = (await reads.config(version)) === null ? [`CreateEndpointConfig ${version}`] : [];
  const model = (await reads.model(names.model)) === null ? [`CreateModel ${names.model}`] : [];
  return [...model, ...config];
}

function endpointCalls({ endpoint, changes }: Facts, live: Live | null, isNew: boolean): string[] {
  if (!isNew) {
    const isDrift = changes.some(({ field }) => field === 'instances');
    return isDrift ? [`UpdateEndpointWeightsAndCapacities ${endpoint}`] : [];
  }
  const creates =
    live === null || live.status === 'Failed' || live.status === 'Creating' || live.status === 'Deleting';
  return creates ? [`CreateEndpoint ${endpoint}`] : [`AddTags ${endpoint}`, `UpdateEndpoint ${endpoint}`];
}

function alarmCalls({ desired, endpoint }: Facts, live: Live | null, call: string): string[] {
  const isWatched = live?.serving != null && wantsBakeAlarms(desired.strategy) && isGuarded(desired, live);
  return isWatched ? [`${call} for ${endpoint}`] : [];
}

/** The last change of the endpoint was cut short, and may have left its alarms. */
function leftAlarms({ desired, endpoint }: Facts, live: Live | null, versions: readonly Version[]): string[] {
  const digest = live?.tags.get(TAG.plan);
  const wasCut = versions.some(({ served, planDigest }) => !served && planDigest === digest);
  return wasCut && !wantsBakeAlarms(desired.strategy) ? [`DeleteAlarms for ${endpoint}`] : [];
}

function scalingCalls({ desired, endpoint, changes }: Facts, live: Live | null): string[] {
  const isMoved = live?.serving != null && isScaled(live) && changesFleet({ desired }, live);
  const moved = isMoved
    ? [
        'AddTags',
        'DeregisterScalableTarget',
        'RegisterScalableTarget',
        'PutScalingPolicy',
        'PutScheduledAction',
        'DeleteTags',
      ]
    : [];
  const saved = live?.scalingSaved
    ? ['RegisterScalableTarget', 'PutScalingPolicy', 'PutScheduledAction', 'DeleteTags']
    : [];
  const isAsked = changes.some(({ field }) => field.startsWith('autoscaling.'));
  const asked = isAsked ? ['RegisterScalableTarget', 'PutScalingPolicy'] : [];
  const isEnded = changes.some(({ field, to }) => field === 'autoscaling' && to === null);
  const ended = isEnded ? ['DeregisterScalableTarget'] : [];
  return [...new Set([...moved, ...saved, ...asked, ...ended])].map((call) => `${call} for ${endpoint}`);
}

/** Those that are old when this one serves. */
function removals(
  { version, base }: Facts,
  versions: readonly Version[],
  options: SageMakerTargetOptions,
): string[] {
  const now = options.clock.now();
  const next = versions.find((known) => known.version === version);
  const others = versions.filter((known) => known.version !== version);
  const planned: Version = {
    ...(next ?? NONE),
    version,
    served: true,
    withdrawn: false,
    deployedAt: now.toISOString(),
  };
  const after = base === version ? versions : [planned, ...others];
  const old = expendable(after, version, new Set(), options.keepVersions, now);
  return old.flatMap((known) => [`DeleteModel of ${known.version}`, `DeleteEndpointConfig ${known.version}`]);
}

const NONE: Version = {
  version: '',
  modelDigest: '',
  imageDigest: null,
  referenceDigest: null,
  referenceUrl: null,
  planDigest: null,
  release: null,
  deployedAt: '',
  served: false,
  verified: false,
  withdrawn: false,
  ours: true,
  arn: '',
};
