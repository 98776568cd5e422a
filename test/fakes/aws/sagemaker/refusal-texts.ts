/**
 * What SageMaker says when it refuses a call or gives up an endpoint, word for word as it was published, and where it was read.
 * The fake says the first text of a cause unless a test exchanges it.
 */
export const CAUSES = [
  'image-missing',
  'image-kind',
  'data-missing',
  'role',
  'quota',
  'ping-failure',
  'image-pull-failure',
  'model-download-failure',
  'no-capacity',
] as const;
export type Refusal = (typeof CAUSES)[number];

export interface Published {
  /** `{image}`, `{data}`, `{role}`, `{type}`, `{variant}`, `{media}` and counts stand for what is refused. */
  readonly text: string;
  readonly source: string;
}

const PUBLIC = 'https://github.com/';
const LIMIT =
  "The account-level service limit '{type} for endpoint usage' is {limit} Instances, with current utilization of {used} Instances and a request delta of {delta} Instances.";
const NO_CAPACITY =
  'Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error.';

export const PUBLISHED: Readonly<Record<Refusal, readonly [Published, ...Published[]]>> = {
  'image-missing': [
    {
      text: 'Requested image {image} not found.',
      source: `${PUBLIC}aws-samples/easy-amazon-sagemaker-deployments/issues/4`,
    },
    {
      text: 'ECR image "{image}" is invalid.',
      source: `${PUBLIC}aws/amazon-sagemaker-examples/issues/195`,
    },
  ],
  'image-kind': [
    {
      text: 'Unsupported manifest media type {media} for image {image}. Ensure that valid manifest media type is used for specified image.',
      source: `${PUBLIC}mlflow/mlflow/issues/13834`,
    },
  ],
  'data-missing': [
    {
      text: 'Could not find model data at {data}.',
      source: `${PUBLIC}aws/amazon-sagemaker-examples/issues/4479`,
    },
    {
      text: 'Failed to download model data for container "container_1" from URL: "{data}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.',
      source: `${PUBLIC}aws-solutions-library-samples/fraud-detection-using-machine-learning/issues/9`,
    },
  ],
  role: [
    {
      text: "Could not assume role {role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
      source: `${PUBLIC}awslabs/predictive-maintenance-using-machine-learning/issues/3`,
    },
    {
      text: 'Could not access model data at {data}. Please ensure that the role "{role}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".',
      source: `${PUBLIC}philschmid/llm-sagemaker-sample/issues/2`,
    },
    {
      text: "SageMaker was unable to assume the role '{role}'",
      source: `${PUBLIC}aws/sagemaker-python-sdk/issues/43`,
    },
  ],
  quota: [
    {
      text: `${LIMIT} Please contact AWS support to request an increase for this limit.`,
      source: `${PUBLIC}aws/amazon-sagemaker-examples/issues/307`,
    },
    {
      text: `${LIMIT} Please use AWS Service Quotas to request an increase for this quota. If AWS Service Quotas is not available, contact AWS support to request an increase for this quota.`,
      source: `${PUBLIC}aws/amazon-sagemaker-feedback/issues/157`,
    },
  ],
  'ping-failure': [
    {
      text: 'The primary container for production variant {variant} did not pass the ping health check. Please check CloudWatch logs for this endpoint.',
      source: `${PUBLIC}aws/sagemaker-python-sdk/issues/787`,
    },
    {
      text: "CannotStartContainerError. Please ensure the model container for variant {variant} starts correctly when invoked with 'docker run <image> serve'",
      source: `${PUBLIC}aws/sagemaker-python-sdk/issues/4615`,
    },
  ],
  'image-pull-failure': [
    {
      text: 'Please make sure all images included in the model for the production variant {variant} exist, and that the execution role used to create the model has permissions to access them.',
      source: `${PUBLIC}aws/sagemaker-python-sdk/issues/1835`,
    },
    {
      text: 'The repository of your image {image} does not grant ecr:GetDownloadUrlForLayer, ecr:BatchGetImage, ecr:BatchCheckLayerAvailability permission to sagemaker.amazonaws.com service principal.',
      source: `${PUBLIC}aws/deep-learning-containers/issues/5657`,
    },
  ],
  'model-download-failure': [
    {
      text: 'Failed to download model data for container "container_1" from URL: "{data}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.',
      source: `${PUBLIC}aws-solutions-library-samples/fraud-detection-using-machine-learning/issues/9`,
    },
    {
      text: 'Failed to extract model data archive from URL "{data}". Please ensure that the object located at the URL is a valid tar.gz archive.',
      source: `${PUBLIC}mantiumai/aws-sagemaker-gptj-deepspeed-blog/pull/5`,
    },
  ],
  'no-capacity': [
    {
      text: `${NO_CAPACITY} Please retry using a different ML instance type or after some time.`,
      source: `${PUBLIC}aws/deep-learning-containers/pull/6673`,
    },
    { text: NO_CAPACITY, source: `${PUBLIC}DIAGNijmegen/rse-grand-challenge/issues/2631` },
  ],
};

/** Which text of each cause a fake says. */
export class Words {
  readonly #chosen = new Map<Refusal, Published>();

  exchange(cause: Refusal, published: Published): void {
    this.#chosen.set(cause, published);
  }

  say(cause: Refusal, about: Readonly<Record<string, string | number>>): string {
    const { text } = this.#chosen.get(cause) ?? PUBLISHED[cause][0];
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(about[name] ?? ''));
  }
}
