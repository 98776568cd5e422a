import type { DeploymentFacts } from '../../../../../src/core/plan/deployment-facts.ts';

/** A deployment that nothing is wrong with, but for what a test changes. */
export function subjectWith(changes: Partial<DeploymentFacts> = {}): DeploymentFacts {
  return {
    endpoint: 'churn',
    region: 'eu-west-1',
    account: null,
    variantName: 'main',
    executionRoleArn: null,
    model: null,
    imageUri: null,
    instanceType: 'ml.m5.large',
    instanceCount: 2,
    serverless: null,
    capacity: { min: null, max: null },
    scalingPolicy: { invocationsPerInstance: null, scaleInCooldown: null, scaleOutCooldown: null },
    endsScaling: false,
    strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
    candidateInstances: 0,
    environment: new Map(),
    tags: new Map(),
    subnets: [],
    securityGroups: [],
    networkIsolation: false,
    dataCapture: false,
    kmsKeyId: null,
    timeoutMinutes: 30,
    live: null,
    ...changes,
  };
}
