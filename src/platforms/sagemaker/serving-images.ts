/** AWS's own serving images by framework and version, for users without an image of their own. */
import type { Problem } from '../../core/errors.ts';
import { ecrRegistryOf, parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { unknownFramework, unknownVersion } from '../../inputs/serving-image.ts';
import { FRAMEWORKS, type Framework, type Processor } from './serving-images-data.ts';

export interface ServingImageRequest {
  readonly framework: string;
  /** null if only the framework was given. */
  readonly version: string | null;
  readonly region: string;
  /** null for serverless inference, which has CPUs only. */
  readonly instanceType: string | null;
}

export interface ServingImage {
  /** By tag; preflight resolves it to the digest behind it. */
  readonly uri: string;
  readonly repository: string;
  readonly tag: string;
  readonly account: string;
}

/** Reads nothing: the images are known, and whether one is there still is checked with the others. */
export function servingImage(
  request: ServingImageRequest,
): ServingImage | { readonly problems: readonly Problem[] } {
  const { framework: name, region, version } = request;
  const framework = FRAMEWORKS[name];
  if (framework === undefined) return { problems: [unknownFramework(name, 'AWS', Object.keys(FRAMEWORKS))] };
  const account = framework.accounts[region];
  const full = fullVersion(framework.versions, version ?? '');
  const problems: Problem[] = [];
  if (account === undefined) problems.push(unknownRegion(name, framework, region));
  if (full === null) {
    const { versions, versionOf } = framework;
    problems.push(unknownVersion(version, { name, versionOf, known: Object.keys(versions) }));
  }
  if (account === undefined || full === null) return { problems };
  const processor = processorOf(request.instanceType);
  const tagged = processor === null ? undefined : framework.versions[full]?.[processor];
  if (tagged === undefined) return { problems: [noImageFor(name, full, request.instanceType, processor)] };
  const { host } = ecrRegistryOf(account, region);
  return { uri: `${host}/${tagged.repository}:${tagged.tag}`, ...tagged, account };
}

/** Whether an image is in an account of ECR that AWS keeps its serving images in. @param uri `host/name@digest` */
export function isServingImage(uri: string): boolean {
  const account = parseEcrHost(uri.slice(0, uri.indexOf('/')))?.account;
  return (
    account !== undefined &&
    Object.values(FRAMEWORKS).some(({ accounts }) => Object.values(accounts).includes(account))
  );
}

/** `2.6` means the one version that starts so, if there is only one. */
export function fullVersion(versions: Framework['versions'], version: string): string | null {
  if (versions[version] !== undefined) return version;
  const longer = Object.keys(versions).filter(
    (known) => /^[.-]/.test(known.slice(version.length)) && known.startsWith(version),
  );
  return longer.length === 1 ? (longer[0] ?? null) : null;
}

/**
 * By the family in `ml.<family>.<size>`: a g after the generation is Graviton (m6g, c7gn), while g and p in front are
 * GPUs (g5, p4d; g5g has both and no image). null for AWS's own accelerators (inf, trn), which need images of their own.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function processorOf(instanceType: string | null): Processor | null {
  const family = instanceType?.split('.')[1] ?? '';
  if (/^(inf|trn|dl)/.test(family) || /^g\d+g/.test(family)) return null;
  if (/^[gp]\d/.test(family)) return 'gpu';
  if (/^[a-z]+\d+g/.test(family)) return 'arm64';
  return 'cpu';
}

/** The inference toolkits look for the script here: https://github.com/aws/sagemaker-inference-toolkit */
export const SCRIPT: Readonly<Record<string, string>> = {
  SAGEMAKER_PROGRAM: 'inference.py',
  SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
};

/**
 * What AWS's images need to find code/inference.py in the archive. Without a script nothing is set: the images of
 * huggingface and xgboost then serve the model by themselves, and TensorFlow Serving finds its script anyway.
 */
export function servingEnvironment(framework: string, hasScript: boolean): Readonly<Record<string, string>> {
  return hasScript && framework !== 'tensorflow' ? SCRIPT : {};
}

function unknownRegion(name: string, { accounts }: Framework, region: string): Problem {
  return {
    where: 'aws-region',
    message: `we know of no serving image of AWS for ${name} in ${region}; there are some in ${Object.keys(accounts).join(', ')}.`,
    fix: 'Set image-uri, if there is one by now.',
  };
}

function noImageFor(
  name: string,
  version: string,
  instanceType: string | null,
  processor: Processor | null,
): Problem {
  const kinds = { cpu: 'CPUs', gpu: 'GPUs', arm64: 'Graviton' } as const;
  const versions = FRAMEWORKS[name]?.versions ?? {};
  const others =
    processor === null
      ? []
      : Object.keys(versions).filter((known) => versions[known]?.[processor] !== undefined);
  const kind = processor === null ? 'an accelerator of AWS’s own' : kinds[processor];
  const fix =
    others.length === 0
      ? 'Use another instance-type'
      : `There are such images for ${others.join(', ')}. Use one of them, another instance-type`;
  return {
    where: 'instance-type',
    message: `${instanceType ?? ''} has ${kind}, and we know of no serving image of AWS for ${name} ${version} on it.`,
    fix: `${fix}, or give image-uri.`,
  };
}
