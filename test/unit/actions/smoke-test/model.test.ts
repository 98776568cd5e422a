/** subject: model. What is known before anybody is asked, and what the report calls it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, describe } from 'vitest';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { OutcomeError, UserError } from '../../../../src/core/errors.ts';
import { packagedRelease } from '../../../../src/core/release/packaged-release.ts';
import type { SmokeReport } from '../../../../src/core/smoke/report.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { FakeTarget } from './fake-target.ts';
import { invokerOf, LABELS, makeScene, ROWS, storeUrl, type Scene } from './scene.ts';

const MODEL = { subject: 'model', 'model-path': 'reference.onnx', cases: 'cases.json' };

const write = (scene: Scene, cases: object) =>
  writeFile(join(scene.folder, 'cases.json'), JSON.stringify(cases));

const errorOf = async (run: Promise<unknown>): Promise<UserError> => {
  const error: unknown = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error(`It was no error of the user: ${String(error)}`);
  return error;
};

/** Puts a release of the reference into the store of the workspace. */
async function release(scene: Scene, withReference = true): Promise<string> {
  const store = await openStore(storeUrl(scene.folder));
  const bytes = await readFile(join(scene.folder, 'reference.onnx'));
  const digest = sha256(bytes);
  await store.put(storeKeys.reference(digest), bytes);
  const model = {
    ...{ digest: 'a'.repeat(64), url: 'file:///m', sha256: 'b'.repeat(64), bytes: 1 },
    ...{ framework: 'onnx', frameworkVersion: null, signature: null },
  };
  const reference = withReference ? { digest, url: store.urlOf(storeKeys.reference(digest)) } : null;
  return store.record(packagedRelease(model, reference, scene.ports.context, scene.ports.clock.now()));
}

describe('the check of a model by itself', () => {
  it('says how right it is, and that no endpoint was asked', async () => {
    const invoker = invokerOf(() => {
      throw new Error('asked');
    });
    const scene = await makeScene(new FakeTarget({}, { '': invoker }));
    const report = await scene.run({ ...MODEL, 'min-accuracy': '0.9' });
    expect(report).toMatchObject({ passed: true, kind: 'model check', parity: null, latency: null });
    expect(report.accuracy).toEqual({ n: 40, correct: 40, accuracy: 1, reference: null });
    expect(report.verdict).toBe(
      'The check of the model by itself passed. The model takes all 40 rows of cases.json. ' +
        'The model gets 40 of 40 labels right (100 %), at or above the floor of 0.9. No endpoint was asked.',
    );
    expect(invoker.bodies).toEqual([]);
    expect(scene.ports.outputs.accuracy).toBe('1');
    const summary = scene.ports.summaries.join('\n');
    expect(summary).toContain('✅ Check of the model, without an endpoint: passed');
    expect(summary).not.toMatch(/parity|endpoint gets|reference gets/i);
  });

  it('takes the reference of a release, and names the model that it is of', async () => {
    const scene = await makeScene();
    const digest = await release(scene);
    const report = await scene.run({ subject: 'model', release: digest, cases: 'cases.json' });
    expect(report.subject).toMatchObject({ modelDigest: 'a'.repeat(64), release: digest, endpoint: null });
    expect(report.reference?.label).toMatch(/^the release's reference [0-9a-f]{12}$/);
  });

  it('uses nothing of what ml-deploy.yml says of the endpoint', async () => {
    const scene = await makeScene();
    const endpoint = { target: 'sagemaker', 'endpoint-name': 'churn', 'rollback-on-failure': 'true' };
    const report = await scene.run({ ...MODEL, ...endpoint, 'max-p95-ms': '0' });
    expect(report).toMatchObject({ passed: true, rollback: null });
  });

  it.each<[string, object, Record<string, string>, RegExp]>([
    ['a column too many', { instances: ROWS.map((row) => [...row, 1]) }, {}, /has 3 values, not 2/],
    [
      'no labels with a floor',
      { instances: ROWS },
      { 'min-accuracy': '0.9' },
      /of 0\.9 needs true labels, but cases\.json has none/,
    ],
    [
      'one row without the brackets of a list',
      { instances: [1, 2, 3], labels: [0, 1, 1] },
      {},
      /cases \(cases\.json\): has 3 rows of one value each, but the model's input "X" \(float32 \[N, 2\]\) takes 2 values a row\. Write each row as a list of its own, as in \[\[…\], \[…\]\]\. If one of the values is the label or an index, leave it out\.$/,
    ],
    [
      'texts for numbers',
      {
        instances: [
          [1, 2],
          ['1', '2'],
        ],
        labels: [0, 1],
      },
      {},
      /row 2\[0\]: "1" is not a number \(write it without quotes\), as the model's input "X" \(float32 \[N, 2\]\) needs\.$/,
    ],
    [
      'a limit of a regression',
      { instances: ROWS, labels: LABELS },
      { 'max-mae': '1' },
      /max-mae: cannot be used here: the labels are classes/,
    ],
  ])('refuses cases that are not the model’s: %s', async (_, cases, inputs, said) => {
    const scene = await makeScene();
    await write(scene, cases);
    expect((await errorOf(scene.run({ ...MODEL, ...inputs }))).message).toMatch(said);
  });

  it.each<[string, unknown[], RegExp]>([
    ['one flat row', [1, 2], /^has 2 rows of one value each, but .* takes 2 values a row\.$/],
    ['texts for numbers', [['1', '2']], /^row 1\[0\]: "1" is not a number \(write it without quotes\), as/],
    [
      'a value too many',
      [
        [1, 2],
        [1, 2, 3],
      ].slice(1),
      /^row 1: has 3 values, not 2, .* leave it out\.$/,
    ],
  ])('tells what is wrong with the rows beside labels that are missing: %s', async (_, rows, said) => {
    const live = { target: 'local', 'endpoint-name': 'churn', 'model-path': 'reference.onnx' };
    for (const inputs of [MODEL, { ...live, cases: 'cases.json' }]) {
      const invoker = invokerOf(() => {
        throw new Error('asked');
      });
      const scene = await makeScene(new FakeTarget({}, { '': invoker }));
      await write(scene, { instances: rows });
      const { problems, page } = await errorOf(scene.run({ ...inputs, 'min-accuracy': '0.9' }));
      expect(page).toBe('cases');
      expect(problems).toEqual([
        expect.objectContaining({ where: 'cases (cases.json)', message: expect.stringMatching(said) }),
        {
          where: 'min-accuracy',
          message: 'of 0.9 needs true labels, but cases.json has none.',
          fix: 'Add "labels", one for each row, to the cases.',
        },
      ]);
      expect(invoker.bodies).toEqual([]);
    }
  });

  it('refuses a path that is not there, and a release without a reference', async () => {
    const scene = await makeScene();
    expect((await errorOf(scene.run({ ...MODEL, cases: 'cases.jsn' }))).message).toContain(
      `"cases.jsn" does not exist. It is relative to ${scene.folder}, which has cases.json`,
    );
    const bare = { subject: 'model', release: await release(scene, false), cases: 'cases.json' };
    expect((await errorOf(scene.run(bare))).message).toContain('the tested release has no ONNX reference');
    expect((await errorOf(scene.run({ subject: 'model', cases: 'cases.json' }))).message).toContain(
      'release: is missing, and so is model-path',
    );
  });

  it.each<[string, object, Record<string, string>, RegExp]>([
    [
      'labels that it never answers',
      { instances: ROWS, labels: LABELS.map((label) => (label === 1 ? 'malignant' : 'benign')) },
      {},
      /labels are (benign, malignant|malignant, benign), but the model answers/,
    ],
    [
      'an accuracy below the floor',
      { instances: ROWS, labels: LABELS.map((label, row) => (row < 30 ? label : 1 - label)) },
      { 'min-accuracy': '0.9' },
      /^The check of the model by itself failed\. The model gets 30 of 40 labels right \(75 %\), below the floor of 0\.9\. No endpoint was asked\.$/,
    ],
  ])('fails for %s', async (_, cases, inputs, said) => {
    const scene = await makeScene();
    await write(scene, cases);
    const error: unknown = await scene.run({ ...MODEL, ...inputs }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutcomeError);
    expect((error as OutcomeError).message).toMatch(said);
    expect((error as OutcomeError).page).toBe('accuracy');
    const path = String(scene.ports.outputs['report-json']);
    expect(path).toMatch(/smoke-test-model-/);
    expect((JSON.parse(await readFile(path, 'utf8')) as SmokeReport).passed).toBe(false);
  });

  it('without an ONNX reference only reads the cases, and says so', async () => {
    const scene = await makeScene();
    await write(scene, { instances: ROWS, expected: { predictions: LABELS } });
    const inputs = { subject: 'model', release: await release(scene, false), reference: 'recorded' };
    const report = await scene.run({ ...inputs, cases: 'cases.json' });
    expect(report.verdict).toBe(
      'The check of the model by itself passed. All 40 rows of cases.json can be read. With reference: recorded ' +
        'nothing else can be tested before the model serves. No endpoint was asked.',
    );
  });

  it('tries seeded rows if there are no cases', async () => {
    const scene = await makeScene();
    const report = await scene.run({ subject: 'model', 'model-path': 'reference.onnx' });
    expect(report.verdict).toContain('The model takes all 16 rows of 16 seeded rows');
  });
});
