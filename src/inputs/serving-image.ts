/** What is said of image-uri, framework and framework-version on platforms where they name the image that serves. */
import leven from 'leven';
import type { Problem } from '../core/errors.ts';
import type { DeploymentFacts } from '../core/plan/deployment-facts.ts';

/** @param owner whose images they are, such as `AWS`. @param known the frameworks that there are images for */
export function unknownFramework(name: string, owner: string, known: readonly string[]): Problem {
  const near = known.find((other) => leven(other, name.toLowerCase()) <= 2);
  const fix = near === undefined ? 'Give image-uri instead.' : `Did you mean ${near}?`;
  return {
    where: 'framework',
    message: `${owner} has no serving image for "${name}" that we know; there are ${known.join(', ')}.`,
    fix,
  };
}

/** @param versionOf what framework-version is the version of. @param known the oldest first */
export function unknownVersion(
  version: string | null,
  { name, versionOf, known }: { name: string; versionOf: string; known: readonly string[] },
): Problem {
  const where = 'framework-version';
  const all = known.join(', ');
  if (version === null) return { where, message: `is required with framework "${name}"; there are ${all}.` };
  return {
    where,
    message: `"${version}" is not a version of ${versionOf} whose serving image for ${name} we know; there are ${all}.`,
    fix: 'Use one of them, or set image-uri.',
  };
}

/** An image may be named without a digest, but not with half of one. */
export function wholeDigest({ imageUri }: DeploymentFacts): Problem[] {
  if (imageUri === null || !imageUri.includes('@') || /@sha256:[0-9a-f]{64}$/.test(imageUri)) return [];
  const message = `"${imageUri}" has no digest of the form sha256:….`;
  return [{ where: 'image-uri', message, fix: 'Take it from push-image.' }];
}
