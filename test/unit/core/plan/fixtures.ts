import type { Desired, PlanDetails, PlanSubject } from '../../../../src/documents/plan.ts';

/** A desired state with something in every field. */
export const desired: Desired = {
  model: 'a'.repeat(64),
  reference: 'b'.repeat(64),
  image: `sha256:${'c'.repeat(64)}`,
  environment: { LEVEL: `sha256:${'d'.repeat(64)}` },
  staging: 'endpoint',
  strategy: { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: ['errors'] },
  spec: { kmsKeyId: 'key', vpc: { subnets: ['one'] }, instanceCount: 2 },
};

export const OLD = '1'.repeat(64);

export const subject: PlanSubject = {
  repository: 'acme/churn',
  environmentName: 'prod',
  target: 'sagemaker',
  account: '123456789012',
  region: 'eu-central-1',
  endpoint: 'churn',
  desired,
  base: OLD,
  withdrawn: '2026-01-01T00:00:00.000Z',
  origin: {
    repository: 'acme/churn',
    commit: 'beef',
    run: 'https://github.com/acme/churn/actions/runs/1',
    actor: 'ivan',
    store: 's3://acme/store/',
  },
};

export const details: PlanDetails = {
  action: 'update',
  version: desired.model,
  candidate: 'churn-c-00000000',
  changes: [{ field: 'model', from: OLD, to: desired.model }],
  findings: [{ level: 'ok', message: 'fine' }],
  steps: [{ when: 'will', what: 'fine' }],
  sources: { modelUrl: 's3://b/m', modelSha256: null, referenceUrl: null, imageUri: null, release: null },
  commit: 'c0ffee',
  run: 'https://github.com/acme/churn/actions/runs/1',
  createdAt: '2026-01-02T03:04:05.000Z',
};
