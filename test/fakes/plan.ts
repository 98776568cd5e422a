import { makePlan, type Plan, type PlanDetails, type PlanSubject } from '../../src/documents/plan.ts';

/** A plan with a true digest. */
export function fakePlan(subject: Partial<PlanSubject> = {}, details: Partial<PlanDetails> = {}): Plan {
  const model = 'a'.repeat(64);
  return makePlan(
    {
      repository: 'acme/churn',
      environmentName: 'prod',
      target: 'local',
      account: null,
      region: null,
      endpoint: 'churn',
      desired: {
        model,
        reference: 'b'.repeat(64),
        environment: {},
        staging: 'endpoint',
        strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
        spec: {},
      },
      base: null,
      ...subject,
    },
    {
      action: 'create',
      version: model,
      candidate: 'churn-c-01234567',
      changes: [{ field: 'model', from: null, to: model }],
      findings: [{ level: 'ok', message: 'The port is free.' }],
      steps: [{ when: 'will', what: 'The version is put in place.' }],
      sources: {
        modelUrl: 'file:///model.tar.gz',
        modelSha256: null,
        referenceUrl: null,
        imageUri: null,
        release: null,
      },
      commit: 'c0ffee0000000000000000000000000000000000',
      run: '1001',
      createdAt: '2026-01-02T03:04:05.000Z',
      ...details,
    },
  );
}
