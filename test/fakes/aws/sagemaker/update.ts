/** How an endpoint changes in time: creation, updates with their traffic shifts and rollbacks, removal. */
import type { DeploymentConfig, VariantStatus } from '@aws-sdk/client-sagemaker';
import type { Timer } from '../time.ts';
import { alarmNames } from './deployment-config.ts';
import { stepsOf, type Step } from './steps.ts';
import { takeOutcome, reasonOf, type Fate } from './outcomes.ts';
import type { Endpoint, EndpointConfig, SageMakerState, Variant } from './state.ts';

/** A change that is under way. */
export type Update = ConfigUpdate | { readonly kind: 'capacity'; readonly timers: Timer[] };

export interface ConfigUpdate {
  readonly kind: 'config';
  readonly config: EndpointConfig;
  readonly variants: Variant[];
  readonly shadows: Variant[];
  readonly dataCapture: Endpoint['dataCapture'];
  readonly deployment: DeploymentConfig | undefined;
  readonly started: Date;
  readonly fate: Fate;
  /** Part of the traffic that the new fleet gets. */
  share: number;
  phase: VariantStatus;
  /** How long it bakes now, and the field that says so. */
  bake: Step['bake'];
  phaseStarted: Date;
  readonly timers: Timer[];
}

export function startCreation(state: SageMakerState, endpoint: Endpoint): void {
  const { outcome } = takeOutcome(state.outcomes, 'create', endpoint.name, endpoint.variants);
  const { provision, giveUp } = state.durations;
  if (outcome.kind === 'stuck') return;
  if (succeeds(outcome.kind)) {
    state.world.time.after(provision, () => {
      writeLogs(state, endpoint, endpoint.variants, ['Starting the model server.', 'GET /ping 200']);
      settle(state, endpoint, 'InService', undefined);
    });
    return;
  }
  if (outcome.kind === 'ping-failure') plantLogs(state, endpoint, endpoint.variants, outcome.logs);
  state.world.time.after(giveUp, () => {
    settle(state, endpoint, 'Failed', reasonOf(outcome, endpoint.variants[0], state.world.words));
  });
}

export function startUpdate(
  state: SageMakerState,
  endpoint: Endpoint,
  wanted: Pick<ConfigUpdate, 'config' | 'variants' | 'shadows' | 'dataCapture' | 'deployment'>,
): void {
  const now = state.world.time.now();
  const update: ConfigUpdate = {
    ...wanted,
    kind: 'config',
    started: now,
    fate: takeOutcome(state.outcomes, 'update', endpoint.name, wanted.variants),
    share: 0,
    phase: 'Creating',
    bake: undefined,
    phaseStarted: now,
    timers: [],
  };
  endpoint.status = 'Updating';
  endpoint.modified = now;
  endpoint.failureReason = undefined;
  endpoint.update = update;
  endpoint.lastDeployment = wanted.deployment ?? endpoint.lastDeployment;
  limitTime(state, endpoint, update);
  run(state, endpoint, update);
}

function run(state: SageMakerState, endpoint: Endpoint, update: ConfigUpdate): void {
  const { outcome } = update.fate;
  if (outcome.kind === 'stuck') return;
  if (!succeeds(outcome.kind)) {
    if (outcome.kind === 'ping-failure') plantLogs(state, endpoint, update.variants, outcome.logs);
    const reason = reasonOf(outcome, update.variants[0], state.world.words);
    later(state, update, state.durations.giveUp, () => backToOld(state, endpoint, update, reason));
    return;
  }
  next(state, endpoint, update, stepsOf(state.durations, update), 0);
}

function next(
  state: SageMakerState,
  endpoint: Endpoint,
  update: ConfigUpdate,
  steps: readonly Step[],
  at: number,
): void {
  const step = steps[at];
  if (step === undefined) {
    finish(state, endpoint, update);
    return;
  }
  later(state, update, step.after, () => {
    update.share = step.share;
    update.phase = step.phase;
    update.bake = step.bake;
    update.phaseStarted = state.world.time.now();
    const planned = ['alarm', 'rollback-failure'].includes(update.fate.outcome.kind);
    const [alarm] = alarmNames(update.deployment);
    if (step.phase === 'Baking' && planned && alarm !== undefined) state.others.tripAlarm(alarm);
    if (watchAlarms(state, endpoint)) return;
    next(state, endpoint, update, steps, at + 1);
  });
}

/** Rolls back where an alarm of a deployment that bakes is in ALARM. */
export function watchAlarms(state: SageMakerState, endpoint: Endpoint): boolean {
  const { update, status } = endpoint;
  if (update?.kind !== 'config' || status !== 'Updating' || update.phase !== 'Baking') return false;
  const tripped = alarmNames(update.deployment).filter((name) => state.others.alarmState(name) === 'ALARM');
  if (tripped.length === 0) return false;
  rollBack(state, endpoint, update, `One or more alarms went into ALARM state: [${tripped.join(', ')}]`);
  return true;
}

function limitTime(state: SageMakerState, endpoint: Endpoint, update: ConfigUpdate): void {
  const { BlueGreenUpdatePolicy: blueGreen, RollingUpdatePolicy: rolling } = update.deployment ?? {};
  const policy = blueGreen ?? rolling;
  if (policy === undefined) return;
  const seconds = policy.MaximumExecutionTimeoutInSeconds ?? 14_400;
  later(state, update, seconds * 1000, () => {
    const reason = `Deployment did not complete within the maximum execution timeout of ${seconds} seconds.`;
    rollBack(state, endpoint, update, reason);
  });
}

function rollBack(state: SageMakerState, endpoint: Endpoint, update: ConfigUpdate, reason: string): void {
  stop(update);
  endpoint.status = 'RollingBack';
  endpoint.modified = state.world.time.now();
  const fails = update.fate.outcome.kind === 'rollback-failure';
  // A rolling update goes back batch by batch; blue/green turns all the traffic at once.
  if (!fails && update.deployment?.RollingUpdatePolicy === undefined) update.share = 0;
  later(state, update, state.durations.rollback, () => {
    if (!fails) {
      backToOld(state, endpoint, update, reason);
      return;
    }
    stop(update);
    endpoint.status = 'UpdateRollbackFailed';
    endpoint.failureReason = `${reason} The rollback failed as well: the endpoint serves a mix of the old and the new configuration.`;
    endpoint.modified = state.world.time.now();
  });
}

/** InService with the old config: the only sign of failure that SageMaker gives, but for a reason at times. */
function backToOld(state: SageMakerState, endpoint: Endpoint, update: ConfigUpdate, reason: string): void {
  stop(update);
  settle(state, endpoint, 'InService', update.fate.withoutReason ? undefined : reason);
}

function finish(state: SageMakerState, endpoint: Endpoint, update: ConfigUpdate): void {
  stop(update);
  endpoint.config = update.config;
  endpoint.variants = update.variants;
  endpoint.shadows = update.shadows;
  endpoint.dataCapture = update.dataCapture;
  writeLogs(state, endpoint, update.variants, ['Starting the model server.', 'GET /ping 200']);
  settle(state, endpoint, 'InService', undefined);
}

export function startCapacityChange(
  state: SageMakerState,
  endpoint: Endpoint,
  apply: (variant: Variant) => void,
): void {
  endpoint.status = 'Updating';
  endpoint.modified = state.world.time.now();
  const timer = state.world.time.after(state.durations.scale, () => {
    for (const variant of endpoint.variants) apply(variant);
    settle(state, endpoint, 'InService', undefined);
  });
  endpoint.update = { kind: 'capacity', timers: [timer] };
}

export function startRemoval(state: SageMakerState, endpoint: Endpoint): void {
  if (endpoint.update !== undefined) stop(endpoint.update);
  endpoint.status = 'Deleting';
  endpoint.modified = state.world.time.now();
  for (const { name } of endpoint.variants) state.others.deregister(endpoint.name, name);
  state.world.time.after(state.durations.remove, () => {
    state.endpoints.delete(endpoint.name.toLowerCase());
    state.tags.delete(endpoint.arn);
  });
}

function settle(
  state: SageMakerState,
  endpoint: Endpoint,
  status: 'InService' | 'Failed',
  reason: string | undefined,
): void {
  endpoint.update = undefined;
  endpoint.status = status;
  endpoint.failureReason = reason;
  endpoint.modified = state.world.time.now();
}

function later(state: SageMakerState, update: Update, delay: number, run: () => void): void {
  update.timers.push(state.world.time.after(delay, run));
}

function stop(update: Update): void {
  for (const timer of update.timers.splice(0)) timer.cancel();
}

function succeeds(kind: Fate['outcome']['kind']): boolean {
  return kind === 'ok' || kind === 'alarm' || kind === 'rollback-failure';
}

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "/opt/ml/model/code/inference.py", line 3, in <module>',
  "ModuleNotFoundError: No module named 'sklearn'",
];

function plantLogs(
  state: SageMakerState,
  endpoint: Endpoint,
  variants: readonly Variant[],
  lines: readonly string[] = TRACEBACK,
): void {
  // Not there at once: streams come with the instances.
  state.world.time.after(state.durations.provision, () => writeLogs(state, endpoint, variants, lines));
}

function writeLogs(
  state: SageMakerState,
  endpoint: Endpoint,
  variants: readonly Variant[],
  lines: readonly string[],
): void {
  for (const { name } of variants) {
    state.others.log(`/aws/sagemaker/Endpoints/${endpoint.name}`, `${name}/${state.world.id('i-')}`, lines);
  }
}
