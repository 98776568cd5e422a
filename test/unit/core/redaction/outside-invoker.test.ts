import { expect, it } from 'vitest';
import { outsideInvoker } from '../../../../src/core/redaction/outside.ts';
import { Redactor } from '../../../../src/core/redaction/redactor.ts';
import type { EndpointInvoker } from '../../../../src/core/targets.ts';

it('says what the platform takes, as the invoker behind it does', () => {
  const invoker: EndpointInvoker = {
    url: 'http://host',
    bodyBytes: 100,
    invoke: () => Promise.reject(new Error('not in this test')),
  };
  expect(outsideInvoker(invoker, new Redactor())).toMatchObject({ url: 'http://host', bodyBytes: 100 });
});
