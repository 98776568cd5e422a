import { describe, expect, it } from 'vitest';
import type { ApprovalHost } from '../../../../src/core/approval/deployment-host.ts';
import { TransientError } from '../../../../src/core/approval/gate-host.ts';
import { patientHost } from '../../../../src/core/approval/patient.ts';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const busy = (refused: boolean, retryAfterMs: number | null = null) =>
  new TransientError('GitHub', 'GitHub is busy.', { refused, retryAfterMs });

/** A host whose every call fails so often, and then works. */
function host(error: Error, failures: number) {
  let left = failures;
  let calls = 0;
  const call = () => {
    calls += 1;
    return left-- > 0 ? Promise.reject(error) : Promise.resolve('done' as never);
  };
  const ports = fakePorts();
  const bare = { account: call, comment: call, setStatus: call, open: call } as unknown as ApprovalHost;
  return { ports, calls: () => calls, host: patientHost(bare, ports) };
}

const outcome = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

describe('patientHost', () => {
  it('tries to read again, later each time', async () => {
    const { host: patient, ports } = host(busy(false), 3);
    expect(await patient.account('a')).toBe('done');
    expect(ports.clock.sleeps).toEqual([2000, 4000, 8000]);
    expect(ports.log.text).toContain('Trying again in 2 s');
  });

  it('waits a minute, and then longer, for a secondary limit that names no time', async () => {
    const { host: patient, ports } = host(busy(true), 2);
    await patient.comment(1, 'text');
    expect(ports.clock.sleeps).toEqual([60_000, 120_000]);
  });

  it('waits as long as it is asked to', async () => {
    const { host: patient, ports } = host(busy(true, 7000), 1);
    await patient.comment(1, 'text');
    expect(ports.clock.sleeps).toEqual([7000]);
  });

  it('never writes again what may have been written', async () => {
    const error = busy(false);
    const { host: patient, calls } = host(error, 1);
    expect(await outcome(patient.comment(1, 'text'))).toBe(error);
    expect(calls()).toBe(1);
  });

  it.each([
    ['after four tries', busy(false), 4],
    ['where it is asked for too long', busy(true, 3_600_000), 1],
    ['at once for any other error', new UpstreamError('GitHub', 'no'), 1],
  ])('gives up %s', async (_, error, tries) => {
    const { host: patient, calls } = host(error, 99);
    expect(await outcome(patient.account('a'))).toBe(error);
    expect(calls()).toBe(tries);
  });

  it('ends with the cancellation', async () => {
    const { host: patient, ports } = host(busy(true), 99);
    ports.clock.onSleep = ports.cancel;
    expect(await outcome(patient.account('a'))).toBeInstanceOf(CancelledError);
  });
});
