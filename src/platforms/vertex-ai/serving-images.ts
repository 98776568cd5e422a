/** Google's prebuilt serving images by framework and version, for users without an image of their own. */
import type { Problem } from '../../core/errors.ts';
import type { ImageAsked, ImagePackages } from '../../core/platform.ts';
import { unknownFramework, unknownVersion } from '../../inputs/serving-image.ts';
import { FRAMEWORKS, type Framework, type MultiRegion } from './serving-images-data.ts';
import type { DedicatedResources } from './spec.ts';

export interface ServingImageRequest {
  readonly framework: string;
  /** null if only the framework was given. */
  readonly version: string | null;
  readonly location: string;
  readonly machine: DedicatedResources['machineSpec'];
}

/** Reads nothing: whether an image is there still is asked of its registry. */
export function servingImage(
  request: ServingImageRequest,
): { readonly uri: string } | { readonly problems: readonly Problem[] } {
  const { framework: name, version, location, machine } = request;
  const framework = FRAMEWORKS[name];
  if (framework === undefined)
    return { problems: [unknownFramework(name, 'Google', Object.keys(FRAMEWORKS))] };
  const known = Object.keys(framework.versions);
  const full = knownVersion(framework, version ?? '');
  if (full === null)
    return { problems: [unknownVersion(version, { name, versionOf: framework.versionOf, known })] };
  const processor = machine.acceleratorType === undefined ? 'cpu' : 'gpu';
  const image = isTpu(machine) ? undefined : framework.versions[full]?.[processor];
  if (image === undefined) return { problems: [noImageFor(name, machine)] };
  return { uri: `${hostOf(location)}/${REPOSITORY}/${image}:latest` };
}

const REPOSITORY = 'vertex-ai/prediction';
const PREBUILT =
  /^(?:us|europe|asia)-docker\.pkg\.dev\/vertex-ai\/prediction\/(?:([a-z]+)2?-[a-z]+\.(\d+)-(\d+))?/;

/** Whether an image is one of Google's own. */
export function isServingImage(uri: string): boolean {
  return PREBUILT.test(uri);
}

/** What to set instead of the name of one of Google's own images. */
export function inputsFor(uri: string): string {
  const [, stem, major, minor] = PREBUILT.exec(uri) ?? [];
  if (stem === undefined || major === undefined || minor === undefined)
    return 'Set framework and framework-version instead.';
  const framework = stem === 'tf' ? 'tensorflow' : stem;
  return `Set framework: ${framework} and framework-version: ${major}.${minor} instead.`;
}

/** The images are named by two numbers, and `1.5.2` is served by the one of 1.5. */
function knownVersion({ versions }: Framework, version: string): string | null {
  const [two = ''] = /^\d+\.\d+(?=$|\.\d)/.exec(version) ?? [];
  return versions[two] === undefined ? null : two;
}

function isTpu({ machineType, acceleratorType = '' }: ServingImageRequest['machine']): boolean {
  return /^ct\d/.test(machineType) || acceleratorType.startsWith('TPU');
}

/** Any of the three can be used anywhere; the nearest is pulled fastest. */
function hostOf(location: string): string {
  const [part = ''] = location.split('-');
  return `${NEAREST[part] ?? 'us'}-docker.pkg.dev`;
}

const NEAREST: Readonly<Record<string, MultiRegion>> = {
  europe: 'europe',
  africa: 'europe',
  me: 'europe',
  asia: 'asia',
  australia: 'asia',
};

function noImageFor(name: string, { machineType, acceleratorType }: ServingImageRequest['machine']): Problem {
  const what = acceleratorType ?? machineType;
  const where = acceleratorType === undefined ? 'instance-type' : 'vertex-ai: accelerator-type';
  const message = `Google has no serving image for ${name} that runs on ${what}.`;
  return { where, message, fix: 'Use a machine without it, or set image-uri.' };
}

/** Why Google's image of the framework cannot serve a model of these files; null if it can. */
export function unservable(name: string, paths: readonly string[]): Problem | null {
  const framework = FRAMEWORKS[name];
  if (framework === undefined || framework.loads.some((file) => paths.includes(file))) return null;
  const files = listed(framework.loads);
  return {
    where: 'framework',
    message: `Google's ${name} image loads ${files} from the top of the model's folder, and the model has no such file.`,
    fix: `${advice(framework, paths)}, or serve the model with your own image (image-uri).`,
  };
}

/** The right name in the wrong place, or another name with the same ending. */
function advice({ loads }: Framework, paths: readonly string[]): string {
  const below = paths.find((path) => loads.some((file) => path.endsWith(`/${file}`)));
  if (below !== undefined) return `Package the folder that ${below} is in`;
  const like = paths.find((path) => loads.some((file) => path.endsWith(endingOf(file))));
  const name = loads.find((file) => like?.endsWith(endingOf(file)));
  if (like !== undefined && name !== undefined) return `Save ${like} as ${name}`;
  return `Save the model as ${listed(loads)}`;
}

const endingOf = (file: string) => file.slice(file.lastIndexOf('.'));

function listed(files: readonly string[]): string {
  const last = files.at(-1) ?? '';
  return files.length === 1 ? last : `${files.slice(0, -1).join(', ')} or ${last}`;
}

/** Null for what is not an image of Google's that we know. */
export function servingPackages({ framework: name, version }: ImageAsked): ImagePackages | null {
  const framework = FRAMEWORKS[name ?? ''];
  const full = framework === undefined ? null : knownVersion(framework, version ?? '');
  if (framework === undefined || full === null) return null;
  return {
    title: `Google's image for ${name ?? ''} ${full}`,
    packages: new Map([[framework.package, full]]),
    installsPins: false,
  };
}
