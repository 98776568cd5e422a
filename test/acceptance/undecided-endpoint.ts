/** Questions that UpdateEndpoint, CloudWatch and autoscaling answer. */
import {
  answerOf,
  describe,
  fullAnswerOf,
  onAnotherConfig,
  until,
  type Account,
  type Look,
} from './account.ts';

const same = (variant: object) => variant;
const counted = (InitialInstanceCount: number) => (variant: object) => ({ ...variant, InitialInstanceCount });
const PAST = '2020-01-01T00:00:00';

async function variantOf(account: Account): Promise<{ name: string; count: number }> {
  const [variant] = (await describe(account)).ProductionVariants ?? [];
  return { name: variant?.VariantName ?? '', count: variant?.DesiredInstanceCount ?? 1 };
}

/** An alarm of ours by name, which the policies know; gone again afterwards. */
async function withAlarm<T>(account: Account, use: (name: string) => Promise<T>): Promise<T> {
  const { clients, endpoint } = account;
  const cloudWatch = await clients.cloudWatch();
  const { name: VariantName } = await variantOf(account);
  const AlarmName = `ml-deploy-bake-${endpoint}.${VariantName}.acceptance.latency`;
  await cloudWatch.putMetricAlarm({
    AlarmName,
    Namespace: 'AWS/SageMaker',
    MetricName: 'ModelLatency',
    Dimensions: [
      { Name: 'EndpointName', Value: endpoint },
      { Name: 'VariantName', Value: VariantName },
    ],
    ExtendedStatistic: 'p99',
    Unit: 'Microseconds',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 60_000_000,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  try {
    return await use(AlarmName);
  } finally {
    await cloudWatch.deleteAlarms({ AlarmNames: [AlarmName] });
  }
}

async function scaled<T>(account: Account, use: (target: ScaledTarget) => Promise<T>): Promise<T> {
  const scaling = await account.clients.autoScaling();
  const { name, count } = await variantOf(account);
  const target: ScaledTarget = {
    ServiceNamespace: 'sagemaker',
    ResourceId: `endpoint/${account.endpoint}/variant/${name}`,
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
  };
  await scaling.registerScalableTarget({ ...target, MinCapacity: count, MaxCapacity: count });
  try {
    return await use(target);
  } finally {
    await scaling.deregisterScalableTarget(target);
  }
}

interface ScaledTarget {
  readonly ServiceNamespace: 'sagemaker';
  readonly ResourceId: string;
  readonly ScalableDimension: 'sagemaker:variant:DesiredInstanceCount';
}

async function invoke({ clients, endpoint }: Account, times: number): Promise<number> {
  const runtime = await clients.runtime();
  let throttled = 0;
  for (let at = 0; at < times; at += 1) {
    const call = runtime.invokeEndpoint({
      EndpointName: endpoint,
      ContentType: 'application/json',
      Body: Buffer.from('{"instances":[]}'),
    });
    if ((await answerOf(call)).includes('Throttling')) throttled += 1;
  }
  return throttled;
}

export const ENDPOINT_LOOKS: readonly Look[] = [
  {
    number: 1,
    question:
      'Whether Search finds an endpoint by the name of its config, and how far its index lags behind.',
    decide: async (account) => {
      const sageMaker = await account.clients.sageMaker();
      const Value = (await describe(account)).EndpointConfigName;
      let seconds = -15;
      const found = await until(account, async () => {
        seconds += 15;
        const Filters = [{ Name: 'EndpointConfigName', Operator: 'Equals' as const, Value }];
        const { Results = [] } = await sageMaker.search({
          Resource: 'Endpoint',
          SearchExpression: { Filters },
        });
        return Results.some(({ Endpoint }) => Endpoint?.EndpointName === account.endpoint);
      });
      return found ? `found after ${seconds} s` : `not found in ${seconds} s`;
    },
  },
  {
    number: 3,
    question: 'Whether a scheduled action with a StartTime or an `at()` in the past can be restored.',
    decide: (account) =>
      scaled(account, async (target) => {
        const scaling = await account.clients.autoScaling();
        const put = (ScheduledActionName: string, more: object) =>
          answerOf(
            scaling.putScheduledAction({
              ...target,
              ScheduledActionName,
              ScalableTargetAction: { MinCapacity: 1 },
              ...more,
            }),
          );
        const at = await put('past-at', { Schedule: `at(${PAST})` });
        const start = await put('past-start', { Schedule: 'rate(1 day)', StartTime: new Date(`${PAST}Z`) });
        return `at(): ${at}; StartTime: ${start}`;
      }),
  },
  {
    number: 4,
    question: 'What `RetainAllVariantProperties` does if the variant’s name changes.',
    decide: (account) =>
      onAnotherConfig(
        account,
        (variant) => ({ ...variant, VariantName: 'renamed' }),
        { RetainAllVariantProperties: true },
        async () => {
          const [now] = (await describe(account)).ProductionVariants ?? [];
          return `with ${now?.DesiredInstanceCount ?? 'no'} instances of ${now?.VariantName ?? 'nothing'}`;
        },
      ),
  },
  {
    number: 5,
    question:
      'Whether CAPACITY_PERCENT that is less than one instance (canary 10 % of 3) is refused or rounded up.',
    decide: (account) => {
      const CanarySize = { Type: 'CAPACITY_PERCENT', Value: 10 };
      const TrafficRoutingConfiguration = { Type: 'CANARY', WaitIntervalInSeconds: 60, CanarySize };
      const BlueGreenUpdatePolicy = { TrafficRoutingConfiguration, TerminationWaitInSeconds: 0 };
      return onAnotherConfig(account, counted(3), { DeploymentConfig: { BlueGreenUpdatePolicy } });
    },
  },
  {
    number: 6,
    question: 'Whether UpdateEndpoint accepts alarms in INSUFFICIENT_DATA.',
    decide: (account) =>
      withAlarm(account, (AlarmName) => {
        const TrafficRoutingConfiguration = { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 };
        const AutoRollbackConfiguration = { Alarms: [{ AlarmName }] };
        const BlueGreenUpdatePolicy = { TrafficRoutingConfiguration, TerminationWaitInSeconds: 60 };
        return onAnotherConfig(account, same, {
          DeploymentConfig: { BlueGreenUpdatePolicy, AutoRollbackConfiguration },
        });
      }),
  },
  {
    number: 7,
    question: 'Whether a p99 alarm with a unit is ever evaluated for ModelLatency.',
    decide: (account) =>
      withAlarm(account, async (AlarmName) => {
        const cloudWatch = await account.clients.cloudWatch();
        const evaluated = await until(
          account,
          async () => {
            await invoke(account, 1);
            const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ AlarmNames: [AlarmName] });
            return MetricAlarms[0]?.StateValue === 'OK';
          },
          15 * 60_000,
        );
        return evaluated ? 'evaluated: OK' : 'INSUFFICIENT_DATA for 15 minutes of requests';
      }),
  },
  {
    number: 8,
    question: 'Whether PutScalingPolicy needs `cloudwatch:DescribeAlarms` on its TargetTracking alarms.',
    decide: (account) =>
      scaled(account, async (target) => {
        const scaling = await account.clients.autoScaling();
        const TargetTrackingScalingPolicyConfiguration = {
          TargetValue: 1000,
          PredefinedMetricSpecification: {
            PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' as const,
          },
        };
        const put = scaling.putScalingPolicy({
          ...target,
          PolicyName: 'acceptance',
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration,
        });
        return fullAnswerOf(put);
      }),
  },
  {
    number: 13,
    question:
      'Whether a ThrottlingException of InvokeEndpoint reaches a smoke test at its default concurrency.',
    decide: async (account) =>
      `${await invoke(account, 200)} of 200 requests, one after the other, were throttled`,
  },
  {
    number: 14,
    question: 'Which principal AWS asks for the KMS key of an endpoint’s volumes.',
    decide: async (account) => {
      const { kmsKeyId: KmsKeyId, clients, endpoint } = account;
      if (KmsKeyId === '') throw new Error('ACCEPTANCE_KMS_KEY_ID is not set.');
      const sageMaker = await clients.sageMaker();
      const before = await describe(account);
      const { ProductionVariants } = await sageMaker.describeEndpointConfig({
        EndpointConfigName: before.EndpointConfigName,
      });
      const EndpointConfigName = `${endpoint}-${Date.now().toString(16).padStart(16, '0')}`;
      await sageMaker.createEndpointConfig({ EndpointConfigName, ProductionVariants, KmsKeyId });
      const EndpointName = `${endpoint}-c-00000014`;
      try {
        const answer = await answerOf(sageMaker.createEndpoint({ EndpointName, EndpointConfigName }));
        if (answer !== 'taken') return answer;
        await until(account, async () => {
          const { EndpointStatus } = await sageMaker.describeEndpoint({ EndpointName });
          return EndpointStatus !== 'Creating';
        });
        const { EndpointStatus, FailureReason = '' } = await sageMaker.describeEndpoint({ EndpointName });
        await sageMaker.deleteEndpoint({ EndpointName });
        return `${EndpointStatus ?? ''} ${FailureReason}`.trim();
      } finally {
        await sageMaker.deleteEndpointConfig({ EndpointConfigName });
      }
    },
  },
];
