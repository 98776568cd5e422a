import { describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../../src/core/image/manifest.ts';
import { modelLabelProblems } from '../../../../src/core/image/model-label.ts';
import { describeImage } from '../../../../src/core/image/published-image.ts';

const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
const manifest = (mediaType: string, document: object) => ({
  mediaType,
  digest: `sha256:${'0'.repeat(64)}`,
  bytes: Buffer.from(JSON.stringify(document)),
});
const config = (document: object) => () => Promise.resolve(Buffer.from(JSON.stringify(document)));

describe('an image as its registry tells it', () => {
  it('has the layers of its manifest, and the platform and labels of its config', async () => {
    const layers = [{ mediaType: LAYER, size: 20 }, { mediaType: LAYER, size: 30 }, { size: 1 }];
    const whole = manifest(mediaTypes.dockerManifest, { config: { digest: 'sha256:c', size: 10 }, layers });
    const labels = { 'ml-deploy.model-digest': 'ab', number: 1 };
    expect(
      await describeImage(whole, config({ os: 'linux', architecture: 'arm64', config: { Labels: labels } })),
    ).toEqual({
      manifest: whole,
      platforms: ['linux/arm64'],
      bytes: 61,
      layers: [LAYER, ''],
      labels: new Map([['ml-deploy.model-digest', 'ab']]),
    });
  });

  it('has no labels where its config has none, and no config is asked for where it is an index', async () => {
    const whole = manifest(mediaTypes.ociManifest, { config: { digest: 'sha256:c' } });
    for (const document of [{}, { config: null }, { config: { Labels: null } }])
      expect((await describeImage(whole, config(document))).labels).toEqual(new Map());
    const none = () => Promise.reject(new Error('nobody asks'));
    const index = await describeImage(manifest(mediaTypes.ociIndex, { manifests: [] }), none);
    expect(index).toMatchObject({ platforms: [], layers: [], bytes: null });
  });
});

describe('the label with the model', () => {
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const problems = (labels: Record<string, string>) =>
    modelLabelProblems(new Map(Object.entries(labels)), one);

  it('has to be there, and to name that model', () => {
    expect(problems({ 'ml-deploy.model-digest': one })).toEqual([]);
    expect(problems({})[0]?.message).toMatch(/no label ml-deploy\.model-digest/);
    expect(problems({ 'ml-deploy.model-digest': other })[0]?.message).toMatch(
      new RegExp(`names the model ${other}, not ${one}`),
    );
  });
});
