import { expect, test } from 'vitest';
import { CancelledError, OutcomeError, pageOf, UpstreamError, UserError } from '../../../src/core/errors.ts';

test('the page is that of the error, else of what caused it', () => {
  const denied = new UpstreamError('AWS', 'No.', { page: 'missing-permission' });
  expect(pageOf(denied)).toBe('missing-permission');
  expect(pageOf(new OutcomeError('It failed.', { cause: denied }))).toBe('missing-permission');
  expect(pageOf(new OutcomeError('It failed.', { cause: denied, page: 'failed' }))).toBe('failed');
  expect(pageOf(UserError.of([{ where: 'x', message: 'is wrong.' }], { page: 'wrong-config' }))).toBe(
    'wrong-config',
  );
  expect(pageOf(new CancelledError())).toBe('cancelled');
});

test.each([new UserError('x'), new Error('x', { cause: 'y' }), 'text', null, undefined])(
  '%s has none',
  (thrown) => expect(pageOf(thrown)).toBeNull(),
);
