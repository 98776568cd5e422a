/**
 * Keeping autoscaling over a change of the instance type, which AWS allows only while the variant is no scalable target
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-update.html). Deregistering deletes policies
 * and scheduled actions, so they are written into tags first, on a resource of ours or on the endpoint: if a run dies
 * in between, the next one finds them there.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, digestOf, sha256 } from '../../../core/canonical-json.ts';
import { UpstreamError, UserError } from '../../../core/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { putPolicy, readScaling, register, removeScaling } from './scaling.ts';
import {
  given,
  resourceOf,
  type ScalingState,
  type ScheduledState,
  type VariantRef,
} from './scaling-state.ts';

/** `ml-deploy:scaling/0`, `ml-deploy:scaling/1`, …: the parts of one text. */
const TAG = 'ml-deploy:scaling/';
/** A tag's value has 256 characters at most: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html */
const PART_LENGTH = 256;
/** A resource has 50 tags at most, and others want some of them. */
const MOST_PARTS = 12;

/** Where the state is kept. */
export interface ScalingHolder extends VariantRef {
  /** ARN of the endpoint, or of anything else of SageMaker that outlives the update. */
  readonly arn: string;
}

/** How far a restoration, or its opposite, has come; `state` is what this run counts on. */
export interface Progress {
  readonly is: 'again' | 'done';
  readonly state: ScalingState | null;
}

/**
 * The next call of setting autoscaling aside: it is written down, then deregistered. Nothing is deregistered that is not
 * written down, and what an interrupted run wrote is never overwritten by less. What another run takes away at the same
 * moment, because it has just restored it, is written down again.
 * @param before what the call before this one came to; null at first
 * @throws UserError for autoscaling that could not be restored as it was
 */
export async function setNextAside(
  clients: AwsClients,
  holder: ScalingHolder,
  before: ScalingState | null,
): Promise<Progress> {
  const saved = await savedScaling(clients, holder.arn);
  const now = await readScaling(clients, holder);
  if (now === null) {
    if (saved === null && before !== null) await write(clients, holder, before);
    return { is: 'done', state: saved ?? before };
  }
  checkRestorable(now, holder);
  const isKept = saved !== null && (!isWhole(now, saved) || digestOf(saved) === digestOf(now));
  if (!isKept) {
    await write(clients, holder, now);
    return { is: 'again', state: now };
  }
  await removeScaling(clients, holder);
  return { is: 'again', state: saved };
}

/** @throws UserError for autoscaling that could not be restored as it was */
export function checkKeepable(now: ScalingState | null, holder: VariantRef): void {
  if (now === null) return;
  checkRestorable(now, holder);
  tagsOf(now, holder);
}

async function write(clients: AwsClients, holder: ScalingHolder, state: ScalingState): Promise<void> {
  const sageMaker = await clients.sageMaker();
  await clients.call('sagemaker:AddTags', async () =>
    sageMaker.addTags({ ResourceArn: holder.arn, Tags: tagsOf(state, holder) }),
  );
}

/** Whether something is saved. @param tags of the resource that the state is kept on */
export function hasSavedScaling(tags: ReadonlyMap<string, string>): boolean {
  return [...tags.keys()].some((key) => key.startsWith(TAG));
}

/** @returns what an earlier run wrote down and nobody has restored yet; null if there is nothing. */
export async function savedScaling(clients: AwsClients, arn: string): Promise<ScalingState | null> {
  const parts = await savedParts(clients, arn);
  if (parts.length === 0) return null;
  const [digest, count, first = ''] = (parts[0]?.value ?? '').split(':');
  // An earlier, longer state may have left parts behind the last one of this.
  const rest = parts.slice(1, Number(count)).map(({ value }) => value);
  const text = [first, ...rest].join('');
  if (sha256(text) !== digest) {
    throw new UpstreamError(
      'AWS',
      `The autoscaling that was saved in the tags ${TAG}* of ${arn} is incomplete. Set autoscaling up again as it was, and remove these tags.`,
    );
  }
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()) as ScalingState;
}

/**
 * The next call of making autoscaling what it was when it was saved. It is read back before what was saved is forgotten.
 * @param before what the call before this one came to; null at first
 */
export async function restoreNext(
  clients: AwsClients,
  holder: ScalingHolder,
  before: ScalingState | null,
): Promise<Progress> {
  const saved = await savedScaling(clients, holder.arn);
  const now = await readScaling(clients, holder);
  if (saved === null) {
    // Another run has set it aside in between, and counts on what was saved.
    if (before !== null && (now === null || !isWhole(now, before))) await write(clients, holder, before);
    return { is: 'done', state: null };
  }
  if (now === null || !isWhole(now, saved)) {
    const [next] = missingOf(clients, holder, saved, now);
    await next?.();
    return { is: 'again', state: saved };
  }
  const isOurs = before !== null && digestOf(before) === digestOf(saved);
  if (isOurs && !sameParts(now, saved)) throw notRestored(holder, saved, now);
  await forgetScaling(clients, holder.arn);
  return { is: 'again', state: saved };
}

/** Removes what was saved. @param arn of the resource that it is kept on */
export async function forgetScaling(clients: AwsClients, arn: string): Promise<void> {
  const sageMaker = await clients.sageMaker();
  const parts = await savedParts(clients, arn);
  await clients.call('sagemaker:DeleteTags', async () =>
    sageMaker.deleteTags({ ResourceArn: arn, TagKeys: parts.map(({ key }) => key) }),
  );
}

/**
 * Whether nothing of what was saved is missing. Then it was never deregistered, or is restored already, and what has
 * been changed since is somebody's wish.
 */
function isWhole(now: ScalingState, saved: ScalingState): boolean {
  const has = (items: readonly { name: string }[], others: readonly { name: string }[]) =>
    items.every(({ name }) => others.some((other) => other.name === name));
  return has(saved.policies, now.policies) && has(saved.scheduled, now.scheduled);
}

/** The calls that bring back what is missing. */
function missingOf(
  clients: AwsClients,
  holder: ScalingHolder,
  { target, policies, scheduled }: ScalingState,
  now: ScalingState | null,
): (() => Promise<void>)[] {
  const isTarget = now !== null && digestOf(now.target) === digestOf(target);
  return [
    ...(isTarget ? [] : [() => register(clients, holder, target)]),
    ...policies
      .filter((policy) => !includes(now?.policies, policy))
      .map((policy) => () => putPolicy(clients, holder, policy)),
    ...scheduled
      .filter((action) => !includes(now?.scheduled, action))
      .map((action) => () => putScheduled(clients, holder, action)),
  ];
}

function notRestored(holder: ScalingHolder, saved: ScalingState, now: ScalingState): UpstreamError {
  return new UpstreamError(
    'AWS',
    `The autoscaling of ${holder.endpoint} (variant ${holder.variant}) differs from that before the update, which stays saved in the tags ${TAG}* of ${holder.arn}. Run the same command again.`,
    { detail: `before: ${canonicalJson(saved)}\nnow: ${canonicalJson(now)}` },
  );
}

function sameParts(after: ScalingState, state: ScalingState): boolean {
  return (
    digestOf(after.target) === digestOf(state.target) &&
    state.policies.every((policy) => includes(after.policies, policy)) &&
    state.scheduled.every((action) => includes(after.scheduled, action))
  );
}

function includes(items: readonly object[] | undefined, item: object): boolean {
  const digest = digestOf(item);
  return items?.some((other) => digestOf(other) === digest) ?? false;
}

async function putScheduled(clients: AwsClients, ref: VariantRef, action: ScheduledState): Promise<void> {
  const client = await clients.autoScaling();
  const time = (text: string | null) => (text === null ? null : new Date(text));
  const { minCapacity: MinCapacity, maxCapacity: MaxCapacity } = action;
  await clients.call('application-autoscaling:PutScheduledAction', async () =>
    client.putScheduledAction({
      ...resourceOf(ref),
      ScheduledActionName: action.name,
      Schedule: action.schedule,
      ScalableTargetAction: given({ MinCapacity, MaxCapacity }),
      ...given({
        Timezone: action.timezone,
        StartTime: time(action.startTime),
        EndTime: time(action.endTime),
      }),
    }),
  );
}

/** Step scaling is started by the user's own alarms, which name the policy by an ARN that would be another one. */
function checkRestorable({ policies }: ScalingState, { endpoint }: VariantRef): void {
  const lost = policies.filter(({ type }) => type !== 'TargetTrackingScaling').map(({ name }) => name);
  if (lost.length === 0) return;
  throw UserError.of([
    {
      where: 'instance-type',
      message: `AWS changes it only without autoscaling, and ${endpoint} has policies that could not be restored as they were: ${lost.join(', ')} (only target tracking can be).`,
      fix: 'Remove these policies and set them up again afterwards, or keep the instance type.',
    },
  ]);
}

function tagsOf(state: ScalingState, { endpoint, variant }: VariantRef): { Key: string; Value: string }[] {
  const text = gzipSync(canonicalJson(state)).toString('base64');
  // The count is in the head, and the head's own length is the same for any count of two digits.
  const head = (count: number) => `${sha256(text)}:${String(count).padStart(2, '0')}:`;
  const count = Math.ceil((head(0).length + text.length) / PART_LENGTH);
  if (count > MOST_PARTS) {
    throw UserError.of([
      {
        where: 'instance-type',
        message: `AWS changes it only without autoscaling, and that of ${endpoint} (variant ${variant}) is too long to be saved: ${count} tags, ${MOST_PARTS} are possible.`,
        fix: 'Remove some of its scheduled actions, or keep the instance type.',
      },
    ]);
  }
  const whole = head(count) + text;
  return Array.from({ length: count }, (_, at) => ({
    Key: `${TAG}${at}`,
    Value: whole.slice(at * PART_LENGTH, (at + 1) * PART_LENGTH),
  }));
}

async function savedParts(clients: AwsClients, arn: string): Promise<{ key: string; value: string }[]> {
  const sageMaker = await clients.sageMaker();
  const parts: { key: string; value: string }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await clients.call('sagemaker:ListTags', async () =>
      sageMaker.listTags({ ResourceArn: arn, NextToken }),
    );
    for (const { Key: key = '', Value: value = '' } of page.Tags ?? []) {
      if (key.startsWith(TAG)) parts.push({ key, value });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const at = ({ key }: { key: string }) => Number(key.slice(TAG.length));
  return parts.sort((a, b) => at(a) - at(b));
}
