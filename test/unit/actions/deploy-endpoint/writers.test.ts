/** What wrote the model and what the image has, as the plan, its summary and a request say it. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mlflowWriters } from '../../../../src/actions/package-model/framework-version.ts';
import { readPickles, withPins } from '../../../../src/actions/package-model/pickles.ts';
import { summaryOf } from '../../../../src/actions/deploy-endpoint/summary.ts';
import { writerFindings } from '../../../../src/actions/deploy-endpoint/writers.ts';
import type { Inputs } from '../../../../src/actions/deploy-endpoint/inputs.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { PACKAGES_LABEL, packagesLabel } from '../../../../src/core/image/packages-label.ts';
import { makePlan } from '../../../../src/documents/plan.ts';
import type { Writer } from '../../../../src/documents/writer.ts';
import { FRAMEWORKS } from '../../../../src/platforms/sagemaker/serving-images-data.ts';
import { servingPackages } from '../../../../src/platforms/sagemaker/serving-packages.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { folderWith, modelRoot } from '../../core/archive/helpers.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/pickles');
const IMAGE = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn-serving@sha256:${'b'.repeat(64)}`;

async function writersOf(pickle: string | null, files: Record<string, string> = {}) {
  const folder = await folderWith({ 'README.txt': 'A model.', ...files });
  if (pickle !== null) await cp(join(FIXTURES, pickle), join(folder, pickle));
  const source = await openModel(modelRoot(folder), null, undefined);
  const { writers } = await readPickles(source, [], fakePorts().log);
  return withPins([...writers, ...(await mlflowWriters(source))], source);
}

interface Asked {
  readonly framework?: string;
  readonly version?: string;
  readonly uri?: string;
  readonly labels?: Readonly<Record<string, string>> | Error;
}

async function said(writers: readonly Writer[], { framework, version, uri, labels = {} }: Asked) {
  const inputs = {
    ...{ target: 'sagemaker', framework: framework ?? null, frameworkVersion: version ?? null },
    imageUri: uri ?? null,
  } as Inputs;
  const model = { digest: 'a'.repeat(64), url: 's3://models/m.tar.gz', sha256: 'a'.repeat(64), bytes: 1 };
  const described = { framework: 'sklearn', frameworkVersion: null, signature: null, writers };
  const image = uri === undefined ? null : { uri: IMAGE, digest: IMAGE.split('@')[1] ?? '' };
  const sources = {
    model: { ...model, ...described },
    image,
    reference: null,
    release: null,
    storeUrl: 's3://models/',
  };
  const { signal } = fakePorts();
  return writerFindings(inputs, sources, {
    signal,
    imageLabels: () =>
      labels instanceof Error ? Promise.reject(labels) : Promise.resolve(new Map(Object.entries(labels))),
  });
}

const labelled = (label: string): Asked => ({ uri: IMAGE, labels: { [PACKAGES_LABEL]: label } });

describe('an image of AWS', () => {
  it('with another scikit-learn is a warning, in the summary too', async () => {
    const found = await said(await writersOf('sklearn-b.joblib'), { framework: 'sklearn', version: '1.2-1' });
    expect(found).toEqual([
      {
        level: 'warning',
        message:
          '"sklearn-b.joblib" was written by scikit-learn 1.5.2; this image (AWS\'s image sagemaker-scikit-learn, 1.2-1) has 1.2.1. ' +
          'scikit-learn loads a model only in the same version: use an image with 1.5, or train with 1.2.',
      },
    ]);
    const environment = {};
    const strategy = { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] } as const;
    const plan = makePlan(
      {
        ...{
          repository: 'acme/churn',
          environmentName: null,
          target: 'sagemaker',
          account: null,
          region: null,
        },
        ...{ endpoint: 'churn', base: null },
        desired: { model: 'a'.repeat(64), environment, staging: 'none', strategy, spec: {} },
      },
      {
        ...{ action: 'create', version: 'v', candidate: null, changes: [], findings: found, steps: [] },
        sources: { modelUrl: 's3://m', modelSha256: null, referenceUrl: null, imageUri: null, release: null },
        ...{ commit: '', run: '', createdAt: '2026-01-01T00:00:00.000Z' },
      },
    );
    const summary = summaryOf({
      ...{ endpoint: 'churn', outcome: 'planned', message: '', description: null, plan },
      ...{ approval: null, releaseDigest: '', links: [] },
    });
    expect(summary.replaceAll('\\', '')).toContain(
      '**Warning:** "sklearn-b.joblib" was written by scikit-learn 1.5.2; this image',
    );
  });

  it('of the same scikit-learn fits, and one named by its tag is known too', async () => {
    const uri = '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3';
    const found = await said(await writersOf('sklearn-a.joblib'), { uri });
    expect(found).toEqual([
      {
        level: 'ok',
        message:
          '"sklearn-a.joblib" was written by scikit-learn 1.2.2; this image (AWS\'s image sagemaker-scikit-learn, 1.2-1) has 1.2.1.',
      },
    ]);
  });

  it('installs what the model itself pins, which packaging has looked at', async () => {
    const writers = await writersOf('sklearn-b.joblib', { 'code/requirements.txt': 'scikit-learn==1.5.2\n' });
    expect(await said(writers, { framework: 'sklearn', version: '1.2-1' })).toEqual([]);
  });

  it.each(Object.entries(FRAMEWORKS))('%s: each version says what is in it', (framework, { versions }) => {
    for (const version of Object.keys(versions)) {
      const { packages } = servingPackages({ framework, version, uri: null }) ?? {};
      expect([...(packages?.values() ?? [])][0], version).toMatch(/^\d+\.\d+/);
    }
    expect(servingPackages({ framework, version: '99', uri: null })).toBeNull();
  });
});

describe('an image of the user’s own', () => {
  it('is what serves, also if a framework is set', async () => {
    const both = { framework: 'sklearn', version: '1.2-1', ...labelled('scikit-learn==1.5.0 numpy==1.26.4') };
    const found = await said(await writersOf('sklearn-b.joblib'), both);
    expect(found.map(({ level }) => level)).toEqual(['ok', 'ok']);
  });

  it.each([
    ['scikit-learn==1.5.0 numpy==1.26.4', ['ok', 'ok']],
    ['scikit-learn==1.2.2 numpy==1.26.4', ['warning', 'ok']],
    ['scikit-learn==1.5.0', ['ok']],
    ['numpy==1.26.4', ['not-checked', 'ok']],
  ])('with the label %s: %j', async (label, levels) => {
    const found = await said(await writersOf('sklearn-b.joblib'), labelled(label));
    expect(found.map(({ level }) => level)).toEqual(levels);
  });

  it('that cannot read arrays of numpy 2', async () => {
    const writers = await writersOf('sklearn-c.joblib');
    const [, numpy] = await said(writers, labelled('scikit-learn==1.9.0 numpy==1.24.4'));
    expect(numpy).toEqual({
      level: 'warning',
      message:
        '"sklearn-c.joblib" contains arrays of numpy 2; this image has 1.24.4. It cannot read them: use numpy 1.26 or newer there.',
    });
    const fits = await said(writers, labelled('scikit-learn==1.9.0 numpy==2.0.1'));
    expect(fits.map(({ level }) => level)).toEqual(['ok', 'ok']);
  });

  it('with an older PyTorch than an MLflow model was saved by', async () => {
    const MLmodel = 'flavors:\n  pytorch:\n    pytorch_version: 2.6.0\n';
    const writers = await writersOf(null, { MLmodel });
    expect((await said(writers, labelled('torch==2.1.0')))[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining(
        '"MLmodel" was written by PyTorch 2.6.0; this image has 2.1.0.',
      ) as string,
    });
    expect((await said(writers, labelled('torch==2.7.1')))[0]?.level).toBe('ok');
  });

  it.each<[string, Asked, string]>([
    ['without a label', { uri: IMAGE }, `has no label ${PACKAGES_LABEL}`],
    ['that cannot be read', { uri: IMAGE, labels: new Error('not authorized to perform ecr:X') }, 'ecr:X'],
    ['that nothing names', {}, 'Neither image-uri nor framework names the image.'],
  ])('%s is said not to be checked', async (_, asked, why) => {
    const found = await said(await writersOf('sklearn-b.joblib'), asked);
    expect(found).toHaveLength(1);
    expect(found[0]?.level).toBe('not-checked');
    expect(found[0]?.message).toContain(why);
  });

  it('of a model that does not say what wrote it is not looked at', async () => {
    expect(await said([], { uri: IMAGE, labels: new Error('looked') })).toEqual([]);
  });
});

describe('the label', () => {
  it('holds what a Dockerfile and its requirements pin, of the packages that load models', () => {
    const dockerfile =
      'FROM python:3.12\n# pip install scikit-learn==0.1\nRUN pip install "scikit_learn==1.5.2" flask==3.0.0\n';
    expect(packagesLabel([dockerfile, 'numpy[extra]==1.26.4\nscikit-learn==1.4.0\nxgboost>=2\n'])).toBe(
      'scikit-learn==1.5.2 numpy==1.26.4',
    );
    expect(packagesLabel(['FROM scratch'])).toBe('');
  });
});
