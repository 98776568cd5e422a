/** One flow in a fresh account: how it is run, what answers, and what is there. */
import { checkApproved } from '../../src/core/plan/check-approved.ts';
import { PlanOutdatedError } from '../../src/core/plan/outdated.ts';
import type { Plan } from '../../src/documents/plan.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { DeploymentRequest, DeploymentResult, DeploymentTarget } from '../../src/core/targets.ts';
import { makeSageMakerBed, type SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../platforms/target-suite.ts';
import { isRead } from '../fakes/aws/calls.ts';
import type { FakeAws, FakeAwsOptions } from '../fakes/aws/fake-aws.ts';
import type { Neighbours } from '../fakes/aws/other-people/other-people.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import { storeOn, type Notes } from '../fakes/memory-store.ts';
import type { Command, Flow } from './flows.ts';
import { guardOf, type Guard } from './policies.ts';

export interface Scene {
  readonly bed: SageMakerBed;
  readonly flow: Flow;
  /** What was approved before anything went wrong. */
  readonly approved: Plan | null;
  /** What the runs of the flow may do; who looks on may do everything. */
  readonly guard: Guard;
}

/** What is there before the flow, and what was approved then. */
export interface Start {
  readonly account: Snapshot;
  readonly notes: Notes;
  readonly approved: Plan | null;
}

/** Makes what is there before. @param neighbours whether other people have things in the account; they have by default */
export async function startOf(flow: Flow, neighbours: Neighbours = 'beside'): Promise<Start> {
  const notes: Notes = new Map();
  const bed = await openBed({ ...flow, keepVersions: 3 }, notes, { neighbours });
  await flow.before(bed);
  const approved = flow.request === null ? null : await bed.target.plan(flow.request(bed));
  const account = bed.aws.snapshot();
  await bed.dispose();
  return { account, notes, approved };
}

/** @param denied an IAM action that the runs may not do although the policy has it; '' for none */
export async function openScene(
  flow: Flow,
  { account, notes, approved }: Start,
  denied = '',
): Promise<Scene> {
  const bed = await openBed(flow, new Map(notes), { from: account });
  bed.aws.lag(flow.lag ?? {});
  return { bed, flow, approved, guard: guardOf(bed.aws, flow.command, denied) };
}

function openBed({ keepVersions = 3 }: Flow, notes: Notes, fake: FakeAwsOptions): Promise<SageMakerBed> {
  const context = { repository: 'acme/churn', commit: 'c0ffee', runId: '1001' };
  const openStore = (url: string) => Promise.resolve(storeOn(notes, url));
  return makeSageMakerBed({ context, openStore, keepVersions, pollMs: null }, fake);
}

const JITTERED_MS = 5_000;

/** Without the jitter of long pauses: a flow looks as often in every run of it. */
export function steady(clock: Clock): Clock {
  const rounded = (ms: number) => (ms < JITTERED_MS ? ms : ms - (ms % JITTERED_MS));
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (milliseconds, signal) => clock.sleep(rounded(milliseconds), signal),
  };
}

/** A run that meets no fault. */
export function healthy({ bed }: Scene): DeploymentTarget {
  return bed.targetWith({ clock: steady(bed.ports.clock) });
}

/** As the action does it, with the role of docs/iam: plan again, compare with what was approved, act. */
export async function act(scene: Scene, target: DeploymentTarget): Promise<DeploymentResult> {
  const { flow, approved, bed } = scene;
  return guarded(scene, () =>
    carryOut(flow.command, { request: flow.request?.(bed) ?? null, approved }, target),
  );
}

/** The second run: the same again, or what somebody does who gives it up; then a third one, a day later. */
export async function actAgain(scene: Scene): Promise<DeploymentResult> {
  return guarded(scene, () => onceMore(scene));
}

async function guarded<T>({ bed: { aws }, guard }: Scene, run: () => Promise<T>): Promise<T> {
  const { allows } = aws;
  aws.allows = guard.allows;
  try {
    return await run();
  } finally {
    aws.allows = allows;
  }
}

async function onceMore({ flow, approved, bed }: Scene): Promise<DeploymentResult> {
  const { command, then = command, thenRequests } = flow;
  const target = bed.targetWith({ clock: steady(bed.ports.clock) });
  const same = { request: flow.request?.(bed) ?? null, approved };
  if (thenRequests === undefined) return carryOut(then, same, target);
  const [second, third] = thenRequests(bed);
  const made = await carryOut(then, { request: second, approved: null }, target);
  if (!flow.succeeds.includes(made.outcome)) return made;
  bed.ports.clock.advance(DAY_MS);
  bed.aws.advance(DAY_MS);
  return carryOut(then, { request: third, approved: null }, target);
}

const DAY_MS = 24 * 60 * 60_000;
const MOST_PLANS = 5;

export async function carryOut(
  command: Command,
  { request, approved }: { readonly request: DeploymentRequest | null; readonly approved: Plan | null },
  target: DeploymentTarget,
  plans = 1,
): Promise<DeploymentResult> {
  if (command === 'rollback') return target.rollback(ENDPOINT, null);
  if (command === 'teardown') return target.teardown(ENDPOINT);
  if (request === null) throw new Error(`${command} needs a request.`);
  const plan = bound(approved, await target.plan(request));
  if (plan.action === 'unchanged' && command !== 'discard') {
    const description = await target.describe(ENDPOINT);
    return { outcome: 'unchanged', message: '', description, candidate: null };
  }
  try {
    return await target[command](plan);
  } catch (error) {
    if (!(error instanceof PlanOutdatedError) || approved !== null || plans === MOST_PLANS) throw error;
    return carryOut(command, { request, approved }, target, plans + 1);
  }
}

function bound(approved: Plan | null, now: Plan): Plan {
  if (approved === null) return now;
  const verdict = checkApproved(approved, now);
  if (verdict.accepted) return verdict.plan;
  const changes = verdict.changes.map(({ field, from, to }) => `${field}: ${from ?? ''} -> ${to ?? ''}`);
  throw new Error(`The approved plan is refused: ${verdict.reason} ${changes.join(', ')}`);
}

/** What was changed, in the order of the calls' texts: those that are made side by side have none. Times are left out. */
export function mutationsOf(aws: FakeAws): string[] {
  return aws.calls
    .filter(({ action }) => !isRead(action))
    .map(({ name, input }) => `${name} ${JSON.stringify(input)}`.replaceAll(TIME, ''))
    .toSorted();
}

const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const NOTES = /^ml-deploy:(served|verified|withdrawn|scaling\/\d+)$/;

/** Everything that is in the account, by name, what is noted about it, and what autoscaling does. */
export function inventory(aws: FakeAws): string[] {
  const { tags } = aws.sagemaker;
  const { models, configs, endpoints, alarms, targets } = aws.ours;
  const notes = (arn: string) =>
    (tags.get(arn) ?? [])
      .filter(({ Key = '' }) => NOTES.test(Key))
      .map(({ Key = '', Value = '' }) => (Key.includes('scaling') ? Key : `${Key}=${Value}`))
      .toSorted();
  const scaling = (items: Iterable<object>) =>
    [...items].map((item) =>
      JSON.stringify(item, (key, value: unknown) =>
        /Time|ARN|Arn|arn|created|Alarms|alarms/.test(key) ? undefined : value,
      ),
    );
  return [
    ...[...endpoints.values()].map(({ name, arn, status, config, dataCapture, variants }) =>
      [
        name,
        status,
        config.name,
        ...variants.map(({ count }) => count),
        dataCapture === undefined ? '' : 'captured',
        ...notes(arn),
      ].join(' '),
    ),
    ...[...configs.values()].map(({ name, arn }) => ['config', name, ...notes(arn)].join(' ')),
    ...[...models.values()].map(({ name }) => `model ${name}`),
    // AWS numbers the alarms of a scaling policy anew whenever the policy is put back.
    ...[...alarms.keys()].map((name) => `alarm ${name.replace(/(AlarmHigh|AlarmLow)-\w+$/, '$1')}`),
    ...scaling(targets.values()),
    ...scaling(aws.scaling.policies.values()),
    ...scaling(aws.scaling.actions.values()),
  ].toSorted();
}

/** Things of ours that nobody needs. */
export function orphans({ sagemaker, ours }: FakeAws): string[] {
  const configs = [...ours.configs.values()];
  const needed = new Set(
    configs.flatMap(({ spec }) => (spec.ProductionVariants ?? []).map(({ ModelName }) => ModelName)),
  );
  const tagsOf = (arn: string) => (sagemaker.tags.get(arn) ?? []).map(({ Key = '' }) => Key);
  return [
    ...[...ours.endpoints.values()].map(({ name }) => name).filter((name) => name !== ENDPOINT),
    ...configs.filter(({ arn }) => !tagsOf(arn).includes('ml-deploy:served')).map(({ name }) => name),
    ...[...ours.models.values()].map(({ name }) => name).filter((name) => !needed.has(name)),
    ...[...ours.alarms.keys()].filter((name) => name.startsWith('ml-deploy-')),
    ...[...ours.endpoints.values()].flatMap(({ arn }) =>
      tagsOf(arn).filter((key) => key.startsWith('ml-deploy:scaling/')),
    ),
  ];
}

/** What the endpoint answers; null where it does not. */
export async function label({ bed }: Scene): Promise<number | null> {
  if (serving(bed) === null) return null;
  const invoker = await bed.targetWith({}).invoker(ENDPOINT, null);
  const { body } = await invoker.invoke(
    '{"instances":[[1]]}',
    'application/json',
    AbortSignal.timeout(200_000),
  );
  return (JSON.parse(Buffer.from(body).toString()) as { predictions: number[] }).predictions[0] ?? null;
}

/** What would answer now, without asking; null where nothing would. */
export function serving(bed: SageMakerBed): number | null {
  const endpoint = bed.aws.sagemaker.endpoints.get(ENDPOINT);
  if (endpoint === undefined || !['InService', 'Updating', 'RollingBack'].includes(endpoint.status))
    return null;
  const url = endpoint.variants[0]?.model.spec.PrimaryContainer?.ModelDataUrl;
  const names = Object.keys(bed.archives) as ModelName[];
  const name = names.find((known) => bed.archives[known].url === url);
  return name === undefined ? null : bed.labelOf(name);
}
