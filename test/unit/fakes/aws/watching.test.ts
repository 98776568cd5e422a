/** CloudWatch alarms, metrics and logs. */
import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import {
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const alarm: PutMetricAlarmCommandInput = {
  AlarmName: 'errors',
  Namespace: 'AWS/SageMaker',
  MetricName: 'Invocation5XXErrors',
  Dimensions: [{ Name: 'EndpointName', Value: 'churn' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};

describe('alarms', () => {
  it('are made with tags, described, set and deleted', async () => {
    await scene.cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, Tags: [{ Key: 'ours', Value: '1' }] }));
    const [made] =
      (await scene.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }))).MetricAlarms ?? [];
    expect(made).toMatchObject({ ...alarm, StateValue: 'INSUFFICIENT_DATA' });
    const ResourceARN = made?.AlarmArn ?? '';
    await scene.cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
    const { Tags } = await scene.cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([
      { Key: 'ours', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
    await scene.cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'try' }),
    );
    const ringing = await scene.cloudwatch.send(
      new DescribeAlarmsCommand({ StateValue: 'ALARM', AlarmNamePrefix: 'err' }),
    );
    expect(ringing.MetricAlarms?.map(({ StateReason }) => StateReason)).toEqual(['try']);
    await scene.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['errors', 'other'] }));
    expect((await scene.cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
  });

  it('refuse what AWS refuses', async () => {
    const put = (input: object) => scene.cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, ...input }));
    await expect(put({ Period: 45 })).rejects.toThrow('Period must be');
    await expect(put({ Statistic: undefined })).rejects.toThrow('One of Statistic');
    await expect(put({ MetricName: undefined })).rejects.toThrow('Exactly one of MetricName and Metrics');
    await expect(put({ Threshold: undefined })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put({ ComparisonOperator: 'Above' })).rejects.toThrow(
      "Value 'Above' at 'comparisonOperator'",
    );
    await expect(put({ AlarmName: undefined })).rejects.toThrow("at 'alarmName'");
  });

  it('say so where there is none', async () => {
    await expect(
      scene.cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'x', StateValue: 'OK', StateReason: '' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await expect(scene.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['x'] }))).rejects.toMatchObject(
      {
        name: 'ResourceNotFound',
      },
    );
  });
});

it('answers metric queries with what the test has', async () => {
  const at = scene.aws.time.now();
  scene.aws.alarms.metrics = ({ metric, dimensions, statistic }) =>
    metric === 'ModelLatency' && dimensions.EndpointName === 'churn' && statistic === 'p99'
      ? [{ at, value: 12 }]
      : [];
  const query = {
    Id: 'p99',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SageMaker',
        MetricName: 'ModelLatency',
        Dimensions: [{ Name: 'EndpointName', Value: 'churn' }],
      },
      Period: 60,
      Stat: 'p99',
    },
  };
  const ask = (StartTime: Date) =>
    scene.cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries: [query], StartTime, EndTime: at }));
  expect((await ask(new Date(0))).MetricDataResults).toEqual([
    { Id: 'p99', Label: 'ModelLatency', Timestamps: [at], Values: [12], StatusCode: 'Complete' },
  ]);
  await expect(ask(at)).rejects.toThrow('StartTime must be less than');
});

describe('logs', () => {
  const logGroupName = '/aws/sagemaker/Endpoints/churn';

  it('are not there at first', async () => {
    await expect(scene.logs.send(new DescribeLogStreamsCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  it('have streams, the newest first where asked, and events forwards and backwards', async () => {
    scene.aws.log(logGroupName, 'AllTraffic/i-1', ['one']);
    scene.aws.advance(1000);
    scene.aws.log(logGroupName, 'AllTraffic/i-2', ['two', 'three', 'four']);
    const { logStreams } = await scene.logs.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 }),
    );
    expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(['AllTraffic/i-2']);
    const read = async (input: { startFromHead?: boolean; nextToken?: string | undefined }) =>
      scene.logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName: 'AllTraffic/i-2', limit: 2, ...input }),
      );
    const tail = await read({});
    expect(tail.events?.map(({ message }) => message)).toEqual(['three', 'four']);
    const before = await read({ nextToken: tail.nextBackwardToken });
    expect(before.events?.map(({ message }) => message)).toEqual(['two']);
    const head = await read({ startFromHead: true });
    const rest = await read({ nextToken: head.nextForwardToken });
    const end = await read({ nextToken: rest.nextForwardToken });
    expect([rest.events?.length, end.events?.length, end.nextForwardToken]).toEqual([
      1,
      0,
      rest.nextForwardToken,
    ]);
    await expect(
      scene.logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'none' })),
    ).rejects.toThrow('The specified log stream does not exist.');
  });

  it('can be filtered over all streams', async () => {
    scene.aws.log(logGroupName, 'AllTraffic/i-1', ['an Error of mine', 'fine']);
    scene.aws.log(logGroupName, 'Shadow/i-2', ['Error elsewhere']);
    const find = async (input: object) =>
      (await scene.logs.send(new FilterLogEventsCommand({ logGroupName, ...input }))).events?.map(
        ({ message }) => message,
      );
    expect(await find({ filterPattern: 'Error' })).toEqual(['an Error of mine', 'Error elsewhere']);
    expect(await find({ logStreamNamePrefix: 'AllTraffic/' })).toEqual(['an Error of mine', 'fine']);
    expect(await find({ startTime: scene.aws.time.now().getTime() + 1 })).toEqual([]);
  });

  it('come with an endpoint, one stream for each variant and instance', async () => {
    await scene.endpoint('churn', 'one');
    const { logStreams } = await scene.logs.send(
      new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: 'AllTraffic/' }),
    );
    expect(logStreams).toHaveLength(1);
  });
});
