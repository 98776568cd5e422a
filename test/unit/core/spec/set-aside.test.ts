/** What a step gives otherwise is not asked of ml-deploy.yml. */
import { expect, it } from 'vitest';
import { specs } from '../../../../src/actions/specs.ts';
import { setAsideBy } from '../../../../src/core/spec/action-spec.ts';
import { spec } from '../../../../src/actions/smoke-test/spec.ts';

const given =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name);

it('a step that gives a URL does without the endpoint of ml-deploy.yml, and the other way round', () => {
  expect([...setAsideBy(spec, given('endpoint-url', 'cases'))]).toEqual([
    'target',
    'endpoint-name',
    'rollback-on-failure',
    'rollback-on-latency',
  ]);
  expect([...setAsideBy(spec, given('endpoint-name', 'target'))]).toEqual(['endpoint-url']);
  expect(setAsideBy(spec, given('cases')).size).toBe(0);
});

it('only inputs that there are stand instead of others', () => {
  for (const { inputs, instead = {} } of specs)
    for (const name of [...Object.keys(instead), ...Object.values(instead).flat()])
      expect(Object.keys(inputs)).toContain(name);
});
