import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../../../src/documents/plan.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.bed.dispose());

test('the plan says where each input comes from, and its digest does not depend on it', async () => {
  const origins = new Map([
    ['command', ''],
    ['environment', ''],
    ['model-data-url', ''],
    ['target', 'ml-deploy.yml, defaults'],
    ['local: port', 'ml-deploy.yml, models.churn.environments.dev'],
  ]);
  const values = { ...bench.model('one'), command: 'plan' };
  const told = await bench.run(values, { origins });
  expect(told.error).toBeNull();
  const plan = JSON.parse(await readFile(told.outputs['plan-path'] ?? '', 'utf8')) as Plan;
  const plain = await bench.run(values);
  expect(plan.inputOrigins).toEqual({
    'model-data-url': 'with:',
    target: 'ml-deploy.yml, defaults',
    'local: port': 'ml-deploy.yml, models.churn.environments.dev',
  });
  expect(told.outputs['plan-digest']).toBe(plain.outputs['plan-digest']);
  expect(told.summary).toContain('Where the inputs come from');
  expect(told.summary).toContain('`ml-deploy.yml, models.churn.environments.dev`');
  expect(plain.summary).not.toContain('Where the inputs come from');
});
