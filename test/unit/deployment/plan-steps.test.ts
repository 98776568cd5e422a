import { expect, it } from 'vitest';
import { stepLines } from '../../../src/core/plan/steps.ts';
import { planSteps } from '../../../src/deployment/plan-steps.ts';
import type { PlanLine } from '../../../src/deployment/plan.ts';

const line = (kind: PlanLine['step']['kind'], when: PlanLine['when'], more: object = {}): PlanLine => ({
  step: { kind, of: 'v2' },
  when,
  ...more,
});

it('tells a forecast for people: what will be done, what may be, and what is done if it fails', () => {
  const lines = [
    line('make-version', 'will'),
    line('shift', 'will'),
    line('retire-version', 'if', { because: 'sagemaker:ListEndpoints' }),
    line('drop-candidate', 'if-it-fails'),
  ];
  const forecast = { lines, end: { kind: 'serves', changed: true } } as const;
  const calls = ({ kind }: PlanLine['step']) =>
    kind === 'make-version' ? ['CreateModel', 'CreateEndpointConfig'] : [];
  const steps = planSteps(forecast, 'churn', { calls });
  expect(steps.map(({ when }) => when)).toEqual(['will', 'will', 'if', 'if-it-fails']);
  expect(stepLines(steps)).toEqual([
    'The version v2 is created. (CreateModel, CreateEndpointConfig)',
    'churn is moved to v2.',
    'If needed: The old version v2 is removed. (not known: sagemaker:ListEndpoints)',
    'If it fails: The candidate v2 is removed.',
  ]);
});
