/** Which image serves, as the request names it; preflight finds the digest behind a tag. */
import { needsScript, SCRIPT_PATH } from '../../clouds/aws/framework-script.ts';
import { storedFiles } from '../../core/archive/stored-files.ts';
import type { Problem } from '../../core/errors.ts';
import type { Finding } from '../../documents/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import type { SageMakerTargetOptions } from './options.ts';
import type { ResolvedImage } from './resolve/image.ts';
import { cloudSettings, firstType } from './resolve/settings.ts';
import { servingEnvironment, servingImage } from './serving-images.ts';

export interface ImageAnswer {
  /** null if the request names none. */
  readonly image: ResolvedImage | null;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

const NONE: ImageAnswer = { image: null, problems: [], findings: [] };

export async function imageOf(
  request: DeploymentRequest,
  options: Pick<SageMakerTargetOptions, 'clients' | 'openStore'>,
): Promise<ImageAnswer> {
  const { imageUri, framework, frameworkVersion } = cloudSettings(request);
  if (imageUri !== undefined) return { ...NONE, image: { uri: withoutTag(imageUri), environment: null } };
  if (framework === undefined) return NONE;
  const answer = servingImage({
    framework,
    version: frameworkVersion ?? null,
    region: options.clients.region,
    instanceType: firstType(cloudSettings(request)),
  });
  if ('problems' in answer) return { ...NONE, problems: answer.problems };
  const { environment, findings, problems } = await scriptFor(framework, request, options);
  if (problems.length > 0) return { ...NONE, problems };
  const found: Finding = { level: 'ok', message: `AWS's own image: ${answer.uri}` };
  return { image: { uri: answer.uri, environment }, problems: [], findings: [found, ...findings] };
}

/** What the image needs to know of the archive's code/inference.py, and how that is known. */
async function scriptFor(
  framework: string,
  request: DeploymentRequest,
  { openStore }: Pick<SageMakerTargetOptions, 'openStore'>,
): Promise<Omit<ImageAnswer, 'image'> & { environment: Readonly<Record<string, string>> }> {
  const url = cloudSettings(request).modelDataUrl ?? request.sources.modelUrl;
  const { paths, why } = await storedFiles(url, openStore);
  const has = paths?.includes(SCRIPT_PATH) ?? null;
  if (has === false && needsScript(framework)) {
    const message = `${url} has no ${SCRIPT_PATH}, and AWS's ${framework} image cannot serve without one.`;
    const fix =
      'Give package-model a code-path with an inference.py, or deploy the model with your own image (image-uri).';
    return { environment: {}, findings: [], problems: [{ where: 'framework', message, fix }] };
  }
  if (has !== null) return { environment: servingEnvironment(framework, has), findings: [], problems: [] };
  const isTold = needsScript(framework);
  const instead = isTold
    ? `The ${framework} image is set to look there, because it cannot serve without one.`
    : `The ${framework} image serves the model without a script; to change that, set SAGEMAKER_PROGRAM and SAGEMAKER_SUBMIT_DIRECTORY in environment-variables.`;
  const message = `Not checked: whether ${url} has ${SCRIPT_PATH}. ${why} ${instead}`;
  return {
    environment: servingEnvironment(framework, isTold),
    findings: [{ level: 'not-checked', message }],
    problems: [],
  };
}

/** Of a tag and a digest, the digest is what counts. */
function withoutTag(uri: string): string {
  return uri.replace(/:[^:@/]+@/, '@');
}
