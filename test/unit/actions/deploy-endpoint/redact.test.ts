import { expect, it } from 'vitest';
import { Redactor, redactedPorts } from '../../../../src/actions/deploy-endpoint/redact.ts';
import {
  CancelledError,
  OutcomeError,
  pageOf,
  UpstreamError,
  UserError,
} from '../../../../src/core/errors.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const redactor = new Redactor();
redactor.add(
  new Map([
    ['TOKEN', 'hunter2'],
    ['LONGER', 'hunter2-and-more'],
    ['DEBUG', 'true'],
    ['SAGEMAKER_PROGRAM', 'inference.py'],
  ]),
);

it('takes values out, and leaves what is no secret', () => {
  expect(redactor.text('hunter2-and-more, hunter2, true, inference.py')).toBe('***, ***, true, inference.py');
});

it('cleans the log, the summary and the outputs', () => {
  const ports = fakePorts();
  const { log, report } = redactedPorts(ports, redactor);
  log.info('a hunter2');
  log.warning('b hunter2');
  report.summary('c hunter2');
  report.output('x', 'd hunter2');
  report.output('y', 5);
  expect(ports.log.text).toBe('a ***\nb ***');
  expect(ports.summaries).toEqual(['c ***']);
  expect(ports.outputs).toEqual({ x: 'd ***', y: '5' });
});

it.each([
  [
    'UpstreamError',
    new UpstreamError('AWS', 'It refused hunter2.', { detail: 'log: hunter2', cause: new Error('hunter2') }),
  ],
  ['UserError', new UserError('It refused hunter2.', { cause: new Error('x') })],
  ['OutcomeError', new OutcomeError('It refused hunter2.')],
  ['Error', new TypeError('It refused hunter2.')],
])('makes another %s where one quotes a value', (name, error) => {
  const clean = redactor.error(error) as UpstreamError;
  expect(clean).toMatchObject({ name, message: 'It refused ***.' });
  expect([clean.stack, clean.detail, clean.cause].join()).not.toContain('hunter2');
});

it('keeps the page, also that of a cause that is dropped', () => {
  const cause = new UpstreamError('AWS', 'hunter2', { page: 'quota' });
  expect(pageOf(redactor.error(new OutcomeError('It refused hunter2.', { cause })))).toBe('quota');
});

it('drops a cause that quotes one, and leaves other errors alone', () => {
  const quoting = new UpstreamError('AWS', 'Refused.', { cause: new Error('hunter2') });
  expect((redactor.error(quoting) as Error).cause).toBeUndefined();
  for (const error of [
    new UpstreamError('AWS', 'Refused.', { cause: new Error('x') }),
    new CancelledError(),
    'text',
  ]) {
    expect(redactor.error(error)).toBe(error);
  }
});
