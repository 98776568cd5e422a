/** Whose rules an image is made for: `for-target` of push-image. */
import { GENERIC_IMAGES, type ImageRules } from '../core/image/deployable.ts';
import { LAMBDA_IMAGES } from './lambda/image-rules.ts';
import { offeredPlatforms } from './table.ts';

const OF_PLATFORMS = offeredPlatforms.flatMap(({ name, image: { rules } }): [string, ImageRules][] =>
  rules === null ? [] : [[name, rules]],
);

const RULES: ReadonlyMap<string, ImageRules> = new Map([
  ...OF_PLATFORMS,
  ['lambda', LAMBDA_IMAGES],
  ['generic', GENERIC_IMAGES],
]);

export const imageTargets: readonly string[] = [...RULES.keys()];

/** @param target one of `imageTargets` */
export function imageRulesOf(target: string): ImageRules {
  const rules = RULES.get(target);
  if (rules === undefined) throw new TypeError(`for-target "${target}" was not checked.`);
  return rules;
}
