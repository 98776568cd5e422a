/** A model without an image of its own is served by Google's prebuilt image for its framework. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentDigest, contentTree } from '../../../../src/core/archive/content-tree.ts';
import { checkApproved } from '../../../../src/core/plan/check-approved.ts';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import type { DeploymentRequest } from '../../../../src/core/targets.ts';
import { MANIFEST_SCHEMA, manifestText } from '../../../../src/documents/manifest.ts';
import { makeVertexBed, type VertexBed } from '../../../platforms/vertex-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';
import { makeScene, probabilitiesFor, type Row } from '../../actions/smoke-test/scene.ts';

const STORE = 'gs://models/';
const SKLEARN = 'europe-docker.pkg.dev/vertex-ai/prediction/sklearn-cpu.1-5:latest';
const [TODAY, LATER] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

let bed: VertexBed;
beforeEach(() => {
  bed = makeVertexBed();
  bed.registry.set(SKLEARN, TODAY);
  bed.google.container = (image, request) => (image === SKLEARN ? googleAnswers(request) : NOT_OURS);
});
afterEach(() => bed.dispose());

const NOT_OURS = { status: 500, body: 'This is not the image of Google.' };

/** What Google's sklearn image answers, as its documentation says: JSON with `predictions`, one for each of `instances`. */
function googleAnswers(request: string) {
  try {
    const { instances } = JSON.parse(request) as { instances: readonly Row[] };
    if (instances.some((row) => row.length !== 2)) throw new TypeError('X has another number of features.');
    const predictions = instances.map((row) => (probabilitiesFor(row)[1]! > 0.5 ? 1 : 0));
    return { status: 200, body: JSON.stringify({ predictions }) };
  } catch (error) {
    return { status: 400, body: JSON.stringify({ error: String(error) }) };
  }
}

/** A model in Cloud Storage as package-model leaves it. */
async function packaged(...paths: readonly string[]): Promise<string> {
  const files = contentTree(
    paths.map((path) => ({ path, mode: '644', size: 1, sha256: 'a'.repeat(64) }) as const),
  );
  const digest = contentDigest(files);
  const store = await bed.options.openStore(STORE);
  const described = { framework: 'sklearn', frameworkVersion: null, signature: null, packer: 'test' };
  const manifest = {
    schema: MANIFEST_SCHEMA,
    digest,
    sha256: digest,
    bytes: 1,
    compression: 'none',
  } as const;
  await store.put(storeKeys.filesManifest(digest), manifestText({ ...manifest, ...described, files }));
  return `${STORE}${storeKeys.files(digest)}/`;
}

function requestFor(modelUrl: string, settings: CloudSettings = {}): DeploymentRequest {
  const asked = { framework: 'sklearn', frameworkVersion: '1.5', modelDataUrl: modelUrl, ...settings };
  const { desired, sources, ...rest } = bed.requestWith('one', asked);
  const { imageUri: _, ...spec } = desired.spec;
  return { ...rest, desired: { ...desired, spec }, sources: { ...sources, imageUri: null, modelUrl } };
}

const planned = async (settings?: CloudSettings, ...paths: readonly string[]) =>
  bed.target.plan(requestFor(await packaged(...(paths.length === 0 ? ['model.joblib'] : paths)), settings));
const uploaded = () => bed.google.world.versions(ENDPOINT).at(-1)?.body.containerSpec;

describe('a framework instead of an image', () => {
  it('is uploaded by the tag that Google supports, without routes, and the plan has its digest', async () => {
    const plan = await planned({ startupTimeout: 600 });
    expect(plan.desired.image).toBe(TODAY);
    expect(plan.changes).toContainEqual({ field: 'image', from: null, to: TODAY });
    expect(plan.findings).toContainEqual({
      level: 'ok',
      message: `Google's own image: ${SKLEARN}, now ${TODAY}.`,
    });
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(uploaded()).toEqual({ imageUri: SKLEARN, deploymentTimeout: '600s' });
    expect((await planned()).action).toBe('unchanged');
  });

  it('is a new version once Google has patched it, and what was approved before is refused', async () => {
    const approved = await planned();
    bed.registry.set(SKLEARN, LATER);
    const now = await planned();
    expect(now.version).not.toBe(approved.version);
    expect(checkApproved(approved, now)).toMatchObject({ accepted: false });
  });

  it('takes the place of an image of the user, and gives it back, each with routes of its own', async () => {
    await bed.target.deploy(await bed.target.plan(bed.request('two')));
    const plan = await planned();
    expect(plan.changes).toContainEqual(expect.objectContaining({ field: 'image', to: TODAY }));
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(uploaded()).toEqual({ imageUri: SKLEARN });
    await bed.target.deploy(await bed.target.plan(bed.request('three')));
    expect(uploaded()).toMatchObject({ predictRoute: '/invocations', healthRoute: '/ping' });
    expect((await bed.target.rollback(ENDPOINT, plan.version)).outcome).toBe('rolled-back');
  });

  it('runs on accelerators that what serves has', async () => {
    const image = 'europe-docker.pkg.dev/vertex-ai/prediction/pytorch-gpu.2-4:latest';
    bed.registry.set(image, TODAY);
    const torch = { framework: 'pytorch', frameworkVersion: '2.4.1' };
    await bed.target.deploy(await planned({ ...torch, acceleratorType: 'NVIDIA_L4' }, 'model.mar'));
    const { desired, ...rest } = requestFor(await packaged('model.mar', 'more.txt'), torch);
    const { instanceType: _, ...spec } = desired.spec;
    const plan = await bed.target.plan({ ...rest, desired: { ...desired, spec } });
    expect(plan.desired.spec).toMatchObject({ container: { imageUri: image } });
  });
});

describe('what is refused', () => {
  it('is said at once, before a registry is asked', async () => {
    bed.registry.clear();
    const settings = { framework: 'sklearn', frameworkVersion: '2.0', predictRoute: '/predict', port: 8000 };
    await expect(planned(settings, 'churn.joblib')).rejects.toThrow(
      /"2\.0" is not a version of scikit-learn.*\n.*vertex-ai: predict-route: "\/predict" is given, but Google's own images have routes and a port of their own\..*\n.*vertex-ai: port: "8000".*\n.*Google's sklearn image loads model\.joblib or model\.pkl from the top of the model's folder, and the model has no such file\. Save churn\.joblib as model\.joblib/s,
    );
  });

  it('is an image that Google has withdrawn', async () => {
    bed.registry.clear();
    await expect(planned()).rejects.toThrow(
      `framework-version: "${SKLEARN}" is not in its registry: Google withdraws old images. Use a newer version, or set image-uri.`,
    );
  });

  it('is a model that is not in Cloud Storage', async () => {
    await expect(bed.target.plan(requestFor('file:///work/models/model.tar.gz'))).rejects.toThrow(
      /model-data-url: "file:.*" is not in Cloud Storage, where Google's own images read the model\. Package it with a destination/,
    );
  });

  it('is neither an image nor a framework', async () => {
    const { desired, ...rest } = requestFor(await packaged('model.joblib'));
    const { framework: _, ...spec } = desired.spec;
    await expect(bed.target.plan({ ...rest, desired: { ...desired, spec } })).rejects.toThrow(
      'image-uri: is required: Vertex AI serves a container. Build one with push-image, or set framework and framework-version',
    );
  });
});

it('a model without a manifest is planned, and the plan says what was not checked', async () => {
  const plan = await bed.target.plan(requestFor(`${STORE}models/${'1'.repeat(64)}/files/`));
  expect(plan.findings).toContainEqual({
    level: 'not-checked',
    message: expect.stringMatching(
      /^Not checked: whether gs:.* has a file that Google's sklearn image loads\. There is no manifest beside it\.$/,
    ) as string,
  });
});

it('smoke-test checks the candidate and the live version with their JSON, and notes the proof', async () => {
  const scene = await makeScene();
  const plan = await planned();
  const { candidate } = await bed.target.stage(plan);
  const inputs = { target: 'vertex-ai', 'endpoint-name': ENDPOINT, cases: 'cases.json', reference: 'none' };
  const ports = { openTarget: () => Promise.resolve(bed.target) };
  const staged = await scene.run(
    { ...inputs, 'candidate-name': candidate?.name ?? '', 'min-accuracy': '1' },
    ports,
  );
  expect(staged).toMatchObject({ passed: true, quality: { endpoint: { accuracy: 1 } } });
  expect((await bed.target.promote(plan)).outcome).toBe('promoted');
  expect(await scene.run({ ...inputs, 'min-accuracy': '1' }, ports)).toMatchObject({ passed: true });
  expect((await bed.target.describe(ENDPOINT)).live).toMatchObject({ version: plan.version, verified: true });
});
