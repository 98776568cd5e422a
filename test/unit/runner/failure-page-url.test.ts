import { expect, test } from 'vitest';
import { failurePageUrl } from '../../../src/runner/failure-page-url.ts';

test('the page is that of the repository that the action is from', () => {
  expect(failurePageUrl('quota', { GITHUB_ACTION_REPOSITORY: 'acme/ml-deploy' })).toBe(
    'https://github.com/acme/ml-deploy/blob/main/docs/failures/quota.md',
  );
});

test.each([undefined, '', '../../evil', 'a b/c'])('without one (%j), that of the project', (from) => {
  expect(failurePageUrl('quota', { GITHUB_ACTION_REPOSITORY: from })).toBe(
    'https://github.com/org/ml-deploy/blob/main/docs/failures/quota.md',
  );
});
