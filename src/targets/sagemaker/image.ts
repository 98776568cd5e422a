/** Which image serves, as the request names it; preflight finds the digest behind a tag. */
import type { Problem } from '../../core/errors.ts';
import type { Finding } from '../../core/plan/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import type { AwsClients } from './clients.ts';
import { cloudSettings, type ResolvedImage } from './resolve.ts';
import { servingImage } from './serving-images.ts';

export interface ImageAnswer {
  /** null where the request names none. */
  readonly image: ResolvedImage | null;
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
}

/** https://github.com/aws/sagemaker-inference-toolkit#implementation-steps and the containers' own READMEs */
export const SCRIPT_ENVIRONMENT = {
  SAGEMAKER_PROGRAM: 'inference.py',
  SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
};

export function imageOf(request: DeploymentRequest, { region }: Pick<AwsClients, 'region'>): ImageAnswer {
  const { imageUri, framework, frameworkVersion } = cloudSettings(request);
  if (imageUri !== undefined)
    return { image: { uri: withoutTag(imageUri), environment: {} }, problems: [], findings: [] };
  if (framework === undefined) return { image: null, problems: [], findings: [] };
  const answer = servingImage({
    framework,
    version: frameworkVersion ?? null,
    region,
    instanceType: request.desired.instanceType,
  });
  if ('problems' in answer) return { image: null, problems: answer.problems, findings: [] };
  const image = { uri: answer.uri, environment: SCRIPT_ENVIRONMENT };
  return { image, problems: [], findings: [{ level: 'ok', message: `AWS's own image: ${answer.uri}` }] };
}

/** Of a tag and a digest, the digest is what counts. */
function withoutTag(uri: string): string {
  return uri.replace(/:[^:@/]+@/, '@');
}
