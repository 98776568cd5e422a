/** Deployment configs as AWS's guide prints them, and events of EventBridge, word for word but for names. */
import type { DeploymentConfig } from '@aws-sdk/client-sagemaker';

const GUIDE = 'https://docs.aws.amazon.com/sagemaker/latest/dg/';
const AutoRollbackConfiguration = { Alarms: [{ AlarmName: '<your-cw-alarm>' }] };

export interface PublishedGuardrail {
  readonly source: string;
  readonly config: DeploymentConfig;
  /** The share of the traffic on the new fleet, and how long it bakes there in seconds, with ten instances. */
  readonly bakes: readonly (readonly [share: number, seconds: number])[];
}

export const GUARDRAILS: Readonly<Record<'canary' | 'linear' | 'all-at-once', PublishedGuardrail>> = {
  'all-at-once': {
    source: `${GUIDE}deployment-guardrails-blue-green-all-at-once.html`,
    config: {
      // The guide's example leaves the interval out, which the API model requires.
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 },
        TerminationWaitInSeconds: 600,
        MaximumExecutionTimeoutInSeconds: 1800,
      },
      AutoRollbackConfiguration,
    },
    bakes: [[1, 600]],
  },
  canary: {
    source: `${GUIDE}deployment-guardrails-blue-green-canary.html`,
    config: {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          Type: 'CANARY',
          CanarySize: { Type: 'CAPACITY_PERCENT', Value: 30 },
          WaitIntervalInSeconds: 600,
        },
        TerminationWaitInSeconds: 600,
        MaximumExecutionTimeoutInSeconds: 1800,
      },
      AutoRollbackConfiguration,
    },
    bakes: [
      [0.3, 600],
      [1, 600],
    ],
  },
  linear: {
    source: `${GUIDE}deployment-guardrails-blue-green-linear.html`,
    config: {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          Type: 'LINEAR',
          LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 20 },
          WaitIntervalInSeconds: 300,
        },
        TerminationWaitInSeconds: 300,
        MaximumExecutionTimeoutInSeconds: 3600,
      },
      AutoRollbackConfiguration,
    },
    bakes: [
      [0.2, 300],
      [0.4, 300],
      [0.6, 300],
      [0.8, 300],
      [1, 300],
    ],
  },
};

/** https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html, endpoint deployment state change */
export const EVENT_DETAIL = {
  EndpointName: 'sample-endpoint',
  EndpointArn: 'arn:aws:sagemaker:us-west-2:111122223333:endpoint/sample-endpoint',
  EndpointConfigName: 'sample-endpoint-config-1',
  ProductionVariants: [
    {
      VariantName: 'AllTraffic',
      CurrentWeight: 1,
      DesiredWeight: 1,
      CurrentInstanceCount: 3,
      DesiredInstanceCount: 3,
    },
  ],
  PendingDeploymentSummary: {
    EndpointConfigName: 'sample-endpoint-config-2',
    ProductionVariants: [
      {
        VariantName: 'AllTraffic',
        CurrentWeight: 1,
        DesiredWeight: 1,
        CurrentInstanceCount: 1,
        DesiredInstanceCount: 3,
        VariantStatus: [
          {
            Status: 'Baking',
            StatusMessage:
              'Baking for 600 seconds (TerminationWaitInSeconds) with traffic enabled on canary capacity of 1 instance(s).',
          },
        ],
      },
    ],
  },
} as const;

/** The messages of the same page, with X and Y for the counts. */
export const STATUS_MESSAGES: Readonly<Record<string, readonly string[]>> = {
  Creating: ['Launching X instance(s).'],
  Updating: ['Launching X instance(s).', 'Scaling out desired instance count to X.'],
  ActivatingTraffic: ['Activating traffic on canary capacity of X instance(s).'],
  Baking: [
    'Baking for X seconds (TerminationWaitInSeconds) with traffic enabled on full capacity of Y instance(s).',
    'Baking for X seconds (TerminationWaitInSeconds) with traffic enabled on canary capacity of Y instance(s).',
  ],
};
