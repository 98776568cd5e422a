import type { ImageRules } from '../../core/image/deployable.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html: images of one architecture, in either format of
 * manifest. Layers of other kinds end in "UnsupportedImageLayerDetected"
 * (https://github.com/bazel-contrib/rules_oci/issues/777).
 */
export const LAMBDA_IMAGES: ImageRules = {
  title: 'Lambda',
  manifest: 'single',
  platforms: ['linux/amd64', 'linux/arm64'],
  layers: [
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
    'application/vnd.oci.image.layer.v1.tar+gzip',
    'application/vnd.oci.image.layer.v1.tar',
  ],
  modelInside: true,
  // https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (Amazon ECR permissions)
  pulledBy: 'lambda.amazonaws.com',
};
