import { describe, expect, it } from 'vitest';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import { FakeTarget, V1, V2, versionInfo } from './fake-target.ts';
import { answerTo, invokerOf, LIVE, makeScene, type Handler } from './scene.ts';

const inputs = { ...LIVE, 'rollback-on-failure': 'true' };
const wrong: Handler = (rows) => ({ ...answerTo(rows), probabilities: rows.map(() => [0.25, 0.75]) });

async function failureOf(target: FakeTarget, texts: Record<string, string> = inputs) {
  const scene = await makeScene(target);
  const error = await scene.run(texts).catch((thrown: unknown) => thrown);
  return { message: String(error), error, outputs: scene.ports.outputs };
}

describe('rollback-on-failure', () => {
  it('brings the old version back, reads it back, and fails all the same', async () => {
    const target = new FakeTarget({}, { '': invokerOf(wrong) });
    const { message, outputs } = await failureOf(target);
    expect(target.calls).toEqual(['rollback churn null from 2222']);
    expect(target.description.live).toEqual(V1);
    expect(outputs['rolled-back']).toBe('true');
    expect(message).toContain('differ from the reference');
    expect(message).toContain('churn was rolled back to 111111111111, which serves again.');
  });

  it('does nothing where the test passes', async () => {
    const target = new FakeTarget({}, { '': invokerOf(answerTo) });
    const scene = await makeScene(target);
    expect((await scene.run(inputs)).rollback).toBeNull();
    expect(target.calls).toEqual(['markVerified churn 2222']);
  });

  it('says that there is nothing to go back to on a first release', async () => {
    const target = new FakeTarget({ previous: null }, { '': invokerOf(wrong) });
    const { message, outputs } = await failureOf(target);
    expect(message).toContain('There is nothing to roll back to: this is the first release of churn.');
    expect(outputs['rolled-back']).toBe('false');
    expect(target.calls).toEqual([]);
  });

  it('leaves a version alone that went live while another was tested', async () => {
    const target = new FakeTarget({}, {});
    const invoker = invokerOf((rows) => {
      target.description = { ...target.description, live: versionInfo('9'.repeat(64)) };
      return wrong(rows);
    });
    target.invoker = async () => invoker;
    const { message, outputs } = await failureOf(target);
    expect(message).toContain('its live version changed from 222222222222 to 999999999999');
    expect(outputs['rolled-back']).toBe('false');
    expect(target.calls).toEqual([]);
  });

  it('is honest where the platform says done, and the bad version still serves', async () => {
    const target = new FakeTarget({}, { '': invokerOf(wrong) });
    target.onRollback = () => undefined;
    const { message, outputs } = await failureOf(target);
    expect(message).toContain(
      'The rollback of churn to 111111111111 did not take effect: 222222222222 serves. Done.',
    );
    expect(outputs['rolled-back']).toBe('false');
  });

  it('is honest where the old version does not come up', async () => {
    const target = new FakeTarget({}, { '': invokerOf(wrong) });
    target.onRollback = () => {
      target.description = { ...target.description, live: V1, status: 'not-serving', detail: 'It crashed.' };
    };
    const { message, outputs } = await failureOf(target);
    expect(message).toContain('did not take effect: it is not-serving: It crashed. Done.');
    expect(outputs['rolled-back']).toBe('false');
  });

  it('reports a rollback that the platform refuses', async () => {
    const target = new FakeTarget({}, { '': invokerOf(wrong) });
    target.onRollback = () => {
      throw new UpstreamError('fake', 'Another operation is under way.');
    };
    const { message, outputs } = await failureOf(target);
    expect(message).toContain(
      'The rollback of churn failed: Another operation is under way. Roll it back by hand.',
    );
    expect(outputs).toMatchObject({
      'rolled-back': 'false',
      mismatches: expect.not.stringMatching(/^0?$/) as string,
    });
  });

  it('stops where the run is cancelled', async () => {
    const target = new FakeTarget({}, { '': invokerOf(wrong) });
    target.onRollback = () => {
      throw new CancelledError();
    };
    expect((await failureOf(target)).error).toBeInstanceOf(CancelledError);
  });

  it('rolls back an endpoint that no longer answers, without a long wait where the platform knows', async () => {
    const target = new FakeTarget({ status: 'not-serving', detail: 'The process is gone.' }, {});
    target.onRollback = () => {
      target.description = { ...target.description, live: V1, previous: null, status: 'serving' };
    };
    const { message, outputs } = await failureOf(target);
    expect(message).toContain(
      'does not answer: it did not answer: the platform says that it does not serve: The process is gone',
    );
    expect(outputs['rolled-back']).toBe('true');
  });

  it.each([
    [
      'latency alone',
      answerTo,
      { 'max-p50-ms': '1' },
      /latency.*was not rolled back: what failed \(p50 latency\)/s,
    ],
    [
      'a flaw in how it speaks',
      answerTo,
      { probes: 'always' },
      /empty batch.*was not rolled back: what failed \(probe: empty batch\)/s,
    ],
  ] as const)('is not for %s', async (_name, handler, more, message) => {
    const invoker = invokerOf(handler);
    const odd = {
      ...invoker,
      invoke: async (...args: Parameters<typeof invoker.invoke>) =>
        String(args[0]) === '{"instances":[]}'
          ? { status: 500, contentType: '', body: new Uint8Array(), latencyMs: 1, version: null }
          : invoker.invoke(...args),
    };
    const target = new FakeTarget({}, { '': odd });
    const failed = await failureOf(target, { ...inputs, ...more });
    expect(failed.message).toMatch(message);
    expect(target.calls).toEqual([]);
    expect(failed.outputs['rolled-back']).toBe('false');
  });

  it.each([
    [
      'bad cases',
      400,
      { reference: 'none', 'model-path': '' },
      /was not rolled back: what failed \(error rate/,
    ],
    ['our credentials', 403, {}, /refuses these credentials \(HTTP 403\)/],
  ] as const)('is not for an endpoint that refuses %s with %i', async (_name, status, more, message) => {
    const target = new FakeTarget({ live: V2 }, { '': refusing(status) });
    const failed = await failureOf(target, { ...inputs, ...more });
    expect(failed.message).toMatch(message);
    expect(target.calls).toEqual([]);
  });

  it('is for an endpoint that refuses rows which the reference takes', async () => {
    const target = new FakeTarget({}, { '': refusing(400) });
    expect((await failureOf(target)).outputs['rolled-back']).toBe('true');
  });

  it('is not for credentials that run out in the middle of the test', async () => {
    const invoker = invokerOf(answerTo);
    const expiring = {
      ...invoker,
      invoke: async (...args: Parameters<typeof invoker.invoke>) =>
        invoker.bodies.length > 10 ? refusing(401).invoke() : invoker.invoke(...args),
    };
    const target = new FakeTarget({}, { '': expiring });
    expect((await failureOf(target)).message).toContain('refuses these credentials (HTTP 401)');
    expect(target.calls).toEqual([]);
  });

  it('is not for a difference from another reference than the release names', async () => {
    const live = { ...V2, referenceDigest: 'a'.repeat(64) };
    const target = new FakeTarget({ live }, { '': invokerOf(wrong) });
    expect((await failureOf(target)).message).toContain('was not rolled back: what failed (parity)');
    expect(target.calls).toEqual([]);
  });
});

function refusing(status: number) {
  return {
    url: 'http://fake/invocations',
    invoke: async () => ({ status, contentType: '', body: Buffer.from('no'), latencyMs: 1, version: null }),
  };
}
