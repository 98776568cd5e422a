import type { Desired, PlanDetails, PlanSubject } from '../../../../src/documents/plan.ts';

/** A desired state with something in every field. */
export const desired: Desired = {
  modelDigest: 'a'.repeat(64),
  referenceDigest: 'b'.repeat(64),
  imageDigest: `sha256:${'c'.repeat(64)}`,
  variantName: 'main',
  instanceType: 'ml.m5.large',
  instanceCount: 2,
  scaling: {
    minCapacity: 1,
    maxCapacity: 4,
    invocationsPerInstance: 100,
    scaleInCooldown: 60,
    scaleOutCooldown: 30,
  },
  strategy: { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: ['errors'] },
  staging: 'endpoint',
  environment: { LEVEL: 'd'.repeat(64) },
  settings: { kmsKeyId: 'key', vpc: { subnets: ['one'] } },
};

export const OLD = '1'.repeat(64);

export const subject: PlanSubject = {
  target: 'sagemaker',
  account: '123456789012',
  region: 'eu-central-1',
  endpoint: 'churn',
  desired,
  base: OLD,
};

export const details: PlanDetails = {
  action: 'update',
  version: desired.modelDigest,
  candidate: 'churn-c-00000000',
  changes: [{ field: 'model', from: OLD, to: desired.modelDigest }],
  findings: [{ level: 'ok', message: 'fine' }],
  sources: { modelUrl: 's3://b/m', modelSha256: null, referenceUrl: null, imageUri: null, release: null },
  environmentName: 'prod',
  commit: 'c0ffee',
  run: 'https://github.com/acme/churn/actions/runs/1',
  createdAt: '2026-01-02T03:04:05.000Z',
};
