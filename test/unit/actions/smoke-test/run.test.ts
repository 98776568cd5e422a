import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spec } from '../../../../src/actions/smoke-test/spec.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import {
  CancelledError,
  OutcomeError,
  pageOf,
  UpstreamError,
  UserError,
} from '../../../../src/core/errors.ts';
import { reportDigest, type SmokeReport } from '../../../../src/core/smoke/report.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { candidateInfo, FakeTarget, V2, versionInfo } from './fake-target.ts';
import { answerTo, invokerOf, LABELS, LIVE, makeScene, ROWS, storeUrl } from './scene.ts';

const live = (handler: Parameters<typeof invokerOf>[0]) => new FakeTarget({}, { '': invokerOf(handler) });

describe('a live version that predicts what the model predicts', () => {
  it('passes, is marked as verified, and every output is set', async () => {
    const target = live(answerTo);
    const scene = await makeScene(target);
    const report = await scene.run({ ...LIVE, 'min-accuracy': '0.95' });
    expect(report).toMatchObject({ passed: true, kind: 'parity' });
    expect(report.parity).toMatchObject({ compared: 120, mismatches: 0, rows: 40, rowsWrong: 0 });
    expect(target.calls).toEqual(['markVerified churn 2222']);
    expect(Object.keys(scene.ports.outputs).sort()).toEqual(Object.keys(spec.outputs).sort());
    expect(scene.ports.outputs).toMatchObject({
      passed: 'true',
      compared: '120',
      mismatches: '0',
      accuracy: '1',
      'error-rate': '0',
      'rolled-back': 'false',
    });
    expect(Number(scene.ports.outputs['max-abs-diff'])).toBeGreaterThan(0);
    expect(Number(scene.ports.outputs['max-abs-diff'])).toBeLessThan(1e-6);
  });

  it('writes the three reports and a summary with the verdict first', async () => {
    const scene = await makeScene(live(answerTo));
    const report = await scene.run({ ...LIVE, 'report-dir': 'reports' });
    const { outputs } = scene.ports;
    expect(outputs['report-json']).toBe(join(scene.folder, 'reports', 'report.json'));
    const written = JSON.parse(await readFile(outputs['report-json'] ?? '', 'utf8')) as SmokeReport;
    expect(reportDigest(written)).toBe(reportDigest(report));
    expect(await readFile(outputs['report-junit'] ?? '', 'utf8')).toContain('failures="0"');
    expect(await readFile(outputs['report-html'] ?? '', 'utf8')).toContain(
      '<h1>Smoke test of endpoint churn: passed</h1>',
    );
    expect(scene.ports.summaries[0]).toMatch(/^### ✅ Smoke test of endpoint churn: passed/);
  });

  it('sends no probes to the live version unless asked to, and leaves the warm-up out', async () => {
    const invoker = invokerOf(answerTo);
    const scene = await makeScene(new FakeTarget({}, { '': invoker }));
    const report = await scene.run({ ...LIVE, warmup: '5' });
    // One to see whether it answers, five for warm-up, and 20 of two rows each.
    expect(invoker.bodies).toHaveLength(26);
    expect(report.latency).toMatchObject({ n: 20, min: 7, max: 26, p50: 16, p95: 25, p99: 26 });
    expect(invoker.bodies.every((body) => body.startsWith('{"instances":[['))).toBe(true);
  });

  it('sends as many requests as are wanted', async () => {
    const scene = await makeScene(live(answerTo));
    expect((await scene.run({ ...LIVE, requests: '137', concurrency: '4' })).latency?.n).toBe(137);
  });

  it('makes its own cases from the signature where none are given, the same ones each time', async () => {
    const invoker = invokerOf(answerTo);
    const { cases: _, ...inputs } = LIVE;
    const scene = await makeScene(new FakeTarget({}, { '': invoker }));
    const report = await scene.run(inputs);
    const again = invokerOf(answerTo);
    await (await makeScene(new FakeTarget({}, { '': again }))).run(inputs);
    expect(report.parity?.compared).toBe(16 * 3);
    expect(again.bodies).toEqual(invoker.bodies);
    expect(scene.ports.log.text).toContain('16 seeded rows');
  });

  it('says where model-path is not the reference that the release names', async () => {
    const target = new FakeTarget(
      { live: { ...V2, referenceDigest: 'a'.repeat(64) } },
      { '': invokerOf(answerTo) },
    );
    const scene = await makeScene(target);
    await scene.run(LIVE);
    const [warning] = scene.ports.log.lines.filter(({ level }) => level === 'warning');
    expect(warning?.message).toContain('a'.repeat(64));
    expect(warning?.message).toContain(sha256('the fake session reads nothing'));
  });
});

describe('the release that the version came from', () => {
  const bytes = 'reference model';
  const digest = sha256(bytes);

  async function releaseScene(archiveDigest: string) {
    const scene = await makeScene();
    const store = await openStore(storeUrl(scene.folder));
    await store.put(`references/${digest}/reference.onnx`, bytes);
    const files = [{ path: 'model.onnx', mode: '644', size: 3, sha256: archiveDigest }];
    await store.put(`models/${V2.modelDigest}/manifest.json`, JSON.stringify({ files }));
    const release = await store.record({ schema: 'ml-deploy/release/v1', smoke: null, parent: null });
    const version = versionInfo(V2.version, {
      referenceDigest: digest,
      referenceUrl: store.urlOf(`references/${digest}/reference.onnx`),
      release,
    });
    const target = new FakeTarget({ live: version }, { '': invokerOf(answerTo) });
    return { scene, store, release, target };
  }
  const { 'model-path': _, ...inputs } = LIVE;

  it('gives the reference, and its record is continued with the evidence', async () => {
    const { scene, store, release, target } = await releaseScene('f'.repeat(64));
    const report = await scene.run(inputs, { openTarget: async () => target });
    expect(report.reference?.digest).toBe(digest);
    expect(report.kind).toBe('parity');
    const next = scene.ports.outputs['release-digest'] ?? '';
    const file = new URL(store.urlOf(`releases/${next}.json`));
    const record = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    expect(record).toMatchObject({
      parent: release,
      smoke: { passed: true, compared: 120, reportDigest: reportDigest(report), subject: 'endpoint churn' },
    });
    // What serves is known by the record that holds its test.
    expect(target.calls).toContain(`noteRelease churn 2222 ${next}`);
  });

  it('is continued by the newest test alone, so a watched version makes no endless chain', async () => {
    const { scene, store, release, target } = await releaseScene('f'.repeat(64));
    await scene.run(inputs, { openTarget: async () => target });
    const first = scene.ports.outputs['release-digest'] ?? '';
    const again = new FakeTarget(
      { live: { ...target.description.live!, release: first } },
      { '': invokerOf(answerTo) },
    );
    await scene.run(inputs, { openTarget: async () => again });
    const file = new URL(store.urlOf(`releases/${scene.ports.outputs['release-digest'] ?? ''}.json`));
    const record = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    expect(record.parent).toBe(release);
    expect(again.calls.filter((call) => call.startsWith('noteRelease'))).toEqual([]);
  });

  it('makes it a transport check where the archive holds the reference itself', async () => {
    const { scene, target } = await releaseScene(digest);
    const report = await scene.run(inputs, { openTarget: async () => target });
    expect(report.kind).toBe('transport check');
    expect(scene.ports.summaries[0]).toContain('transport check');
  });

  it('is refused where the reference was changed after packaging', async () => {
    const { scene, store, target } = await releaseScene('f'.repeat(64));
    await writeFile(new URL(store.urlOf(`references/${digest}/reference.onnx`)), 'other bytes');
    await expect(scene.run(inputs, { openTarget: async () => target })).rejects.toThrow(
      /changed after packaging/,
    );
    expect(target.calls).toEqual([]);
  });

  it('is refused where the reference is gone, and where the release never had one', async () => {
    const { scene, target } = await releaseScene('f'.repeat(64));
    const other = 'b'.repeat(64);
    target.description = {
      ...target.description,
      live: versionInfo('2'.repeat(64), { referenceDigest: other }),
    };
    await expect(scene.run(inputs, { openTarget: async () => target })).rejects.toThrow(/does not exist/);
    target.description = { ...target.description, live: V2 };
    await expect(scene.run(inputs, { openTarget: async () => target })).rejects.toThrow(
      /nothing to compare with/,
    );
  });
});

describe('an endpoint that is wrong', () => {
  it('fails with the worst rows and a likely cause, all outputs set', async () => {
    const swapped = (rows: readonly (readonly number[])[]) => {
      const { predictions, probabilities } = answerTo(rows);
      return { predictions, probabilities: probabilities.map(([no, yes]) => [yes, no]) };
    };
    const target = live(swapped);
    const scene = await makeScene(target);
    const failure = await scene.run(LIVE).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutcomeError);
    expect(String(failure)).toContain('80 of 120 values, in 40 of 40 rows');
    expect(String(failure)).toContain('the classes are swapped');
    expect(pageOf(failure)).toBe('predictions-differ');
    expect(String(failure)).toContain('Nothing was rolled back: rollback-on-failure is not set.');
    expect(scene.ports.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
    expect(Number(scene.ports.outputs.mismatches)).toBeGreaterThan(0);
    const report = JSON.parse(
      await readFile(scene.ports.outputs['report-json'] ?? '', 'utf8'),
    ) as SmokeReport;
    expect(report.worstRows[0]?.input).toHaveLength(2);
    expect(report.causes[0]?.kind).toBe('class order');
    expect(target.calls).toEqual([]);
  });

  it('fails on accuracy alone where it agrees with a bad reference', async () => {
    const scene = await makeScene(live(answerTo));
    const labels = LABELS.map((label, at) => (at < 10 ? 1 - label : label));
    await writeFile(join(scene.folder, 'cases.json'), JSON.stringify({ instances: ROWS, labels }));
    await expect(scene.run({ ...LIVE, 'min-accuracy': '0.95' })).rejects.toThrow(
      'The endpoint gets 30 of 40 labels right (75 %), below the floor of 0.95. The reference gets 75 %.',
    );
    expect(scene.ports.outputs).toMatchObject({ passed: 'false', mismatches: '0', accuracy: '0.75' });
  });

  it.each([
    [
      'a field is missing',
      (rows: readonly unknown[]) => ({ predictions: rows.map(() => 0) }),
      /no field "probabilities"/,
    ],
    [
      'there is a row too many',
      (rows: readonly (readonly number[])[]) => answerTo([...rows, [0, 0]]),
      /has 3 rows for a request of 2/,
    ],
    [
      'there is a column too few',
      (rows: readonly (readonly number[])[]) => ({ ...answerTo(rows), probabilities: rows.map(() => [1]) }),
      /has 1 value in row 1/,
    ],
    [
      'it answers HTML',
      () => '<html><body>Sign in</body></html>',
      /an HTML page instead of a prediction: <html><body>Sign in/,
    ],
    ['it answers a bare number', () => 3, /answered 3, which is neither an object nor an array/],
  ] as const)('fails where %s', async (_name, handler, message) => {
    const scene = await makeScene(live(handler));
    await expect(scene.run(LIVE)).rejects.toThrow(message);
  });

  it('fails where nothing could be compared, even with any error rate allowed', async () => {
    const scene = await makeScene(live(() => 'no JSON'));
    await expect(scene.run({ ...LIVE, 'max-error-rate': '1' })).rejects.toThrow(/Nothing was compared/);
  });

  it('fails on a latency above its limit, and on probes', async () => {
    const scene = await makeScene(live(answerTo));
    await expect(scene.run({ ...LIVE, 'max-p95-ms': '5' })).rejects.toThrow(
      'The p95 latency is 23 ms over 20 requests; 5 ms are allowed.',
    );
    const lenient = {
      ...invokerOf(answerTo),
      invoke: async () => ({
        status: 200,
        contentType: 'application/json',
        body: Buffer.from('{"predictions": [1]}'),
        latencyMs: 1,
        version: null,
      }),
    };
    const loose = await makeScene(new FakeTarget({}, { '': lenient }));
    await expect(
      loose.run({ ...LIVE, reference: 'none', 'model-path': '', probes: 'always' }),
    ).rejects.toThrow(/malformed body got HTTP 200/);
  });

  it('fails after a bounded wait where it never answers', async () => {
    const dead = {
      ...invokerOf(answerTo),
      invoke: async (): Promise<never> => {
        throw new UpstreamError('fake', 'nothing listens there.');
      },
    };
    const scene = await makeScene(new FakeTarget({}, { '': dead }));
    await expect(scene.run(LIVE)).rejects.toThrow(
      /does not answer: for 30 s it did not answer: nothing listens there/,
    );
    expect(scene.ports.outputs).toMatchObject({ passed: 'false', compared: '0', 'error-rate': '' });
    expect(scene.ports.log.lines.filter(({ message }) => message.startsWith('Waiting'))).toHaveLength(1);
  });

  it('waits for one that comes up', async () => {
    let calls = 0;
    const invoker = invokerOf(answerTo);
    const slow = {
      ...invoker,
      invoke: async (...args: Parameters<typeof invoker.invoke>) => {
        if (++calls > 3) return invoker.invoke(...args);
        return { status: 503, contentType: '', body: new Uint8Array(), latencyMs: 1, version: null };
      },
    };
    const scene = await makeScene(new FakeTarget({}, { '': slow }));
    expect((await scene.run(LIVE)).passed).toBe(true);
    expect(scene.ports.clock.sleeps).toHaveLength(3);
  });
});

describe('a candidate', () => {
  const target = (handler: Parameters<typeof invokerOf>[0]) =>
    new FakeTarget(
      { candidates: [candidateInfo('churn-c-12345678', versionInfo('3'.repeat(64)))] },
      { '': invokerOf(answerTo), 'churn-c-12345678': invokerOf(handler) },
    );
  const inputs = { ...LIVE, 'candidate-name': 'churn-c-12345678' };

  it('is probed, and not marked as verified', async () => {
    const fake = target(answerTo);
    const scene = await makeScene(fake);
    const report = await scene.run(inputs);
    expect(report.checks.map(({ name }) => name)).toEqual([
      'error rate',
      'parity',
      'accuracy',
      'probe: malformed body',
      'probe: empty batch',
      'probe: one row',
      'probe: large batch (500 rows)',
      'probe: next good request',
    ]);
    expect(report.checks.slice(3).map(({ message }) => message.replace(/ (was|got) .*/, ''))).toEqual([
      'A malformed body',
      'An empty batch',
      'One row',
      'A large batch (500 rows)',
      'The next good request',
    ]);
    expect(report.passed).toBe(true);
    expect(fake.calls).toEqual([]);
    expect(report.subject).toMatchObject({ candidate: 'churn-c-12345678', version: '3'.repeat(64) });
  });

  it('is compared with the live version where asked to', async () => {
    const { 'model-path': _, ...rest } = inputs;
    const scene = await makeScene(target(answerTo));
    expect((await scene.run({ ...rest, reference: 'endpoint' })).parity?.compared).toBe(120);
    const wrong = await makeScene(
      target((rows) => ({ ...answerTo(rows), probabilities: rows.map(() => [0.5, 0.5]) })),
    );
    await expect(wrong.run({ ...rest, reference: 'endpoint' })).rejects.toThrow(/ignore its input/);
  });

  it('that is not there is an error that names those that are', async () => {
    const scene = await makeScene(target(answerTo));
    await expect(scene.run({ ...inputs, 'candidate-name': 'churn-c-other' })).rejects.toThrow(
      /no candidate "churn-c-other" \(its candidates: churn-c-12345678\)/,
    );
  });
});

describe('errors that are ours', () => {
  it('an endpoint that does not exist', async () => {
    const scene = await makeScene();
    await expect(scene.run({ ...LIVE, 'endpoint-name': 'other' })).rejects.toThrow(
      /There is no endpoint "other"/,
    );
  });

  it('rows that the reference does not take', async () => {
    const target = live(answerTo);
    const scene = await makeScene(target);
    await writeFile(join(scene.folder, 'cases.json'), JSON.stringify({ instances: [[1, 2, 3]] }));
    const failure = await scene
      .run({ ...LIVE, 'rollback-on-failure': 'true' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(target.calls).toEqual([]);
  });

  it('an output-map with an output that is not there', async () => {
    const scene = await makeScene();
    await expect(scene.run({ ...LIVE, 'output-map': 'predictions=nothing' })).rejects.toThrow(
      /"predictions=nothing" names an output that the reference does not have; it has label, scores/,
    );
  });

  it('a cancelled run', async () => {
    const scene = await makeScene();
    scene.ports.cancel();
    await expect(scene.run(LIVE)).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('reference: recorded', () => {
  const inputs = { target: 'local', 'endpoint-name': 'churn', cases: 'cases.json', reference: 'recorded' };

  it('compares with what stands in the cases', async () => {
    const scene = await makeScene();
    const write = (expected: unknown) =>
      writeFile(join(scene.folder, 'cases.json'), JSON.stringify({ instances: ROWS, expected }));
    await write(answerTo(ROWS));
    expect((await scene.run(inputs)).parity).toMatchObject({ compared: 120, mismatches: 0 });
    await write(answerTo(ROWS.map(([a = 0, b = 0]) => [b, a])));
    await expect(scene.run(inputs)).rejects.toThrow(/differ from the reference/);
  });
});

describe('output-map', () => {
  it('says which field carries which output, and compares nothing else', async () => {
    const scene = await makeScene(live((rows) => ({ odd: answerTo(rows).probabilities })));
    const report = await scene.run({ ...LIVE, 'output-map': 'odd=scores' });
    expect(report.parity?.compared).toBe(80);
    expect(scene.ports.log.text).toContain('odd <- scores (output-map says so)');
  });
});
