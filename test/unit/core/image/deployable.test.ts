import { describe, expect, it } from 'vitest';
import { platformInputProblems, undeployable } from '../../../../src/core/image/deployable.ts';
import { mediaTypes } from '../../../../src/core/image/manifest.ts';
import type { PublishedImage } from '../../../../src/core/image/published-image.ts';
import { imageRulesOf } from '../../../../src/platforms/image-targets.ts';

const image = (
  mediaType: string,
  platforms: string[] = ['linux/amd64'],
  layers: string[] = [],
): PublishedImage => ({
  manifest: { mediaType, digest: `sha256:${'0'.repeat(64)}`, bytes: new Uint8Array() },
  platforms,
  bytes: 1,
  layers,
  labels: new Map(),
});

const { dockerManifest, dockerIndex, ociManifest, ociIndex } = mediaTypes;

describe('which manifests a platform takes', () => {
  it.each([
    ['sagemaker', dockerManifest],
    ['lambda', dockerManifest],
    ['lambda', ociManifest],
    ['generic', dockerManifest],
    ['generic', ociManifest],
    ['generic', dockerIndex],
    ['generic', ociIndex],
  ] as const)('%s takes %s', (target, mediaType) => {
    expect(undeployable(image(mediaType), imageRulesOf(target), 'linux/amd64')).toEqual([]);
  });

  it.each([
    ['sagemaker', ociManifest, /an OCI manifest.*Docker schema 2/, /oci-mediatypes=false/],
    ['sagemaker', ociIndex, /an OCI index.*Docker schema 2/, /--provenance=false/],
    ['sagemaker', dockerIndex, /a Docker manifest list/, /--provenance=false/],
    ['lambda', ociIndex, /Lambda accepts one manifest only/, /--provenance=false/],
    ['generic', 'application/vnd.docker.distribution.manifest.v1+prettyjws', /not an image/, /buildx/],
  ] as const)('%s refuses %s and names the fix', (target, mediaType, message, fix) => {
    expect(undeployable(image(mediaType), imageRulesOf(target), 'linux/amd64')).toEqual([
      { where: 'manifest', message: expect.stringMatching(message), fix: expect.stringMatching(fix) },
    ]);
  });

  it('refuses another architecture, and an artifact that has none', () => {
    const [wrong] = undeployable(
      image(dockerManifest, ['linux/arm64']),
      imageRulesOf('sagemaker'),
      'linux/amd64',
    );
    expect(wrong?.message).toMatch(/built for linux\/arm64, not for linux\/amd64; SageMaker/);
    const [none] = undeployable(image(ociManifest, []), imageRulesOf('generic'), 'linux/amd64');
    expect(none?.message).toMatch(/built for no platform/);
  });

  it('takes linux/arm64 and linux/arm64/v8 for the same', () => {
    expect(
      undeployable(image(dockerManifest, ['linux/arm64']), imageRulesOf('sagemaker'), 'linux/arm64/v8'),
    ).toEqual([]);
  });
});

describe('which layers a platform takes', () => {
  const zstd = 'application/vnd.oci.image.layer.v1.tar+zstd';
  const gzip = 'application/vnd.oci.image.layer.v1.tar+gzip';

  it('are those that Lambda unpacks; of the others the kind is named', () => {
    const problems = (layers: string[], target: string) =>
      undeployable(image(ociManifest, ['linux/amd64'], layers), imageRulesOf(target), 'linux/amd64');
    expect(problems([gzip, zstd], 'lambda')).toEqual([
      {
        where: 'layers',
        message: expect.stringContaining(`"${zstd}"; Lambda accepts only layers compressed with gzip`),
        fix: expect.stringContaining('compression=gzip'),
      },
    ]);
    expect(problems([gzip, 'application/vnd.docker.image.rootfs.diff.tar.gzip'], 'lambda')).toEqual([]);
    expect(problems([zstd], 'generic')).toEqual([]);
  });
});

it('knows before the build which platforms do not run', () => {
  expect(platformInputProblems(imageRulesOf('sagemaker'), 'linux/arm64')).toEqual([]);
  expect(platformInputProblems(imageRulesOf('generic'), 'linux/s390x')).toEqual([]);
  expect(platformInputProblems(imageRulesOf('lambda'), 'windows/amd64')[0]?.message).toMatch(
    /does not run on Lambda/,
  );
});
