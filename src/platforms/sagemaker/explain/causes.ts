/**
 * What the wording of AWS means. Each cause is known by what AWS (FailureReason, or the error of the call) or the
 * container's log says; the texts are taken from public reports, named beside them.
 */
import type { FailurePage } from '../../../core/failure-pages.ts';

export type Cause =
  | 'ping'
  | 'model-download'
  | 'image-pull'
  | 'image-kind'
  | 'image-place'
  | 'image-size'
  | 'out-of-memory'
  | 'no-capacity'
  | 'quota'
  | 'role'
  | 'unknown';

interface Wording {
  readonly cause: Cause;
  readonly says: RegExp;
}

/** In order: the first that fits counts. A quota comes before a missing instance, a role before what it cannot read. */
const REASONS: readonly Wording[] = [
  // "The account-level service limit 'ml.m5.large for endpoint usage' is 0 Instances, with current utilization of …"
  // https://github.com/aws/amazon-sagemaker-examples/issues/307
  {
    cause: 'quota',
    says: /service limit|ResourceLimitExceeded|exceed\w* (?:your (?:quota|limit)|the quota)/i,
  },
  // "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error."
  // https://github.com/aws/deep-learning-containers/pull/6673, https://github.com/DIAGNijmegen/rse-grand-challenge/issues/2631
  {
    cause: 'no-capacity',
    says: /Unable to provision requested ML compute capacity|InsufficientInstanceCapacity|CapacityError/i,
  },
  // "Could not access model data at … Please ensure that the role "…" exists and that its trust relationship policy …"
  // https://github.com/philschmid/llm-sagemaker-sample/issues/2, https://github.com/bentoml/BentoML/issues/892
  // "SageMaker was unable to assume the role '…'": https://github.com/aws/sagemaker-python-sdk/issues/43
  {
    cause: 'role',
    says: /Could not (?:access model data|assume role)|trust relationship|unable to (?:perform: )?(?:sts:)?AssumeRole|unable to assume the role|Could not assume/i,
  },
  // "Failed to download model data for container "container_1" from URL: …", "Failed to extract model data archive …"
  // https://github.com/aws-solutions-library-samples/fraud-detection-using-machine-learning/issues/9
  // https://github.com/mantiumai/aws-sagemaker-gptj-deepspeed-blog/pull/5, https://github.com/aws-ia/ecs-blueprints/issues/223
  {
    cause: 'model-download',
    says: /Failed to (?:download|extract) model data|Could not find model data|model data .*tim(?:ed|e) ?out/i,
  },
  // "The model data archive is too large. Please … move to an instance type with more memory."
  // https://github.com/aws/sagemaker-python-sdk/issues/879
  { cause: 'out-of-memory', says: /model data archive is too large|out of memory|insufficient memory/i },
  // "Image size 13279248421 is greater than supported size 10737418240"
  // https://github.com/aws-solutions-library-samples/qnabot-on-aws/issues/691
  { cause: 'image-size', says: /Image size \d+ is greater than supported size/i },
  // "Unsupported manifest media type application/vnd.oci.image.index.v1+json for image …"
  // https://github.com/mlflow/mlflow/issues/13834
  { cause: 'image-kind', says: /Unsupported manifest media type/i },
  // "Using non-ECR image "…" without Vpc repository access mode is not supported."
  // https://github.com/aws/sagemaker-python-sdk/pull/4700
  { cause: 'image-place', says: /Using non-ECR image/i },
  // "Please make sure all images included in the model for the production variant … exist, and that the execution role …"
  // https://github.com/aws/sagemaker-python-sdk/issues/1835
  // "The repository of your image … does not grant ecr:GetDownloadUrlForLayer, …"
  // https://github.com/aws/deep-learning-containers/issues/5657
  // "Requested image … not found.": https://github.com/aws-samples/easy-amazon-sagemaker-deployments/issues/4
  // "ECR image "…" is invalid.": https://github.com/aws/amazon-sagemaker-examples/issues/195
  {
    cause: 'image-pull',
    says: /all images included in the model|does not grant ecr:|Requested image .*not found|ECR image .*is invalid|(?:Failed|Unable) to pull|image .*does not exist/i,
  },
  // "The primary container for production variant AllTraffic did not pass the ping health check."
  // https://github.com/aws/sagemaker-python-sdk/issues/787
  // "CannotStartContainerError. Please ensure the model container for variant … starts correctly when invoked with …"
  // https://github.com/aws/sagemaker-python-sdk/issues/4615
  { cause: 'ping', says: /ping health check|CannotStartContainerError/i },
];

/** What a container's own log gives away, if AWS only says that it did not answer. */
const LOGS: readonly Wording[] = [
  // "runtimeError: 507 - System out of memory": https://github.com/aws-neuron/aws-neuron-sdk/issues/426
  {
    cause: 'out-of-memory',
    says: /\bMemoryError\b|out of memory|\boom[- ]?kill|Killed process|signal 9|SIGKILL|exit(?:ed)? (?:with )?(?:code|status) 137|std::bad_alloc|Worker .*was sent SIGKILL/i,
  },
];

export function causeOf(reason: string, logTail: string): Cause {
  const said = REASONS.find(({ says }) => says.test(reason))?.cause ?? 'unknown';
  if (said !== 'ping' && said !== 'unknown') return said;
  return LOGS.find(({ says }) => says.test(logTail))?.cause ?? said;
}

export interface Advice {
  /** Of docs/failures; absent if it tells nothing that the outcome does not tell. */
  readonly page?: FailurePage;
  /** One sentence: what failed. `{variant}` stands for the variant's name. */
  readonly sentence: string;
  readonly fix: string;
}

export const ADVICE: Readonly<Record<Cause, Advice>> = {
  ping: {
    page: 'ping-health-check',
    sentence: 'The container of variant {variant} did not answer GET /ping on port 8080 with 200 in time.',
    fix: 'Read its log below for the first error. If it only starts slowly, raise startup-timeout; run the same image with target: local to see it start.',
  },
  'model-download': {
    page: 'model-download',
    sentence: 'SageMaker could not fetch or unpack the model archive for variant {variant}.',
    fix: 'Check that the archive exists, that the execution role has s3:GetObject on it (and kms:Decrypt on its key), and that it is one gzip tar without symbolic links, as package-model makes it; for a large one raise "sagemaker: model-download-timeout".',
  },
  'image-pull': {
    page: 'image-pull',
    sentence: 'SageMaker could not pull the serving image of variant {variant}.',
    fix: 'Check that the image exists in this region, that the execution role can pull it (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, ecr:BatchCheckLayerAvailability, ecr:GetAuthorizationToken), and for another account that its repository policy allows sagemaker.amazonaws.com.',
  },
  'image-kind': {
    page: 'oci-manifest',
    sentence: 'SageMaker does not start images of this kind, for variant {variant}.',
    fix: 'Build it with push-image (for-target: sagemaker), or with docker buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false.',
  },
  'image-place': {
    page: 'image-pull',
    sentence: 'SageMaker pulls images from Amazon ECR only, for variant {variant}.',
    fix: 'Push the image to ECR in this region, as push-image does; or set an ImageConfig with RepositoryAccessMode: Vpc in model-overrides.',
  },
  'image-size': {
    page: 'image-size',
    sentence: 'The image is too large for serverless inference, for variant {variant}.',
    fix: 'Serverless inference accepts images of up to 10 GiB: make it smaller, or use an instance-type instead of serverless-memory-mb.',
  },
  'out-of-memory': {
    page: 'out-of-memory',
    sentence: 'The instance of variant {variant} has too little memory for this model.',
    fix: 'Take an instance type with more memory, fewer model server workers (for AWS’s images SAGEMAKER_MODEL_SERVER_WORKERS: 1 in environment-variables), or a smaller model.',
  },
  'no-capacity': {
    page: 'no-capacity',
    sentence: 'AWS has no free instance of the requested type for variant {variant} right now.',
    fix: 'Run it again later, use another instance-type or region, or use the strategy "rolling", which needs fewer instances at once.',
  },
  quota: {
    page: 'quota',
    sentence: 'The account’s quota of instances for endpoints is too small for variant {variant}.',
    fix: 'Request more of "<instance type> for endpoint usage" under Service Quotas, Amazon SageMaker, or use the strategy "rolling", which needs fewer instances at once.',
  },
  role: {
    page: 'execution-role',
    sentence: 'SageMaker could not use the execution role for variant {variant}.',
    fix: 'Check that execution-role-arn exists, that its trust policy allows sts:AssumeRole for sagemaker.amazonaws.com, and that it has s3:GetObject on the archive.',
  },
  unknown: {
    sentence: 'The endpoint failed for variant {variant}.',
    fix: 'Read AWS’s reason and the log below; the same command can be run again.',
  },
};
