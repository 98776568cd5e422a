import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../../src/core/errors.ts';
import { sender } from '../../../../src/core/smoke/exchange.ts';
import { NoAnswerError } from '../../../../src/core/targets.ts';

const failing = (error: Error) =>
  sender({ url: 'x', invoke: () => Promise.reject(error) }, new AbortController().signal);
const body = { content: '{}', contentType: 'application/json' };

describe('a request', () => {
  it('without an answer is an outcome, with how often it was sent again', async () => {
    const lost = new NoAnswerError('sagemaker', 'The endpoint could not be asked.', {
      cause: null,
      retries: 2,
    });
    expect(await failing(lost)(body)).toEqual({
      answer: null,
      failure: 'did not answer: The endpoint could not be asked.',
      isUp: false,
      retries: 2,
    });
  });

  it('that the platform refuses because of who sends it says nothing of the model, and ends the test', async () => {
    const refused = new UpstreamError('AWS', 'The AWS credentials have expired.', { refusesCaller: true });
    await expect(failing(refused)(body)).rejects.toBe(refused);
  });
});
