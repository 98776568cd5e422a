/**
 * Which versions of packages AWS's own serving images have. If the tag is not the version itself, from their Dockerfiles:
 * https://github.com/aws/sagemaker-scikit-learn-container/tree/master/docker and
 * https://github.com/aws/sagemaker-xgboost-container/tree/master/docker (base/Dockerfile.cpu of each version).
 */
import type { ImageAsked, ImagePackages } from '../../core/platform.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { FRAMEWORKS } from './serving-images-data.ts';
import { fullVersion } from './serving-images.ts';

/** `1.2-1` is scikit-learn 1.2.1, and `1.0-1` is not 1.0.1: the last number is AWS's own. */
const EXACT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sklearn: { '0.23-1': '0.23.2', '1.0-1': '1.0.2', '1.2-1': '1.2.1', '1.4-2-py312': '1.4.2' },
  xgboost: { '1.7-1': '1.7.4', '3.0-5': '3.0.5' },
};

const PYPI: Readonly<Record<string, string>> = {
  sklearn: 'scikit-learn',
  xgboost: 'xgboost',
  pytorch: 'torch',
  tensorflow: 'tensorflow',
  huggingface: 'transformers',
};

/** Null for what is not an image of AWS's that we know. */
export function servingPackages({ framework, version, uri }: ImageAsked): ImagePackages | null {
  const known = framework === null ? byTag(uri ?? '') : { framework, version: version ?? '' };
  return known === null ? null : packagesIn(known);
}

function packagesIn(known: { readonly framework: string; readonly version: string }): ImagePackages | null {
  const versions = FRAMEWORKS[known.framework]?.versions ?? {};
  const exact = fullVersion(versions, known.version);
  if (exact === null) return null;
  const { repository = '', tag = '' } = Object.values(versions[exact] ?? {})[0] ?? {};
  return {
    title: `AWS's image ${repository}, ${exact}`,
    packages: packagesOf(known.framework, exact, tag),
    installsPins: true,
  };
}

function packagesOf(framework: string, version: string, tag: string): ReadonlyMap<string, string> {
  const own =
    EXACT[framework]?.[version] ?? (framework in EXACT ? version.split('-')[0] : version) ?? version;
  const torch = framework === 'huggingface' ? tag.split('-')[0] : undefined;
  return new Map([
    [PYPI[framework] ?? framework, own],
    ...(torch === undefined ? [] : [['torch', torch] as const]),
  ]);
}

/** The framework and version of an image of AWS's that is named by its tag. */
function byTag(uri: string): { readonly framework: string; readonly version: string } | null {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/([^:@]+):([^@]+)/.exec(uri) ?? [];
  const account = parseEcrHost(host)?.account;
  for (const [framework, { accounts, versions }] of Object.entries(FRAMEWORKS)) {
    if (account === undefined || !Object.values(accounts).includes(account)) continue;
    for (const [version, images] of Object.entries(versions)) {
      const isIt = Object.values(images).some((one) => one.repository === repository && one.tag === tag);
      if (isIt) return { framework, version };
    }
  }
  return null;
}
