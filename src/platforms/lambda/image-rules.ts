import type { ImageRules } from '../../core/image/deployable.ts';

/**
 * Images can be made for Lambda although it is no target yet.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (single-architecture images, both manifest formats)
 */
export const LAMBDA_IMAGES: ImageRules = {
  title: 'Lambda',
  manifest: 'single',
  platforms: ['linux/amd64', 'linux/arm64'],
};
