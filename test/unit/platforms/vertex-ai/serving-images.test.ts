/** Which of Google's prebuilt images serves a framework, what is said if none does, and which file it needs. */
import { describe, expect, it } from 'vitest';
import { parseReference } from '../../../../src/core/image/reference.ts';
import { FRAMEWORKS, MULTI_REGIONS } from '../../../../src/platforms/vertex-ai/serving-images-data.ts';
import {
  inputsFor,
  isServingImage,
  servingImage,
  servingPackages,
  unservable,
} from '../../../../src/platforms/vertex-ai/serving-images.ts';

type Request = Parameters<typeof servingImage>[0];
const CPU = { machineType: 'n1-standard-2' };
const T4 = { ...CPU, acceleratorType: 'NVIDIA_TESLA_T4', acceleratorCount: 1 };
const REQUEST: Request = { framework: 'sklearn', version: '1.5', location: 'europe-west4', machine: CPU };

function told(request: Partial<Request>): string {
  const answer = servingImage({ ...REQUEST, ...request });
  if ('uri' in answer) return answer.uri;
  return answer.problems
    .map(({ where, message, fix = '' }) => `${where}: ${message} ${fix}`.trim())
    .join('\n');
}

describe('Google’s prebuilt image', () => {
  it.each<[Partial<Request>, string]>([
    [{}, 'europe-docker.pkg.dev/vertex-ai/prediction/sklearn-cpu.1-5:latest'],
    [{ version: '1.5.2' }, 'europe-docker.pkg.dev/vertex-ai/prediction/sklearn-cpu.1-5:latest'],
    [
      { framework: 'xgboost', version: '2.1', location: 'us-central1' },
      'us-docker.pkg.dev/vertex-ai/prediction/xgboost-cpu.2-1:latest',
    ],
    [
      { framework: 'tensorflow', version: '2.15.1', machine: T4, location: 'australia-southeast1' },
      'asia-docker.pkg.dev/vertex-ai/prediction/tf2-gpu.2-15:latest',
    ],
    [
      { framework: 'tensorflow', version: '1.15', location: 'southamerica-east1' },
      'us-docker.pkg.dev/vertex-ai/prediction/tf-cpu.1-15:latest',
    ],
    [
      { framework: 'pytorch', version: '2.4', machine: T4, location: 'me-west1' },
      'europe-docker.pkg.dev/vertex-ai/prediction/pytorch-gpu.2-4:latest',
    ],
  ])('for %j is %s', (request, uri) => {
    expect(told(request)).toBe(uri);
  });

  it.each<[Partial<Request>, string]>([
    [
      { framework: 'sklern' },
      'framework: Google has no serving image for "sklern" that we know; there are sklearn, xgboost, tensorflow, pytorch. Did you mean sklearn?',
    ],
    [
      { framework: 'onnx' },
      'framework: Google has no serving image for "onnx" that we know; there are sklearn, xgboost, tensorflow, pytorch. Give image-uri instead.',
    ],
    [
      { version: null },
      'framework-version: is required with framework "sklearn"; there are 0.20, 0.22, 0.23, 0.24, 1.0, 1.2, 1.3, 1.4, 1.5, 1.6.',
    ],
    [
      { version: '1.7' },
      'framework-version: "1.7" is not a version of scikit-learn whose serving image for sklearn we know; there are 0.20, 0.22, 0.23, 0.24, 1.0, 1.2, 1.3, 1.4, 1.5, 1.6. Use one of them, or set image-uri.',
    ],
    [{ version: '1' }, 'framework-version: "1" is not a version of scikit-learn'],
    [{ version: '1.5-1' }, 'framework-version: "1.5-1" is not a version of scikit-learn'],
    [
      { machine: T4 },
      'vertex-ai: accelerator-type: Google has no serving image for sklearn that runs on NVIDIA_TESLA_T4. Use a machine without it, or set image-uri.',
    ],
    [
      { framework: 'tensorflow', version: '2.15', machine: { machineType: 'ct5lp-hightpu-1t' } },
      'instance-type: Google has no serving image for tensorflow that runs on ct5lp-hightpu-1t. Use a machine without it, or set image-uri.',
    ],
  ])('for %j there is none: %s', (request, message) => {
    expect(told(request)).toContain(message);
  });

  it('is known by its name, which says what to set instead', () => {
    for (const [framework, { versions }] of Object.entries(FRAMEWORKS))
      for (const [version, images] of Object.entries(versions))
        for (const image of Object.values(images))
          for (const region of MULTI_REGIONS) {
            const uri = `${region}-docker.pkg.dev/vertex-ai/prediction/${image}:latest`;
            expect(parseReference(uri, 'image-uri').tag).toBe('latest');
            expect(isServingImage(uri)).toBe(true);
            expect(inputsFor(uri)).toBe(
              `Set framework: ${framework} and framework-version: ${version} instead.`,
            );
          }
    expect(isServingImage('europe-docker.pkg.dev/acme/prediction/churn:latest')).toBe(false);
    expect(inputsFor('us-docker.pkg.dev/vertex-ai/prediction/own:1')).toBe(
      'Set framework and framework-version instead.',
    );
  });

  it('has the version of the framework that it is named by', () => {
    const asked = { framework: 'sklearn', version: '1.5.2', uri: null };
    expect(servingPackages(asked)).toEqual({
      title: "Google's image for sklearn 1.5",
      packages: new Map([['scikit-learn', '1.5']]),
      installsPins: false,
    });
    expect(servingPackages({ ...asked, version: '9.9' })).toBeNull();
    expect(servingPackages({ framework: null, version: null, uri: 'ghcr.io/acme/own:1' })).toBeNull();
  });
});

describe('a model of these files', () => {
  it.each([
    ['sklearn', ['model.joblib', 'code/inference.py']],
    ['sklearn', ['model.pkl']],
    ['xgboost', ['model.bst']],
    ['tensorflow', ['saved_model.pb', 'variables/variables.index']],
    ['pytorch', ['model.mar']],
    ['lightgbm', ['model.txt']],
  ])('can be served with %s: %j', (framework, paths) => {
    expect(unservable(framework, paths)).toBeNull();
  });

  it.each([
    ['sklearn', ['churn.joblib'], 'model.joblib or model.pkl', 'Save churn.joblib as model.joblib'],
    ['xgboost', ['model.json'], 'model.bst, model.joblib or model.pkl', 'Save the model as model.bst, '],
    [
      'tensorflow',
      ['1/saved_model.pb'],
      'saved_model.pb or saved_model.pbtxt',
      'Package the folder that 1/saved',
    ],
    ['pytorch', ['model.pt', 'code/inference.py'], 'model.mar', 'Save the model as model.mar, or serve'],
    ['sklearn', [], 'model.joblib or model.pkl', 'Save the model as model.joblib or model.pkl, or'],
  ])('cannot be served with %s: %j', (framework, paths, files, fix) => {
    const problem = unservable(framework, paths);
    expect(problem?.where).toBe('framework');
    expect(problem?.message).toBe(
      `Google's ${framework} image loads ${files} from the top of the model's folder, and the model has no such file.`,
    );
    expect(problem?.fix).toContain(fix);
  });
});
