/** A run that is cancelled reports how far it came, whenever that is, and ends as cancelled. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CancelledError } from '../../../../src/core/errors.ts';
import type { SmokePorts } from '../../../../src/actions/smoke-test/ports.ts';
import { FakeTarget } from './fake-target.ts';
import { answerTo, invokerOf, LIVE, makeScene, type Row } from './scene.ts';

interface Ended {
  readonly scene: Awaited<ReturnType<typeof makeScene>>;
  readonly error: unknown;
  readonly reports: Readonly<Record<'report-json' | 'report-junit' | 'report-html', string>>;
}

const wrong = (rows: readonly Row[]) => answerTo(rows.map(([a = 0, b = 0]) => [b, a]));

async function cancelled(
  target: FakeTarget,
  given: Record<string, string> = {},
  ports: Partial<SmokePorts> = {},
): Promise<Ended> {
  const scene = await makeScene(target);
  const error = await scene.run({ ...LIVE, ...given }, ports).catch((thrown: unknown) => thrown);
  const { outputs } = scene.ports;
  const read = (name: keyof Ended['reports']) => readFileSync(outputs[name] ?? '', 'utf8');
  return {
    scene,
    error,
    reports: {
      'report-json': read('report-json'),
      'report-junit': read('report-junit'),
      'report-html': read('report-html'),
    },
  };
}

function stop(): never {
  throw new CancelledError();
}

class StoppedTarget extends FakeTarget {
  override readonly describe = (): Promise<never> => Promise.reject(new CancelledError());
}

const early: [string, () => Promise<Ended>][] = [
  ['while the endpoint is looked up', () => cancelled(new StoppedTarget({}, {}))],
  [
    'while the reference is opened',
    () => cancelled(new FakeTarget({}, { '': invokerOf(answerTo) }), {}, { openSession: async () => stop() }),
  ],
  [
    'before the first answer',
    () => cancelled(new FakeTarget({}, { '': { url: 'http://fake', invoke: async () => stop() } })),
  ],
];

it.each(early)('%s: reports that nothing is proven, and rolls nothing back', async (_, run) => {
  const { scene, error, reports } = await run();
  expect(error).toBeInstanceOf(CancelledError);
  for (const text of Object.values(reports))
    expect(text).toContain('The run was cancelled before the test ended');
  expect(JSON.parse(reports['report-json'])).toMatchObject({
    passed: false,
    subject: { endpoint: 'churn' },
    checks: [{ name: 'cancelled', passed: false }],
  });
  expect(scene.ports.outputs).toMatchObject({ passed: 'false', compared: '0', 'rolled-back': 'false' });
  expect(scene.ports.summaries.join('\n')).toContain('The run was cancelled');
});

it('while the version is rolled back: reports what was found, and that the rollback is not certain', async () => {
  const target = new FakeTarget({}, { '': invokerOf(wrong) });
  target.onRollback = stop;
  const { scene, error, reports } = await cancelled(target, { 'rollback-on-failure': 'true' });
  expect(error).toBeInstanceOf(CancelledError);
  const { rollback, parity } = JSON.parse(reports['report-json']) as {
    rollback: { rolledBack: boolean; message: string };
    parity: { mismatches: number };
  };
  expect(parity.mismatches).toBeGreaterThan(0);
  expect(rollback.rolledBack).toBe(false);
  expect(rollback.message).toBe(
    'The run was cancelled before the rollback of churn was read back. Look at which version serves.',
  );
  expect(scene.ports.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
});

it('while the log of a silent endpoint is read: reports what was found', async () => {
  const silent = { url: 'http://fake', invoke: () => Promise.reject(new Error('connection refused')) };
  const target = new FakeTarget({ status: 'not-serving', detail: 'gone' }, { '': silent });
  target.logs = async () => stop();
  const { error, reports } = await cancelled(target);
  expect(error).toBeInstanceOf(CancelledError);
  expect(reports['report-json']).toContain('The endpoint does not answer');
});
