import { expect, test } from 'vitest';
import { missingConfig } from '../../../../src/actions/resolve/missing-config.ts';

test.each([
  ['ml-deploy.yml', ['ml-deploy.yaml', 'model'], 'There is ml-deploy.yaml, but no ml-deploy.yml. Rename it.'],
  ['ml-deploy.yaml', ['ml-deploy.yml'], 'There is ml-deploy.yml, but no ml-deploy.yaml. Rename it.'],
  [
    'ml-deploy.yml',
    [],
    'There is no ml-deploy.yml, because the workspace is empty. Run actions/checkout before this step.',
  ],
])('%s, where there is %j', (name, files, message) => {
  expect(missingConfig(name, files)?.message).toBe(message);
});

test('a folder that shows no reason is none: the inputs may say everything', () => {
  expect(missingConfig('ml-deploy.yml', ['model', 'README.md'])).toBeNull();
});
