/** A model that the platform's own image cannot serve is refused when it is packed, if that image is to serve it. */
import { describe, expect, it } from 'vitest';
import { refuseUnservable, unservableBy } from '../../../../src/actions/package-model/own-image.ts';
import { sagemaker } from '../../../../src/platforms/sagemaker/platform.ts';
import { terraform } from '../../../../src/platforms/terraform/platform.ts';
import { vertexAi } from '../../../../src/platforms/vertex-ai/platform.ts';
import { folderWith } from '../../core/archive/helpers.ts';
import { packageModel } from './helpers.ts';

const tree = (...paths: string[]) => ({
  tree: paths.map((path) => ({ path, mode: '644' as const, size: 1, sha256: 'a'.repeat(64) })),
});

describe('a framework whose image cannot load the model', () => {
  it.each([sagemaker, terraform])(
    'is refused without a script, before anything is stored: $name',
    async ({ archive }) => {
      const workspace = await folderWith({ 'model/model.pt': 'weights' });
      const inputs = { 'model-path': 'model', framework: 'pytorch' };
      const ports = { unservable: archive.unservable };
      await expect(packageModel(inputs, { workspace, ports })).rejects.toThrow(
        'framework: "pytorch" needs code/inference.py, which does not exist: AWS\'s pytorch image cannot serve a model without one.',
      );
      await expect(packageModel(inputs, { workspace })).resolves.toBeDefined();
    },
  );

  it('is refused for Google where the file has another name, and packed with the right one', async () => {
    const inputs = { 'model-path': 'model', framework: 'xgboost' };
    const ports = { unservable: vertexAi.archive.unservable };
    const workspace = await folderWith({ 'model/churn.bst': 'weights' });
    await expect(packageModel(inputs, { workspace, ports })).rejects.toThrow(
      "framework: Google's xgboost image loads model.bst, model.joblib or model.pkl from the top of the model's folder, and the model has no such file. Save churn.bst as model.bst,",
    );
    const right = await folderWith({ 'model/model.bst': 'weights' });
    await expect(packageModel(inputs, { workspace: right, ports })).resolves.toBeDefined();
  });

  it.each([
    ['with a script', 'sklearn', tree('model.joblib', 'code/inference.py'), sagemaker],
    ['found by its files', 'auto', tree('model.joblib'), sagemaker],
    ['of an image that loads it by itself', 'xgboost', tree('model.ubj'), sagemaker],
    ['for another target, or an image of its own', 'sklearn', tree('model.joblib'), null],
  ] as const)('is packed %s', async (_, framework, source, platform) => {
    const unservable = platform?.archive.unservable ?? null;
    await expect(refuseUnservable({ framework }, source, { unservable })).resolves.toBeUndefined();
  });
});

describe('an image of the platform serves', () => {
  const by = (keys: Readonly<Record<string, string>>) => unservableBy((name) => keys[name] ?? null);
  const own = { target: 'vertex-ai', framework: 'sklearn', 'framework-version': '1.5' };

  it('if ml-deploy.yml names its version, and no image', () => {
    expect(by(own)).toBe(vertexAi.archive.unservable);
    expect(by({ ...own, target: 'sagemaker' })).toBe(sagemaker.archive.unservable);
  });

  it.each([
    ['the version is missing: the image may be named in the step', { 'framework-version': '' }],
    ['an image is named', { 'image-uri': 'europe-west4-docker.pkg.dev/acme/models/churn:v1' }],
    ['an image is built', { repository: 'europe-west4-docker.pkg.dev/acme/models/churn' }],
    ['the target has none', { target: 'lambda' }],
    ['the target is missing', { target: '' }],
  ])('not if %s', (_, keys) => {
    const all = Object.entries({ ...own, ...keys }).filter(([, value]) => value !== '');
    expect(by(Object.fromEntries(all))).toBeNull();
  });
});
