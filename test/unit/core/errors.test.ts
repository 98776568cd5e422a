import { expect, test } from 'vitest';
import {
  CancelledError,
  errorCode,
  messageOf,
  OutcomeError,
  pageOf,
  UpstreamError,
  UserError,
  whyUnreadable,
} from '../../../src/core/errors.ts';

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

const thrownBy = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (error) {
    return error;
  }
};
const deep = (): unknown => [deep()];
const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([
  ['a value is nested too deeply', () => deep()],
  ['a value contains itself', () => JSON.stringify(circular)],
  ['a string is too long for the memory', () => 'x'.repeat(2 ** 29).padEnd(2 ** 30)],
  ['a value is too large for the memory', () => new Array<number>(-1)],
  ['a value is too large for the memory', () => new Uint8Array(2 ** 53 - 1)],
])('the engine’s words become: %s', (words, action) => {
  expect(messageOf(thrownBy(action))).toBe(words);
});

test.each([
  [new Error('It failed.'), 'It failed.'],
  ['text', '"text"'],
  [undefined, 'undefined'],
  [circular, 'a value contains itself'],
  [10n, 'Do not know how to serialize a BigInt'],
])('%s has a text', (thrown, text) => expect(messageOf(thrown)).toBe(text));

test('the code of an error is told where it has one', () => {
  expect(errorCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect(errorCode(Object.assign(new Error('x'), { code: 3 }))).toBe('');
  expect(errorCode(new Error('x'))).toBe('');
  expect(errorCode('ENOENT')).toBe('');
});

test.each([
  ['ENOENT', 'does not exist.'],
  ['ENOTDIR', 'does not exist.'],
  ['EISDIR', 'is a folder, not a file.'],
  ['EACCES', 'cannot be read by the user that runs this step.'],
  ['ELOOP', 'is part of a circle of links.'],
  ['EIO', 'cannot be read (i/o error, read).'],
])('why a path is not read: %s', (code, words) => {
  expect(whyUnreadable(Object.assign(new Error('i/o error, read'), { code }))).toBe(words);
});
