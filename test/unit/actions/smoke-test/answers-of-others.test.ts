/** What SageMaker's own containers and other servers answer, beside a reference with a label and two probabilities. */
import { describe, expect, it } from 'vitest';
import { FakeTarget } from './fake-target.ts';
import { answerTo, LIVE, makeScene, probabilitiesFor, type Row } from './scene.ts';

interface Told {
  readonly type?: string;
  readonly inputs?: Record<string, string>;
}

/** @param body what is answered to rows: a text as it is, anything else as JSON */
async function ask(
  body: (rows: readonly Row[]) => unknown,
  { type = 'application/json', inputs = {} }: Told = {},
) {
  const rowsOf = (text: string): readonly Row[] =>
    type === 'application/json'
      ? (JSON.parse(text) as { instances: readonly Row[] }).instances
      : text.split('\n').map((line) => line.split(',').map(Number));
  const target = new FakeTarget(
    {},
    {
      '': {
        url: 'http://fake',
        invoke: async (sent) => {
          const value = body(rowsOf(String(sent)));
          const text = typeof value === 'string' ? value : JSON.stringify(value);
          return { status: 200, contentType: type, body: Buffer.from(text), latencyMs: 1, version: null };
        },
      },
    },
  );
  const scene = await makeScene(target);
  const protocol = type === 'application/json' ? 'instances' : 'csv';
  const error = await scene.run({ ...LIVE, protocol, ...inputs }).then(
    () => '',
    (thrown: unknown) => String(thrown),
  );
  return { error, compared: Number(scene.ports.outputs.compared), accuracy: scene.ports.outputs.accuracy };
}

const scores = (rows: readonly Row[]) => rows.map((row) => probabilitiesFor(row)[1] ?? 0);
const labels = (rows: readonly Row[]) => answerTo(rows).predictions;
const wrong = (rows: readonly Row[]) => scores(rows).map((score) => 1 - score);
const csv = { type: 'text/csv' };

describe('an answer is understood without an output-map', () => {
  it.each<[string, (rows: readonly Row[]) => unknown, number, Told?]>([
    ['XGBoost, a score a line', (rows) => scores(rows).join('\n'), 40, csv],
    ['XGBoost, all scores on one line', (rows) => scores(rows).join(','), 40, csv],
    ['XGBoost, JSON', (rows) => ({ predictions: scores(rows) }), 40],
    [
      'Linear Learner',
      (rows) => ({
        predictions: scores(rows).map((score) => ({ score, predicted_label: Math.round(score) })),
      }),
      80,
    ],
    ['scikit-learn, a list of labels', labels, 40],
    ['scikit-learn, labels in CSV', (rows) => labels(rows).join('\n'), 40, csv],
    ['labels as texts', (rows) => labels(rows).map(String), 40],
    ['probabilities as texts', (rows) => rows.map((row) => probabilitiesFor(row).map(String)), 80],
    ['Flask, CSV as text/html', (rows) => scores(rows).join('\n'), 40, { type: 'text/html; charset=utf-8' }],
    [
      'a field that output-map compares with a part',
      (rows) => ({ score: scores(rows), model: 'x' }),
      40,
      { inputs: { 'output-map': 'score=scores[1]' } },
    ],
  ])('%s', async (_name, body, compared, told) => {
    expect(await ask(body, told)).toEqual({ error: '', compared, accuracy: '1' });
  });
});

describe('a wrong answer stays wrong, and its cause is right or absent', () => {
  it.each<[string, (rows: readonly Row[]) => unknown, RegExp, Told?]>([
    ['scores of the other class', (rows) => wrong(rows).join('\n'), /differ from the reference/, csv],
    ['labels that are wrong', (rows) => labels(rows).map((label) => 1 - label), /differ from the reference/],
    [
      'scores of Linear Learner',
      (rows) => ({
        predictions: wrong(rows).map((score) => ({ score, predicted_label: Math.round(score) })),
      }),
      /differ from the reference/,
    ],
    [
      'an error with 200',
      () => ({ error: 'model not loaded' }),
      /answered HTTP 200 with an error: model not loaded/,
    ],
    [
      'NaN',
      (rows) => ({ predictions: labels(rows), probabilities: rows.map(() => ['NaN', 'NaN']) }),
      /Likely cause: All values of probabilities are NaN/,
    ],
    [
      'labels alone under a name',
      (rows) => ({ predictions: labels(rows) }),
      /no field "probabilities".*To compare only existing fields, set output-map: predictions=label\./,
    ],
    [
      'a part that is not there',
      (rows) => ({ score: scores(rows) }),
      /"score=scores\[2\]" names a value that does not exist: scores has 2 per row/,
      { inputs: { 'output-map': 'score=scores[2]' } },
    ],
  ])('%s', async (_name, body, message, told) => {
    const { error } = await ask(body, told);
    expect(error).toMatch(message);
    expect(error).not.toContain('ignore its input');
  });
});

it('scores of which the first are 0 and 1 are scores all the same', async () => {
  let sent = 0;
  const { error, compared } = await ask(
    // Warm-up and the wait for the endpoint ask for the first rows, too.
    (rows) => (sent++ < 5 ? labels(rows) : scores(rows)).join('\n'),
    csv,
  );
  expect({ error, compared }).toEqual({ error: '', compared: 40 });
});
