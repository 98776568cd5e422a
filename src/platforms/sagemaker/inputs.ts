/** What SageMaker alone knows: the members of the input `sagemaker`. */
import type { GroupRequest } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import { boolean, integer, jsonObject, list, text } from '../../core/spec/input.ts';
import { given } from '../../core/plan/cloud-settings.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html (VariantName) */
const NAME = {
  pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
  form: 'letters, digits and inner hyphens, 63 at most',
};

/** Read by deploy-endpoint. */
export const deployMembers = {
  'model-package-arn': text({
    description:
      'An approved model package of the Model Registry, instead of model-data-url. Its image and environment are used if none are set.',
  }),
  'variant-name': text({
    description: 'The production variant. Default: the variant of the live endpoint, else `main`.',
    ...NAME,
  }),
  'serverless-memory-mb': integer({
    description: 'Serverless inference: memory, 1024 to 6144 in steps of 1024.',
    min: 1024,
    max: 6144,
  }),
  'serverless-max-concurrency': integer({
    description: 'Serverless inference: concurrent requests.',
    min: 1,
    max: 200,
  }),
  'enable-network-isolation': boolean({ description: 'Runs the container without outbound network.' }),
  'data-capture-destination': text({
    description: 'Captures requests and answers to this s3:// prefix.',
    pattern: /^s3:\/\/[^/]+/,
    form: 'an s3:// URL',
  }),
  'data-capture-percentage': integer({
    description: 'Percent of the requests to capture.',
    min: 1,
    max: 100,
  }),
  'model-download-timeout': integer({
    description: 'How many seconds the download of the archive can take.',
    min: 60,
    max: 3600,
  }),
  // https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-heterogeneous.html
  'instance-types': list({
    description:
      'Instance pools, instead of instance-type: up to five types, the best one first. If AWS has no free instance of one, it uses the next.',
  }),
  'provision-timeout': integer({
    description: 'How many seconds SageMaker can look for free instances, over all instance-types.',
    min: 300,
    max: 3600,
  }),
  'invocations-per-instance': integer({
    description: 'Autoscaling: the target of invocations per minute and instance.',
    min: 1,
  }),
  'scale-in-cooldown': integer({ description: 'Autoscaling: seconds between two scale-ins.', min: 0 }),
  'scale-out-cooldown': integer({ description: 'Autoscaling: seconds between two scale-outs.', min: 0 }),
  'model-overrides': jsonObject({ description: 'JSON merged into CreateModel; shown in the plan.' }),
  'endpoint-config-overrides': jsonObject({
    description: 'JSON merged into CreateEndpointConfig; shown in the plan.',
  }),
} as const;

/** Read by smoke-test. */
export const smokeMembers = {
  'target-variant': text({
    description: 'The production variant to send requests to, if the endpoint has several.',
    ...NAME,
  }),
} as const;

export function requestOf(group: GroupValues<typeof deployMembers>): GroupRequest {
  const { variantName, modelPackageArn, enableNetworkIsolation: networkIsolation, ...rest } = group;
  const { invocationsPerInstance, scaleInCooldown, scaleOutCooldown, ...settings } = rest;
  return {
    modelPackageArn,
    variantName,
    scaling: { invocationsPerInstance, scaleInCooldown, scaleOutCooldown },
    settings: given({ ...settings, networkIsolation }),
  };
}
