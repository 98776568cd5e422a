/** Inputs beyond the first: tolerances, generated rows, earlier models, drops in accuracy, what rolls back. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeKeys } from '../../../../src/core/stores.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { FakeTarget, V1, V2, versionInfo } from './fake-target.ts';
import { answerTo, invokerOf, LIVE, makeScene, ROWS, storeUrl, type Handler } from './scene.ts';

/** Probabilities half a thousandth off. */
const near: Handler = (rows) => ({
  ...answerTo(rows),
  probabilities: answerTo(rows).probabilities.map(([a = 0, b = 0]) => [a - 5e-4, b + 5e-4]),
});
const wrongLabels: Handler = (rows) => {
  const { predictions, probabilities } = answerTo(rows);
  return { predictions: predictions.map((label, at) => (at === 0 ? 1 - label : label)), probabilities };
};

const targetOf = (handler: Handler) => new FakeTarget({}, { '': invokerOf(handler) });

async function test(handler: Handler, inputs: Record<string, string>) {
  const target = targetOf(handler);
  const scene = await makeScene(target);
  const error = await scene.run({ ...LIVE, ...inputs }).then(
    () => '',
    (thrown: unknown) => String(thrown),
  );
  return { error, target, outputs: scene.ports.outputs, log: scene.ports.log };
}

describe('output-tolerances', () => {
  it('hold for one field or output, and for no other', async () => {
    expect((await test(near, {})).error).toContain('differ from the reference');
    expect((await test(near, { 'output-tolerances': 'probabilities=atol 1e-3' })).error).toBe('');
    expect((await test(near, { 'output-tolerances': 'scores=rtol 0, atol 1e-3' })).error).toBe('');
    expect((await test(near, { 'output-tolerances': 'predictions=atol 1e-3' })).error).toContain('differ');
  });

  it.each(['1e-3', 'rtol', 'rtol -1', 'rtol x', 'tol 1', 'rtol Infinity'])('"%s" is none', async (text) => {
    const { error } = await test(near, { 'output-tolerances': `probabilities=${text}` });
    expect(error).toContain(`output-tolerances: "${text}" for probabilities is not a valid tolerance.`);
  });
});

describe('max-accuracy-drop', () => {
  it('is measured from the reference over the same rows', async () => {
    const drop = { 'output-map': 'predictions=label', 'max-accuracy-drop': '0.1' };
    const failing = await test(wrongLabels, drop);
    // One label of each request of two rows is wrong.
    expect(failing.error).toContain(
      "The accuracy is 50 points below the reference's; a drop of 10 points is allowed.",
    );
    expect((await test(answerTo, { 'max-accuracy-drop': '0' })).error).toBe('');
  });
});

describe('rollback-on-latency', () => {
  it('makes latency alone a reason to roll back', async () => {
    const slow = { 'max-p50-ms': '1', 'rollback-on-failure': 'true' };
    expect((await test(answerTo, slow)).target.calls).toEqual([]);
    expect((await test(answerTo, { ...slow, 'rollback-on-latency': 'true' })).target.calls).toEqual([
      'rollback churn null from 2222',
    ]);
  });
});

describe('generated-rows', () => {
  it('keep to the ranges of the sample, the same ones every time', async () => {
    const invoker = invokerOf(answerTo);
    const run = async () => {
      const scene = await makeScene(new FakeTarget({}, { '': invoker }));
      return scene.run({ ...LIVE, 'generated-rows': '100', warmup: '0' });
    };
    const report = await run();
    expect(report.parity?.compared).toBe(300);
    expect(report.cases).toMatchObject({ rows: 100, labelled: false });
    const sent = () =>
      invoker.bodies.splice(0).flatMap((body) => (JSON.parse(body) as { instances: number[][] }).instances);
    // The first request waits for the endpoint.
    const rows = sent().slice(5);
    await run();
    expect(sent().slice(5)).toEqual(rows);
    for (const column of [0, 1]) {
      const seen = ROWS.map((row) => row[column] ?? 0);
      for (const row of rows) {
        expect(row[column]).toBeGreaterThanOrEqual(Math.min(...seen));
        expect(row[column]).toBeLessThanOrEqual(Math.max(...seen));
      }
    }
    expect(new Set(rows.map(String)).size).toBe(100);
  });
});

describe('inputs that do not go together', () => {
  it.each([
    [{ 'bearer-token': 't' }, 'bearer-token: is for endpoint-url only.'],
    [{ 'request-headers': 'a=b' }, 'request-headers: is for endpoint-url only.'],
    [{ 'rollback-on-latency': 'true' }, 'rollback-on-latency: does nothing without rollback-on-failure.'],
    [{ protocol: 'raw' }, 'protocol: "raw" sends bodies that an ONNX reference cannot read.'],
    [{ 'content-type': 'image/png' }, 'content-type: "image/png" is for protocol: raw only.'],
    [
      { 'generated-rows': '5', 'max-accuracy-drop': '0' },
      'max-accuracy-drop: of 0 needs cases with true labels.',
    ],
    [{ cases: '', 'generated-rows': '5' }, 'generated-rows: of 5 needs cases'],
    [{ 'earlier-models': 'gone.onnx' }, 'earlier-models: "gone.onnx" does not exist.'],
    [{ 'output-map': '$[=scores' }, '$[: is not a valid JSONPath'],
    [{ cases: '.' }, 'neither test_data_set_0 nor input_0.pb'],
  ])('%j are refused', async (inputs, message) => {
    expect((await test(answerTo, inputs)).error).toContain(message);
  });
});

describe('what is said and kept', () => {
  it('every failed check is an annotation of its own', async () => {
    const { log } = await test(near, { 'max-p50-ms': '1' });
    const warnings = log.lines.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings).toEqual([
      expect.stringMatching(/^endpoint churn, parity: 80 of 120 values/),
      expect.stringMatching(/^endpoint churn, p50 latency: /),
    ]);
  });

  it('the log of an endpoint that does not answer stands in the report, read before it is rolled back', async () => {
    const target = new FakeTarget({ status: 'not-serving', detail: '' }, {});
    target.logs = async () => `live ${target.description.live?.version.slice(0, 4)}: out of memory`;
    const scene = await makeScene(target);
    const error = await scene.run({ ...LIVE, 'rollback-on-failure': 'true' }).catch(String);
    expect(error).toContain('the platform says that it does not serve: it gives no reason.');
    expect(scene.ports.summaries.join()).toContain(`live ${V2.version.slice(0, 4)}: out of memory`);
    expect(target.description.live).toEqual(V1);
  });

  it.each(['manifest', 'tarManifest', 'filesManifest'] as const)(
    'a transport check is one in whatever form the model is stored: %s',
    async (manifest) => {
      const scene = await makeScene();
      const store = await openStore(storeUrl(scene.folder));
      const reference = 'f'.repeat(64);
      await writeFile(join(scene.folder, 'reference.onnx'), 'x');
      const digest = createHash('sha256').update('x').digest('hex');
      const files = [{ path: 'model.onnx', mode: '644', size: 1, sha256: digest }];
      await store.put(storeKeys[manifest](reference), JSON.stringify({ files }));
      const live = versionInfo(reference);
      const target = new FakeTarget({ live }, { '': invokerOf(answerTo) });
      const report = await scene.run(LIVE, { openTarget: async () => target });
      expect(report.kind).toBe('transport check');
    },
  );
});

describe('what the model cannot take', () => {
  it('is said with its row before anything is sent', async () => {
    const invoker = invokerOf(answerTo);
    const scene = await makeScene(new FakeTarget({}, { '': invoker }));
    const run = (rows: unknown[]) =>
      writeFile(join(scene.folder, 'cases.json'), JSON.stringify(rows)).then(() =>
        scene.run({ ...LIVE, 'rollback-on-failure': 'true' }).catch(String),
      );
    expect(await run([[1, 2, 3]])).toContain('cases, row 1: has 3 values, not 2');
    expect(invoker.bodies).toEqual([]);
    const late = [...Array.from({ length: 99 }, () => [1, 2]), [1, 'two']];
    expect(await run(late)).toContain('cases, row 100[1]: "two" is not a number');
  });

  it('is a tolerance of something that is not compared', async () => {
    const { error, target } = await test(near, {
      'output-tolerances': 'probabilites=atol 1e-3',
      'rollback-on-failure': 'true',
    });
    expect(error).toContain(
      'output-tolerances: names "probabilites", but nothing with that name is compared; the names are predictions, label,',
    );
    expect(target.calls).toEqual([]);
  });

  it('is a folder for the reports that cannot be made', async () => {
    const { error, target } = await test(near, {
      'report-dir': 'cases.json/x',
      'rollback-on-failure': 'true',
    });
    expect(error).toContain('report-dir: "cases.json/x" cannot be created: ');
    expect(target.calls).toEqual([]);
  });
});
