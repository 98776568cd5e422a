/** A reference that never ends, for real: the step goes on, says so, and blames nobody else. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProcessOpener } from '../../../../src/adapters/onnx/process/open-in-process.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { openerOptions, REPOSITORY } from '../../adapters/onnx/support.ts';
import { FakeTarget, V2 } from './fake-target.ts';
import { answerTo, invokerOf, LIVE, makeScene } from './scene.ts';

const SCRIPT = join(REPOSITORY, 'test/unit/adapters/onnx/model-process.ts');

async function test(runMs: number, controller = new AbortController()) {
  const invoker = invokerOf(answerTo);
  const target = new FakeTarget({ live: V2 }, { '': invoker });
  const scene = await makeScene(target);
  copyFileSync(join(REPOSITORY, 'test/fixtures/onnx/endless.onnx'), join(scene.folder, 'reference.onnx'));
  writeFileSync(join(scene.folder, 'cases.json'), '{"instances": [[1, 2], [3, 4]]}');
  const { signal } = controller;
  const openSession = createProcessOpener({ ...openerOptions(), script: SCRIPT, env: {}, runMs, signal });
  const inputs = { ...LIVE, 'rollback-on-failure': 'true', runtime: 'wasm' };
  const running = scene.run(inputs, {
    signal,
    openSession: async (...model) => {
      const session = await openSession(...model);
      const run: typeof session.run = (feeds) => {
        const answer = session.run(feeds);
        // In the middle of the run, if that is what the test is about.
        if (runMs > 1000) controller.abort();
        return answer;
      };
      return { ...session, run };
    },
  });
  const error = await running.then(
    () => null,
    (thrown: unknown) => thrown as Error,
  );
  return { error, target, invoker, ports: scene.ports };
}

it('ends at its limit as a fault of the reference: reports, and no rollback', async () => {
  const { error, target, invoker, ports } = await test(200);
  expect(error?.message).toContain('reference.onnx did not end within 0.2 s, and was stopped.');
  expect(error?.message).toContain('ML_DEPLOY_REFERENCE_SECONDS');
  expect(error?.message).toContain('churn was not rolled back');
  expect(target.calls.filter((call) => call.startsWith('rollback'))).toEqual([]);
  expect(invoker.bodies).toEqual([]);
  const { outputs } = ports;
  expect(readFileSync(outputs['report-junit'] ?? '', 'utf8')).toContain('did not end within 0.2 s');
  expect(outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
});

it('ends with the step that is cancelled: reports, and no rollback', async () => {
  const { error, target, ports } = await test(120_000);
  expect(error).toBeInstanceOf(CancelledError);
  const { outputs } = ports;
  expect(outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
  for (const name of ['report-json', 'report-junit', 'report-html'] as const) {
    expect(readFileSync(outputs[name] ?? '', 'utf8'), name).toContain(
      'The run was cancelled before the test ended',
    );
  }
  expect(readFileSync(outputs['report-json'] ?? '', 'utf8')).toContain('churn was not rolled back');
  expect(target.calls.filter((call) => call.startsWith('rollback'))).toEqual([]);
});
