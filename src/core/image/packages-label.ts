/**
 * Which versions of packages an image has, as far as its build says so: `scikit-learn==1.5.2 numpy==1.26.4`. push-image
 * writes the label; a Dockerfile may write it itself. It is a claim, and only a warning depends on it.
 */
import { READ_PACKAGES } from '../archive/readers.ts';
import { packageName } from '../archive/requirements.ts';

export const PACKAGES_LABEL = 'ml-deploy.packages';

const PIN = /(?:^|[\s"'])([\w.-]+)(?:\[[^\]]*\])?==([\w.+-]+)/g;

/** Null if the image has no such label. */
export function labelledPackages(labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> | null {
  const label = labels.get(PACKAGES_LABEL);
  return label === undefined ? null : pinned(label);
}

/**
 * What a build pins by `==`, of the packages that models are loaded by; '' if it pins none of them.
 * @param texts a Dockerfile and the requirements files that it names; the first pin of a package counts
 */
export function packagesLabel(texts: readonly string[]): string {
  const pins = pinned(texts.map(withoutComments).join('\n'));
  const known = READ_PACKAGES.filter((name) => pins.has(name));
  return known.map((name) => `${name}==${pins.get(name) ?? ''}`).join(' ');
}

function pinned(text: string): ReadonlyMap<string, string> {
  const pins = new Map<string, string>();
  for (const [, name = '', version = ''] of text.matchAll(PIN)) {
    const key = packageName(name);
    if (!pins.has(key)) pins.set(key, version);
  }
  return pins;
}

const withoutComments = (text: string) => text.replaceAll(/(^|\s)#.*$/gm, '');
