/** Google's prebuilt image for a request without one: which it is, what it is today, and whether it can load the model. */
import { storedFiles } from '../../core/archive/stored-files.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { parseReference } from '../../core/image/reference.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import type { Finding } from '../../documents/plan.ts';
import type { VertexTargetOptions } from './options.ts';
import { servingImage, unservable } from './serving-images.ts';
import type { DedicatedResources } from './spec.ts';

export interface OwnImage {
  /** By the tag `latest`: "image names without the latest tag" are not supported (…/predictions/pre-built-containers). */
  readonly uri: string;
  /** What the tag pointed to when this was planned. */
  readonly digest: string;
}

export interface NamedImage {
  /** '' if there is a problem. */
  readonly uri: string;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

type Options = Pick<VertexTargetOptions, 'place' | 'openStore' | 'imageDigest'>;

/** @returns null if the request names an image of its own, or no framework */
export async function nameImage(
  { desired, sources }: Pick<DeploymentRequest, 'desired' | 'sources'>,
  machine: DedicatedResources['machineSpec'],
  options: Options,
): Promise<NamedImage | null> {
  const settings = desired.spec as CloudSettings;
  const { imageUri, framework, frameworkVersion: version = null } = settings;
  if (imageUri !== undefined || framework === undefined) return null;
  const { location } = options.place;
  const answer = servingImage({ framework, version, location, machine });
  const files = await filesProblems(framework, sources.modelUrl, options);
  const unknown = 'problems' in answer ? answer.problems : [];
  return {
    uri: 'uri' in answer ? answer.uri : '',
    problems: [...unknown, ...routeProblems(settings), ...files.problems],
    findings: files.findings,
  };
}

/** @throws UserError if Google has withdrawn the image */
export async function pinImage({ uri }: NamedImage, { imageDigest }: Options): Promise<OwnImage> {
  const { registry, repository, tag } = parseReference(uri, 'framework');
  const digest = await imageDigest({ registry, repository }, tag ?? 'latest');
  if (digest !== null) return { uri, digest };
  const message = `"${uri}" is not in its registry: Google withdraws old images.`;
  throw UserError.of([
    { where: 'framework-version', message, fix: 'Use a newer version, or set image-uri.' },
  ]);
}

function routeProblems({ predictRoute, healthRoute, port }: CloudSettings): Problem[] {
  const given = Object.entries({ 'predict-route': predictRoute, 'health-route': healthRoute, port });
  return given
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      where: `vertex-ai: ${name}`,
      message: `"${value ?? ''}" is given, but Google's own images have routes and a port of their own.`,
      fix: 'Leave it out, or set image-uri.',
    }));
}

/** The image copies the model's folder, and looks for a file of a certain name in it. */
async function filesProblems(
  framework: string,
  url: string,
  { openStore }: Options,
): Promise<{ readonly problems: readonly Problem[]; readonly findings: readonly Finding[] }> {
  if (!url.startsWith('gs://')) {
    const message = `"${url}" is not in Cloud Storage, where Google's own images read the model.`;
    const fix = 'Package it with a destination such as gs://bucket/prefix, or set image-uri.';
    return { problems: [{ where: 'model-data-url', message, fix }], findings: [] };
  }
  const { paths, why } = await storedFiles(url, openStore);
  if (paths === null) {
    const message = `Not checked: whether ${url} has a file that Google's ${framework} image loads. ${why}`;
    return { problems: [], findings: [{ level: 'not-checked', message }] };
  }
  const problem = unservable(framework, paths);
  return { problems: problem === null ? [] : [problem], findings: [] };
}
