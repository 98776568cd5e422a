import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { Meter, stopIfCancelled } from '../../../../src/core/archive/streams.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { CancelledError } from '../../../../src/core/errors.ts';

it('meters what flows through', async () => {
  const meter = new Meter();
  expect((await buffer(Readable.from(['ab', 'c']).pipe(meter))).toString()).toBe('abc');
  expect([meter.bytes, meter.sha256, meter.sha256]).toEqual([3, sha256('abc'), sha256('abc')]);
});

it('stops only where the signal is aborted', () => {
  expect(() => stopIfCancelled(undefined)).not.toThrow();
  expect(() => stopIfCancelled(new AbortController().signal)).not.toThrow();
  expect(() => stopIfCancelled(AbortSignal.abort())).toThrow(CancelledError);
});
