/** CloudWatch alarms, and metric data that a test has put there. */
import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  GetMetricDataInput,
  ListTagsForResourceInput,
  MetricAlarm,
  MetricDataResult,
  PutMetricAlarmInput,
  SetAlarmStateInput,
  StateValue,
  Tag,
  TagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../errors.ts';
import { page } from '../paging.ts';
import type { Operation, Service } from '../service.ts';
import type { World } from '../world.ts';

export interface AlarmState {
  readonly world: World;
  readonly alarms: Map<string, MetricAlarm>;
  readonly tags: Map<string, Tag[]>;
  /** Answers a query of GetMetricData. */
  metrics: (query: MetricQuery) => { readonly at: Date; readonly value: number }[];
  /** Told after each change of an alarm's state. */
  readonly onChange: () => void;
}

export interface MetricQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly period: number;
  readonly start: Date;
  readonly end: Date;
}

export function cloudWatchService(state: AlarmState): Service {
  const on =
    (run: (state: AlarmState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'cloudwatch',
    validationCode: 'ValidationError',
    operations: {
      DeleteAlarms: on(deleteAlarms),
      DescribeAlarms: on(describeAlarms),
      GetMetricData: on(getMetricData),
      ListTagsForResource: on(listTags),
      PutMetricAlarm: on(putAlarm),
      SetAlarmState: on(setState),
      TagResource: on(tagResource),
    },
    permissions: (action, input) => {
      const names = [input.AlarmName, input.AlarmNames].flat().filter((name) => typeof name === 'string');
      const arns = names.map((name) => alarmArn(state.world, name));
      const resources = typeof input.ResourceARN === 'string' ? [input.ResourceARN] : arns;
      // DescribeAlarms without names, and metric data, know no resources.
      const on = resources.length === 0 || action === 'GetMetricData' ? ['*'] : resources;
      const own = on.map((resource) => ({ action: `cloudwatch:${action}`, resource }));
      const tagged = action === 'PutMetricAlarm' && Array.isArray(input.Tags) && input.Tags.length > 0;
      return [...own, ...(tagged ? [{ action: 'cloudwatch:TagResource', resource: arns[0] ?? '*' }] : [])];
    },
  };
}

export function alarmArn(world: World, name: string): string {
  return world.arn('cloudwatch', `alarm:${name}`);
}

function putAlarm(state: AlarmState, input: PutMetricAlarmInput): undefined {
  const name = input.AlarmName ?? '';
  checkAlarm(input);
  const { Tags, ...definition } = input;
  const old = state.alarms.get(name);
  const now = state.world.time.now();
  const arn = alarmArn(state.world, name);
  state.alarms.set(name, {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...definition,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: now,
    StateValue: old?.StateValue ?? 'INSUFFICIENT_DATA',
    StateReason: old?.StateReason ?? 'Unchecked: Initial alarm creation',
    StateUpdatedTimestamp: old?.StateUpdatedTimestamp ?? now,
  });
  // Tags count for a new alarm only: AWS ignores them when an alarm is changed.
  if (old === undefined) state.tags.set(arn, [...(Tags ?? [])]);
  return undefined;
}

function checkAlarm(input: PutMetricAlarmInput): void {
  const one = input.MetricName !== undefined;
  const several = (input.Metrics ?? []).length > 0;
  if (one === several) {
    throw new AwsError('ValidationError', 'Exactly one of MetricName and Metrics must be specified');
  }
  if (one && input.Namespace === undefined) throw missing('Namespace');
  if (one && input.Period === undefined) throw missing('Period');
  if (one && input.Statistic === undefined && input.ExtendedStatistic === undefined) {
    throw new AwsError('ValidationError', 'One of Statistic and ExtendedStatistic must be specified');
  }
  if (input.EvaluationPeriods === undefined) throw missing('EvaluationPeriods');
  if (input.ComparisonOperator === undefined) throw missing('ComparisonOperator');
  if (input.Threshold === undefined && input.ThresholdMetricId === undefined) throw missing('Threshold');
  const { Period: period = 60 } = input;
  if (![10, 20, 30].includes(period) && period % 60 !== 0) {
    throw new AwsError('ValidationError', 'Period must be 10, 20, 30 or a multiple of 60');
  }
  if ((input.DatapointsToAlarm ?? 1) > input.EvaluationPeriods) {
    throw new AwsError(
      'ValidationError',
      'DatapointsToAlarm must be less than or equal to EvaluationPeriods',
    );
  }
}

const missing = (member: string) => new AwsError('ValidationError', `The parameter ${member} is required.`);

function describeAlarms(state: AlarmState, input: DescribeAlarmsInput): object {
  const { AlarmNames: names, AlarmNamePrefix: prefix, StateValue: value } = input;
  const wanted = [...state.alarms.values()]
    .filter(
      ({ AlarmName = '', StateValue }) =>
        (names === undefined || names.includes(AlarmName)) &&
        (prefix === undefined || AlarmName.startsWith(prefix)) &&
        (value === undefined || StateValue === value),
    )
    .sort((one, other) => ((one.AlarmName ?? '') < (other.AlarmName ?? '') ? -1 : 1));
  const { items, next } = page(wanted, input.MaxRecords ?? 50, input.NextToken);
  return { MetricAlarms: items, CompositeAlarms: [], ...(next === undefined ? {} : { NextToken: next }) };
}

/** Unknown ones are passed over, as long as not all are unknown. */
function deleteAlarms(state: AlarmState, input: DeleteAlarmsInput): undefined {
  const names = input.AlarmNames ?? [];
  if (names.length > 0 && !names.some((name) => state.alarms.has(name))) {
    throw new AwsError('ResourceNotFound', `Unknown alarms: ${names.join(', ')}`, 404);
  }
  for (const name of names) {
    state.alarms.delete(name);
    state.tags.delete(alarmArn(state.world, name));
  }
  return undefined;
}

function setState(state: AlarmState, input: SetAlarmStateInput): undefined {
  if (input.StateValue === undefined) throw missing('StateValue');
  const name = input.AlarmName ?? '';
  putState(state, name, input.StateValue, input.StateReason ?? '');
  const { time } = state.world;
  time.after(LAPSE_MS, () => evaluate(state, name));
  time.after(LOOK_MS, () => state.onChange());
  return undefined;
}

/**
 * "Metric alarms return to their actual state quickly, often within seconds"; who looks at the state does so now and then.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html; the figures are the fake's own.
 */
const LAPSE_MS = 10_000;
const LOOK_MS = 30_000;

/** What the alarm is by its own definition, over the newest period. */
function evaluate(state: AlarmState, name: string): void {
  const alarm = state.alarms.get(name);
  if (alarm === undefined) return;
  const actual = actualState(state, alarm);
  if (actual !== alarm.StateValue) putState(state, name, actual, 'Threshold Crossed');
}

function actualState(state: AlarmState, alarm: MetricAlarm): StateValue {
  const { Period: period = 60, Threshold = 0, ComparisonOperator, TreatMissingData } = alarm;
  const end = state.world.time.now();
  const points = state.metrics({
    namespace: alarm.Namespace ?? '',
    metric: alarm.MetricName ?? '',
    dimensions: Object.fromEntries(
      (alarm.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]),
    ),
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? '',
    period,
    start: new Date(end.getTime() - period * 1000),
    end,
  });
  const [newest] = points;
  if (newest === undefined) {
    if (TreatMissingData === 'breaching') return 'ALARM';
    return TreatMissingData === 'notBreaching' ? 'OK' : 'INSUFFICIENT_DATA';
  }
  const { value } = newest;
  const breaches = {
    GreaterThanThreshold: value > Threshold,
    GreaterThanOrEqualToThreshold: value >= Threshold,
    LessThanThreshold: value < Threshold,
    LessThanOrEqualToThreshold: value <= Threshold,
  }[String(ComparisonOperator)];
  if (breaches === undefined)
    throw new AwsError('ValidationError', `The fake does not compare by ${ComparisonOperator ?? ''}.`);
  return breaches ? 'ALARM' : 'OK';
}

/** What is measured has changed it: it stays so, and is seen. */
export function setAlarm(state: AlarmState, name: string, StateValue: StateValue, StateReason: string): void {
  putState(state, name, StateValue, StateReason);
  state.onChange();
}

function putState(state: AlarmState, name: string, StateValue: StateValue, StateReason: string): void {
  const alarm = state.alarms.get(name);
  if (alarm === undefined) throw new AwsError('ResourceNotFound', `Unknown alarm: ${name}`, 404);
  const changed = { StateValue, StateReason, StateUpdatedTimestamp: state.world.time.now() };
  state.alarms.set(name, { ...alarm, ...changed });
}

function getMetricData(state: AlarmState, input: GetMetricDataInput): object {
  const { StartTime: start, EndTime: end } = input;
  if (start === undefined || end === undefined || start >= end) {
    throw new AwsError('ValidationError', 'The parameter StartTime must be less than the parameter EndTime.');
  }
  const MetricDataResults = (input.MetricDataQueries ?? []).flatMap(
    ({ Id, Label, MetricStat, ReturnData }) => {
      if (MetricStat === undefined || ReturnData === false) return [];
      const { Metric, Period = 60, Stat = '' } = MetricStat;
      const points = state.metrics({
        namespace: Metric?.Namespace ?? '',
        metric: Metric?.MetricName ?? '',
        dimensions: Object.fromEntries(
          (Metric?.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]),
        ),
        statistic: Stat,
        period: Period,
        start,
        end,
      });
      const result: MetricDataResult = {
        Id,
        Label: Label ?? Metric?.MetricName,
        Timestamps: points.map(({ at }) => at),
        Values: points.map(({ value }) => value),
        StatusCode: 'Complete',
      };
      return [result];
    },
  );
  return { MetricDataResults, Messages: [] };
}

function tagResource(state: AlarmState, input: TagResourceInput): object {
  const arn = known(state, input.ResourceARN);
  const added = input.Tags ?? [];
  const kept = (state.tags.get(arn) ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key));
  state.tags.set(arn, [...kept, ...added]);
  return {};
}

function listTags(state: AlarmState, input: ListTagsForResourceInput): object {
  return { Tags: state.tags.get(known(state, input.ResourceARN)) ?? [] };
}

function known(state: AlarmState, arn = ''): string {
  if (!state.tags.has(arn)) throw new AwsError('ResourceNotFoundException', `Unknown resource: ${arn}`, 404);
  return arn;
}
