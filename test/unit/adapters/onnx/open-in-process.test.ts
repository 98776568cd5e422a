/** A model in a process of its own gives what it gives here, and is ended where it does not end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createProcessOpener,
  type ProcessOpenerOptions,
} from '../../../../src/adapters/onnx/process/open-in-process.ts';
import { CancelledError, StoppedModelError, UserError } from '../../../../src/core/errors.ts';
import type { ModelSession, RuntimeChoice } from '../../../../src/core/model-session.ts';
import { fixture, fixtureCases, floats, open, openerOptions, RUNTIMES } from './support.ts';

const SCRIPT = join(import.meta.dirname, 'model-process.ts');
const ROW = { x: floats([1, 2]) };
/** Ample for what ends. */
const LONG = 120_000;

function optionsOf(changes: Partial<ProcessOpenerOptions> = {}) {
  const { signal } = new AbortController();
  return { ...openerOptions(), script: SCRIPT, env: {}, runMs: LONG, signal, ...changes };
}

async function openThere(
  name: string,
  runtime: RuntimeChoice,
  changes: Partial<ProcessOpenerOptions> = {},
): Promise<ModelSession> {
  const session = await createProcessOpener(optionsOf(changes))(fixture(name), {
    label: `${name}.onnx`,
    runtime,
  });
  onTestFinished(() => session.close());
  return session;
}

/** A script that throws an error with this text, and does nothing else. */
function throwing(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'model-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'throw.mjs'), `throw new Error(${text});`);
  return join(folder, 'throw.mjs');
}

describe.each(RUNTIMES)('%s', (runtime) => {
  it.each(['gemm', 'top_k', 'float16', 'string_normalizer'])('%s gives what it gives here', async (name) => {
    const { feeds } = fixtureCases().find((one) => one.name === name)!;
    const here = await open(fixture(name), runtime);
    const there = await openThere(name, runtime);
    expect(there.runtime).toBe(runtime);
    expect(there.signature).toEqual(here.signature);
    expect(await there.run(feeds)).toEqual(await here.run(feeds));
    await here.close();
  });

  it('a run that is cancelled ends at once, although its limit is far', async () => {
    const controller = new AbortController();
    const session = await openThere('endless', runtime, { signal: controller.signal });
    const running = session.run(ROW);
    controller.abort();
    await expect(running).rejects.toBeInstanceOf(CancelledError);
    await expect(session.run(ROW)).rejects.toBeInstanceOf(CancelledError);
  });

  it('a run without an end is ended at its limit, and nothing is answered afterwards', async () => {
    const session = await openThere('endless', runtime, { runMs: 200 });
    const message = 'endless.onnx did not end within 0.2 s, and was stopped.';
    const runs = [session.run(ROW), session.run(ROW)];
    for (const run of await Promise.allSettled(runs)) {
      expect(run).toMatchObject({ status: 'rejected', reason: { message } });
    }
    await expect(session.run(ROW)).rejects.toBeInstanceOf(StoppedModelError);
  });
});

it('says what is wrong with a model or with feeds as a session here does', async () => {
  const bad = openThere('refused_operator', 'wasm');
  await expect(bad).rejects.toBeInstanceOf(UserError);
  await expect(bad).rejects.toThrow('refused_operator.onnx uses the operator Magic');
  const session = await openThere('gemm', 'wasm');
  await expect(session.run({})).rejects.toBeInstanceOf(UserError);
});

it('a process that breaks down says so, with its last words', async () => {
  const script = throwing('"no such thing"');
  await expect(openThere('gemm', 'wasm', { script })).rejects.toThrow(
    /process that runs gemm\.onnx broke down \(exit code 1\): .*no such thing/s,
  );
});

it('a step that was cancelled before opens nothing', async () => {
  await expect(openThere('gemm', 'wasm', { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
    CancelledError,
  );
});

it('gives the process nothing of the environment but what it needs to start', async () => {
  const script = throwing('Object.keys(process.env).sort().join()');
  const env = { PATH: '/bin', AWS_SECRET_ACCESS_KEY: 's', RUNNER_TRACKING_ID: 'r', NODE_OPTIONS: '' };
  await expect(openThere('gemm', 'wasm', { script, env })).rejects.toThrow(
    /Error: (NODE_\w+,)*PATH,RUNNER_TRACKING_ID\n/,
  );
});
