/** AWS's own serving images: what they are told of the user's code, and when. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentDigest, contentTree } from '../../../../src/core/archive/content-tree.ts';
import { MANIFEST_SCHEMA, manifestText } from '../../../../src/documents/manifest.ts';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import { environmentDigests } from '../../../../src/core/plan/environment-digests.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import { servingImage } from '../../../../src/platforms/sagemaker/serving-images.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';

const STORE = 's3://models/churn/';
const SCRIPT = { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' };
const IMAGES = { xgboost: '1.7-1', sklearn: '1.2-1', pytorch: '2.6.0' } as const;
type Framework = keyof typeof IMAGES;

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
  for (const [framework, version] of Object.entries(IMAGES)) {
    const found = servingImage({ framework, version, region: 'eu-west-1', instanceType: 'ml.m5.large' });
    if ('problems' in found) throw new Error(JSON.stringify(found.problems));
    bed.aws.pushImage(found.repository, found.tag, { account: found.account });
  }
});
afterEach(() => bed.dispose());

/** An archive of package-model's, with its manifest beside it. */
async function packaged(...paths: readonly string[]): Promise<string> {
  const files = contentTree(
    paths.map((path) => ({ path, mode: '644', size: 1, sha256: 'a'.repeat(64) }) as const),
  );
  const digest = contentDigest(files);
  const store = await bed.options.openStore(STORE);
  const manifest = {
    schema: MANIFEST_SCHEMA,
    digest,
    sha256: 'b'.repeat(64),
    bytes: 1,
    compression: 'gzip',
    framework: 'custom',
    frameworkVersion: null,
    packer: 'test',
    files,
    signature: null,
  } as const;
  await store.put(storeKeys.manifest(digest), manifestText(manifest));
  return bed.aws.putObject('models', `churn/${storeKeys.archive(digest)}`, 'an archive');
}

const requestFor = (
  modelDataUrl: string,
  settings: CloudSettings,
  variables: Record<string, string> = {},
) => {
  const environment = environmentDigests(Object.entries(variables), null);
  return bed.requestWith('one', { environment }, { imageUri: undefined, modelDataUrl, ...settings });
};
const framework = (name: Framework) => ({ framework: name, frameworkVersion: IMAGES[name] });
const serving = () => bed.aws.sagemaker.endpoints.get('churn')?.variants[0]?.model.spec.PrimaryContainer;
async function deploy(url: string, settings: CloudSettings, variables: Record<string, string> = {}) {
  const target = bed.targetWith({ environment: new Map(Object.entries(variables)) });
  const plan = await target.plan(requestFor(url, settings, variables));
  const { outcome } = await target.deploy(plan);
  expect(outcome).toBe('deployed');
  return {
    said: plan.findings.map(({ message }) => message).join('\n'),
    environment: serving()?.Environment,
  };
}

describe.each(['xgboost', 'sklearn', 'pytorch'] as const)('the image of %s', (name) => {
  it('is told of a script that the archive has', async () => {
    const url = await packaged('model.bin', 'code/inference.py');
    const { environment, said } = await deploy(url, framework(name));
    expect(environment).toEqual(SCRIPT);
    expect(said).not.toContain('inference.py');
  });
});

it('the image of xgboost is told of none where the archive has none', async () => {
  const { environment } = await deploy(await packaged('model.bin', 'code/helper.py'), framework('xgboost'));
  expect(environment ?? {}).toEqual({});
});

it.each(['sklearn', 'pytorch'] as const)(
  'a plan refuses an archive without a script for the image of %s',
  async (name) => {
    const url = await packaged('model.bin', 'code/helper.py');
    await expect(deploy(url, framework(name))).rejects.toThrow(
      `framework: ${url} has no code/inference.py, and AWS's ${name} image cannot serve without one. Give package-model a code-path`,
    );
    expect(bed.aws.names('mutations')).toEqual([]);
  },
);

describe('an archive without a manifest', () => {
  const foreign = () => bed.aws.putObject('models', 'by-hand/model.tar.gz', 'an archive');

  it('is taken to have a script where the image serves nothing without', async () => {
    const { environment, said } = await deploy(await foreign(), framework('sklearn'));
    expect(environment).toEqual(SCRIPT);
    expect(said).toMatch(/Not checked: whether s3:.* has code\/inference\.py\. .* is set to look there/);
  });

  it('is left to the image where that can serve it by itself', async () => {
    const { environment, said } = await deploy(await foreign(), framework('xgboost'));
    expect(environment ?? {}).toEqual({});
    expect(said).toMatch(/serves the model without a script; to change that, set SAGEMAKER_PROGRAM/);
  });

  it('is no failure where the store does not answer', async () => {
    const target = bed.targetWith({ openStore: () => Promise.reject(new Error('no store')) });
    const plan = await target.plan(requestFor(await packaged('code/inference.py'), framework('sklearn')));
    expect(plan.findings).toContainEqual({
      level: 'not-checked',
      message: expect.stringContaining('The manifest beside it could not be read: no store'),
    });
  });
});

describe('what an image was told', () => {
  it('goes with the image, whatever variables the user gives', async () => {
    await deploy(await packaged('code/inference.py'), framework('sklearn'));
    const { environment } = await deploy(await packaged('code/inference.py', 'x'), {}, { THRESHOLD: '0.5' });
    expect(environment).toEqual({ ...SCRIPT, THRESHOLD: '0.5' });
  });

  it('is taken back where the next archive has no script', async () => {
    await deploy(await packaged('code/inference.py'), framework('xgboost'), { THRESHOLD: '0.5' });
    const { environment } = await deploy(await packaged('model.bin'), framework('xgboost'));
    expect(environment).toEqual({ THRESHOLD: '0.5' });
  });

  it('can be said otherwise', async () => {
    const own = { SAGEMAKER_PROGRAM: 'serve.py' };
    const { environment } = await deploy(await packaged('code/inference.py'), framework('sklearn'), own);
    expect(environment).toEqual({ ...SCRIPT, ...own });
  });
});
