/**
 * Which model an image was made for. If the model is in the image, nothing but this label ties the bytes that serve to
 * the release that was approved. It is a claim; the proof is smoke-test, which compares answers.
 */
import type { Problem } from '../errors.ts';

export const MODEL_DIGEST_LABEL = 'ml-deploy.model-digest';

const FIX = 'Build the image with push-image and its input model-path, which puts that model into it.';

/** Why an image cannot be taken for that of a model; empty if it can. @param modelDigest 64 hexadecimal digits */
export function modelLabelProblems(labels: ReadonlyMap<string, string>, modelDigest: string): Problem[] {
  const label = labels.get(MODEL_DIGEST_LABEL);
  if (label === modelDigest) return [];
  const message =
    label === undefined
      ? `It has no label ${MODEL_DIGEST_LABEL}, so the model in it is not known.`
      : `Its label ${MODEL_DIGEST_LABEL} names the model ${label}, not ${modelDigest}.`;
  return [{ where: 'image-uri', message, fix: FIX }];
}
