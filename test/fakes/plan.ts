import { makePlan, type Plan, type PlanDetails, type PlanSubject } from '../../src/documents/plan.ts';

/** A plan with a true digest. */
export function fakePlan(subject: Partial<PlanSubject> = {}, details: Partial<PlanDetails> = {}): Plan {
  const modelDigest = 'a'.repeat(64);
  return makePlan(
    {
      target: 'local',
      account: null,
      region: null,
      endpoint: 'churn',
      desired: {
        modelDigest,
        referenceDigest: 'b'.repeat(64),
        imageDigest: null,
        variantName: null,
        instanceType: null,
        instanceCount: null,
        scaling: null,
        strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
        staging: 'endpoint',
        environment: {},
        settings: {},
      },
      base: null,
      ...subject,
    },
    {
      action: 'create',
      version: modelDigest,
      candidate: 'churn-c-01234567',
      changes: [{ field: 'model', from: null, to: modelDigest }],
      findings: [{ level: 'ok', message: 'The port is free.' }],
      sources: {
        modelUrl: 'file:///model.tar.gz',
        modelSha256: null,
        referenceUrl: null,
        imageUri: null,
        release: null,
      },
      environmentName: 'prod',
      commit: 'c0ffee0000000000000000000000000000000000',
      run: '1001',
      createdAt: '2026-01-02T03:04:05.000Z',
      ...details,
    },
  );
}
