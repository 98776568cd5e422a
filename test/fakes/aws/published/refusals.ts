/**
 * Where each text that the fake refuses with was read, in the order of its files; `{}` stands for what is refused. The
 * words for images, archives, roles, quotas and failed endpoints are in sagemaker/refusal-texts.ts, those of functions,
 * HTTP APIs and rules in their own files.
 */

/** Nobody published what AWS says: the rule is AWS's, the words are the fake's own, and nothing may hang on them. */
export const OWN_WORDS = null;

const GITHUB = 'https://github.com/';
const AWS = 'https://docs.aws.amazon.com/';
/** Another project's record of what AWS answers. */
const MOTO = `${GITHUB}getmoto/moto/blob/master/moto/`;
const S3_ERRORS = `${AWS}AmazonS3/latest/API/ErrorResponses.html`;
const COMMON = `${AWS}IAM/latest/UserGuide/reference_common-errors.html`;
const OPERATOR = `${GITHUB}aws/amazon-sagemaker-operator-for-k8s/blob/master/controllers/sdkutil/clientwrapper/sagemaker_client.go`;

export const REFUSALS: Readonly<Record<string, string | typeof OWN_WORDS>> = {
  // Any service.
  'Rate exceeded': `${GITHUB}aws/sagemaker-python-sdk/issues/2293`,
  'The request processing has failed because of an unknown error.': OWN_WORDS,
  'User: {} is not authorized to perform: {} on resource: {} because {}': `${GITHUB}aws-actions/configure-aws-credentials/issues/465`,
  'The pagination token is invalid.': OWN_WORDS,
  'the body is not JSON': OWN_WORDS,
  'Could not find operation {}': OWN_WORDS,
  "the value at '{}' can not be converted to {}": OWN_WORDS,
  'The provided token has expired.': S3_ERRORS,
  'The security token included in the request is expired': COMMON,
  'No OpenIDConnect provider found in your account for https://token.example': `${GITHUB}aws-actions/configure-aws-credentials/issues/721`,
  'Not authorized to perform sts:AssumeRoleWithWebIdentity': `${GITHUB}aws-actions/configure-aws-credentials/issues/318`,
  'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.': `${GITHUB}kreuzwerker/awsu/issues/27`,

  // sagemaker: models, configs, endpoints
  'Could not find {} "{}".': `${GITHUB}hashicorp/terraform-provider-aws/issues/40048`,
  'Cannot create already existing {} "{}".': `${GITHUB}aws/sagemaker-python-sdk/issues/101`,
  'Cannot update in-progress endpoint "{}".': OPERATOR,
  'The variant name(s) "{}" is/are not present within endpoint configuration "{}".': `${GITHUB}getmoto/moto/pull/5082`,
  'Could not find resource "{}".': OWN_WORDS,
  // There of a group of packages.
  'ModelPackage {} does not exist.': `${GITHUB}getmoto/moto/pull/7246`,
  'Both PrimaryContainer and Containers cannot be specified.': OWN_WORDS,
  'Either PrimaryContainer or Containers must be specified.': OWN_WORDS,
  'ExecutionRoleArn is required.': OWN_WORDS,
  'Exactly one of Image and ModelPackageName must be specified for a container.': OWN_WORDS,
  'Both ModelDataUrl and ModelDataSource cannot be specified for a container.': OWN_WORDS,
  'S3Uri "{}" of type S3Prefix must end with a forward slash.': OWN_WORDS,
  'CompressionType must be None for S3DataType S3Prefix.': OWN_WORDS,
  'Uncompressed model data is not supported for multi-model containers.': OWN_WORDS,
  'Environment variable {} is longer than 1024 characters.': OWN_WORDS,
  "1 validation error detected: Value '{}' at 'primaryContainer.environment.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_]*": `${AWS}sagemaker/latest/APIReference/API_ContainerDefinition.html`,
  'Variant names must be unique within an endpoint configuration.': OWN_WORDS,
  'Serverless and instance-based variants cannot be mixed in one endpoint configuration.': OWN_WORDS,
  'ModelName is required for production variant {}.': OWN_WORDS,
  'InstanceType and InitialInstanceCount are required for production variant {} without ServerlessConfig.':
    OWN_WORDS,
  'ServerlessConfig cannot be used together with InstanceType or InitialInstanceCount for production variant {}.':
    OWN_WORDS,
  "1 validation error detected: Value '{}' at 'productionVariants.1.member.serverlessConfig.memorySizeInMB' failed to satisfy constraint: Member must satisfy enum value set: [1024, 2048, 3072, 4096, 5120, 6144]":
    OWN_WORDS,
  'ProvisionedConcurrency must be less than or equal to MaxConcurrency.': OWN_WORDS,
  'Serverless endpoints support one production variant only.': OWN_WORDS,
  'DataCaptureConfig is not supported for serverless endpoints.': OWN_WORDS,
  'KmsKeyId is not supported for serverless endpoints.': OWN_WORDS,
  'AsyncInferenceConfig is not supported for serverless endpoints.': OWN_WORDS,
  'Only one of BlueGreenUpdatePolicy and RollingUpdatePolicy can be specified.': OWN_WORDS,
  'AutoRollbackConfiguration requires BlueGreenUpdatePolicy or RollingUpdatePolicy.': OWN_WORDS,
  'DeploymentConfig is not supported for serverless endpoints.': OWN_WORDS,
  'CanarySize is only valid for type CANARY.': OWN_WORDS,
  'LinearStepSize is only valid for type LINEAR.': OWN_WORDS,
  'Traffic routing of type {} requires at least 2 instances, but variant {} has {}.': OWN_WORDS,
  '{} is required.': OWN_WORDS,
  '{} must be between {} and {} percent of the instance count of variant {}, but is {} percent.': OWN_WORDS,
  'MaximumExecutionTimeoutInSeconds ({}) must be greater than the sum of all wait intervals ({}).': OWN_WORDS,
  'Could not find CloudWatch alarm(s) [{}].': OWN_WORDS,
  'With a DeploymentConfig the variant names of the new endpoint configuration [{}] must match those of the endpoint [{}].':
    OWN_WORDS,
  'DeploymentConfig cannot be specified when RetainDeploymentConfig is true.': OWN_WORDS,
  'Cannot update endpoint "{}" in status "{}".': OWN_WORDS,
  'An endpoint cannot be changed between serverless and instance-based variants.': OWN_WORDS,
  'Variant {} of endpoint "{}" is registered as a scalable target: deregister it before its instance type is changed or it is removed.':
    OWN_WORDS,
  "'CONTAINS' operator usage limit of 1 exceeded.": `${AWS}sagemaker/latest/APIReference/API_Filter.html`,
  'Duplicate tag keys found. Please note that Tag keys are case insensitive.': `${MOTO}iam/exceptions.py`,
  'aws: prefixed tag key names are not allowed for external use.': OWN_WORDS,
  'The number of tags exceeds the limit of 50 tags for a resource.': OWN_WORDS,

  // sagemaker-runtime
  "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to {}":
    OWN_WORDS,
  'Endpoint {} of account {} not found.': `${GITHUB}aws/amazon-sagemaker-examples/issues/293`,
  'Variant {} not found for Request. Endpoint {} of account {}.': OWN_WORDS,

  // application-autoscaling
  'SageMaker endpoint {} not found.': OWN_WORDS,
  'MinCapacity and MaxCapacity must be specified when a scalable target is registered.': OWN_WORDS,
  'Maximum capacity cannot be less than minimum capacity': OWN_WORDS,
  'TargetTrackingScalingPolicyConfiguration is required for policy type TargetTrackingScaling': OWN_WORDS,
  'Schedule must be specified': OWN_WORDS,
  'Schedule expression is invalid': OWN_WORDS,
  'No {} found for {}': `${MOTO}applicationautoscaling/models.py`,
  'No Provisioned Concurrency Config found for {}': OWN_WORDS,
  'Unsupported service namespace, resource type or scalable dimension': `${MOTO}applicationautoscaling/models.py`,

  // cloudwatch
  'Exactly one of MetricName and Metrics must be specified': OWN_WORDS,
  'One of Statistic and ExtendedStatistic must be specified': OWN_WORDS,
  'Period must be 10, 20, 30 or a multiple of 60': OWN_WORDS,
  'DatapointsToAlarm must be less than or equal to EvaluationPeriods': OWN_WORDS,
  'The parameter {} is required.': OWN_WORDS,
  'Unknown alarms: {}': OWN_WORDS,
  'Unknown alarm: {}': OWN_WORDS,
  'Unknown resource: {}': OWN_WORDS,
  'The parameter StartTime must be less than the parameter EndTime.': `${MOTO}cloudwatch/models.py`,

  // logs
  'The specified log group does not exist.': `${MOTO}logs/exceptions.py`,
  'The specified log stream does not exist.': `${MOTO}logs/models.py`,
  'Cannot order by LastEventTime with a logStreamNamePrefix.': `${MOTO}logs/models.py`,
  'logStreamNames and logStreamNamePrefix cannot both be given.': OWN_WORDS,

  // ecr
  "The repository with name '{}' does not exist in the registry with id '{}'": `${MOTO}ecr/exceptions.py`,
  "The image with imageId {{}} does not exist within the repository with name '{}' in the registry with id '{}'": `${MOTO}ecr/exceptions.py`,
  "Lifecycle policy does not exist for the repository with name '{}' in the registry with id '{}'": `${MOTO}ecr/exceptions.py`,
  "Repository policy does not exist for the repository with name '{}' in the registry with id '{}'": `${MOTO}ecr/exceptions.py`,
  "The layer with digest '{}' does not exist": OWN_WORDS,
  'The layers of {} are not in {}': OWN_WORDS,
  "Image with digest '{}' and tag '{}' already exists in the repository with name '{}' in registry with id '{}'": `${MOTO}ecr/exceptions.py`,

  // iam, servicequotas
  'The role with name {} cannot be found.': `${GITHUB}jarpy/lambkin/pull/3`,
  'The request failed because the specified quota does not exist.': OWN_WORDS,
  'The request failed because the specified service does not exist.': OWN_WORDS,

  // s3
  'The XML you provided was not well-formed': OWN_WORDS,
  'One or more of the specified parts could not be found.': OWN_WORDS,
  'Your proposed upload is smaller than the minimum allowed size': OWN_WORDS,
  'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.': `${MOTO}s3/exceptions.py`,
  'The specified bucket does not exist': `${MOTO}s3/exceptions.py`,
  'The specified key does not exist.': `${MOTO}s3/exceptions.py`,
  'The requested range is not satisfiable': `${MOTO}s3/exceptions.py`,
  'The specified version does not exist.': `${MOTO}s3/exceptions.py`,
  'At least one of the pre-conditions you specified did not hold': `${MOTO}s3/exceptions.py`,
  'The {} you specified did not match the calculated checksum.': OWN_WORDS,
};
