import { describe, expect, it } from 'vitest';
import { batchOf } from '../../../../src/core/smoke/batches.ts';
import { LabelFacts } from '../../../../src/core/smoke/cases/label-facts.ts';
import type { JsonValue } from '../../../../src/core/exact-json.ts';
import type { Label } from '../../../../src/core/smoke/label.ts';
import { QualityTally, type QualityWishes } from '../../../../src/core/smoke/quality/quality.ts';

type Truth = Label | readonly Label[];

/** What is found of answers of an endpoint without a reference. */
function qualityOf(
  labels: readonly Truth[],
  predictions: readonly JsonValue[],
  { names = null, ...wishes }: Partial<QualityWishes> & { names?: readonly string[] | null } = {},
) {
  const facts = new LabelFacts();
  for (const label of labels) facts.add(label);
  const tally = new QualityTally(facts, names, { task: null, threshold: null, ...wishes });
  const cases = labels.map((label) => ({ instance: null, label, expected: null, shapes: null }));
  tally.add(batchOf(0, cases), { predictions }, null, []);
  return tally.result();
}

describe('the task', () => {
  it.each<[string, readonly Truth[], readonly JsonValue[], string | null, Partial<QualityWishes>?]>([
    ['labels', [0, 1, 2], [0, 1, 2], 'classification'],
    ['names', ['a', 'b'], ['a', 'c'], 'classification'],
    ['truths', [true, false], [1, 0], 'classification'],
    ['one score', [0, 1, 1], [0.2, 0.7, 0.4], 'classification'],
    [
      'scores of classes',
      [0, 2],
      [
        [0.5, 0.2, 0.3],
        [0.1, 0.1, 0.8],
      ],
      'classification',
    ],
    ['targets', [1.5, 2.25], [1.4, 2.5], 'regression'],
    ['whole targets', [10, 20, 30], [10.2, 19.8, 31.1], 'regression'],
    [
      'several labels',
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
      'multi-label',
    ],
    [
      'several targets',
      [
        [0.5, 1.5],
        [1.25, 2],
      ],
      [
        [0.4, 1.6],
        [1.2, 2.1],
      ],
      'regression',
    ],
    ['names without an order', ['a', 'b'], [0.2, 0.7], null],
    ['targets that are asked for', [0, 1], [0.2, 0.7], 'regression', { task: 'regression' }],
  ])('of %s', (_name, labels, predictions, task, wishes = {}) => {
    expect(qualityOf(labels, predictions, wishes).task).toBe(task);
  });
});

describe('one score a row', () => {
  it('is right on its side of 0.5, of 0 where scores are logits, and of what is asked for', () => {
    expect(qualityOf([0, 1, 1], [0.2, 0.7, 0.4])).toMatchObject({
      threshold: 0.5,
      endpoint: { correct: 2, n: 3 },
    });
    expect(qualityOf([0, 1, 1], [-3, 0.3, 2])).toMatchObject({ threshold: 0, endpoint: { accuracy: 1 } });
    expect(qualityOf([0, 1, 1], [0.2, 0.7, 0.4], { threshold: 0.3 }).endpoint?.accuracy).toBe(1);
    const named = qualityOf(['leaves', 'stays'], [0.2, 0.7], { names: ['leaves', 'stays'] });
    expect(named).toMatchObject({ mistake: null, endpoint: { accuracy: 1 } });
  });
});

describe('figures', () => {
  it('of two classes are those of scikit-learn', () => {
    // sklearn.metrics on y = [0,0,1,1,1,0,1,0], p = [.1,.6,.8,.4,.9,.5,.7,.2]
    const found = qualityOf([0, 0, 1, 1, 1, 0, 1, 0], [0.1, 0.6, 0.8, 0.4, 0.9, 0.5, 0.7, 0.2]);
    expect(found.endpoint).toMatchObject({ accuracy: 0.625, auc: 0.875 });
    expect(found.endpoint?.f1).toBeCloseTo(2 / 3, 12);
  });

  it('of many classes are means over them', () => {
    // f1_score([0,1,2,2,1,0],[0,2,2,2,1,1], average='macro') = 0.6555…
    const found = qualityOf([0, 1, 2, 2, 1, 0], [0, 2, 2, 2, 1, 1]);
    expect(found.endpoint?.f1).toBeCloseTo((2 / 3 + 0.5 + 0.8) / 3, 12);
    expect(found.endpoint?.auc).toBeNull();
  });

  it.each<[string, readonly Truth[], readonly JsonValue[]]>([
    ['texts', ['True', 'False'], [1, 0]],
    ['texts that the model answers, too', ['true', 'false'], ['True', 'False']],
    ['values of a model that answers texts', [true, false], ['true', 'false']],
  ])('of truths that are %s are those of the values that they mean', (_, labels, predictions) => {
    expect(qualityOf(labels, predictions).endpoint?.accuracy).toBe(1);
  });

  it('share the rank of equal scores', () => {
    expect(qualityOf([0, 1, 0, 1], [0.5, 0.5, 0.1, 0.9]).endpoint?.auc).toBe(0.875);
    expect(qualityOf([1, 1], [0.5, 0.6]).endpoint?.auc).toBeNull();
  });

  it('of numbers are those of scikit-learn', () => {
    // the example of sklearn.metrics.r2_score: [3, -0.5, 2, 7], [2.5, 0.0, 2, 8] -> 0.948…
    const { endpoint } = qualityOf([3, -0.5, 2, 7], [2.5, 0, 2, 8]);
    expect(endpoint).toMatchObject({ accuracy: null, mae: 0.5 });
    expect(endpoint?.rmse).toBeCloseTo(Math.sqrt(0.375), 12);
    expect(endpoint?.r2).toBeCloseTo(0.9486081370449679, 12);
  });

  it('of several targets are means over them', () => {
    // the example of the same page: [[0.5, 1], [-1, 1], [7, -6]], [[0, 2], [-1, 2], [8, -5]] -> 0.936… uniform average
    const { endpoint } = qualityOf(
      [
        [0.5, 1],
        [-1, 1],
        [7, -6],
      ],
      [
        [0, 2],
        [-1, 2],
        [8, -5],
      ],
    );
    expect(endpoint?.r2).toBeCloseTo(0.9368005266622779, 12);
  });

  it('of several labels: rows that are right as a whole, and all labels together', () => {
    const { endpoint } = qualityOf(
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
    );
    expect(endpoint?.accuracy).toBe(0.5);
    expect(endpoint?.f1).toBeCloseTo(0.8, 12);
  });

  it('of an answer that is no number are no figures', () => {
    expect(qualityOf([1.5, 2.5], ['NaN', 2.5]).endpoint?.mae).toBeNaN();
    expect(
      qualityOf(
        [0, 1],
        [
          [0.5, 'NaN'],
          [0.2, 0.8],
        ],
      ).endpoint?.correct,
    ).toBe(1);
  });
});

describe('labels of another vocabulary', () => {
  it.each<[string, readonly Truth[], readonly JsonValue[], boolean, (readonly string[] | null)?]>([
    ['names beside numbers', ['benign', 'malignant'], [0, 1], true],
    ['names that are told', ['benign', 'malignant'], [0, 1], false, ['benign', 'malignant']],
    [
      'a class that scores do not have',
      [1, 2],
      [
        [0.5, 0.5],
        [0.2, 0.8],
      ],
      true,
    ],
    ['other names', ['cat', 'dog'], ['Katze', 'Hund'], true],
    ['a class that is never answered', [0, 1], [0, 0], false],
    ['the only row, answered wrong', [1], [0], false],
    ['truths beside 0 and 1', ['True', 'False'], [0, 1], false],
    ['numbers as texts', ['1', '0'], [0, 1], false],
    ['names of truths beside their texts', ['true', 'false'], ['True', 'False'], false],
    ['targets that are texts', ['high', 'low'], [0.5, 0.25], true],
  ])('%s', (_name, labels, predictions, isMistaken, names = null) => {
    expect(qualityOf(labels, predictions, { names }).mistake !== null).toBe(isMistaken);
  });
});
