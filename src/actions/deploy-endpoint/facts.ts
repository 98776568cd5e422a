/** What the inputs alone say about an endpoint, for the platform's rules that need no network. */
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { groupRequest } from './group-request.ts';
import type { Given } from './inputs.ts';
import { strategyOf } from './strategy.ts';

export function factsOf(inputs: Given, region: string): DeploymentFacts {
  const { modelDataUrl } = inputs;
  const own = groupRequest(inputs);
  const { serverlessMemoryMb: memoryMb = null, serverlessMaxConcurrency: maxConcurrency = null } =
    own.settings;
  return {
    // What could not be understood has been reported already.
    endpoint: inputs.endpointName ?? 'unnamed',
    region,
    account: inputs.awsAccountId,
    variantName: own.variantName,
    executionRoleArn: inputs.executionRoleArn,
    model: modelDataUrl === null ? null : { url: modelDataUrl, sha256: null, bytes: null },
    imageUri: inputs.imageUri,
    instanceType: inputs.instanceType,
    instanceTypes: own.settings.instanceTypes ?? [],
    instanceCount: inputs.initialInstanceCount,
    serverless: memoryMb === null && maxConcurrency === null ? null : { memoryMb, maxConcurrency },
    capacity: { min: inputs.minCapacity, max: inputs.maxCapacity },
    scalingPolicy: own.scaling,
    settings: own.settings,
    endsScaling: inputs.autoscaling === 'remove',
    strategy: strategyOf(inputs),
    candidateInstances: 0,
    environment: inputs.environmentVariables ?? new Map<string, string>(),
    tags: inputs.tags ?? new Map<string, string>(),
    subnets: inputs.vpcSubnets ?? [],
    securityGroups: inputs.vpcSecurityGroups ?? [],
    networkIsolation: own.settings.networkIsolation ?? false,
    dataCapture: own.settings.dataCaptureDestination !== undefined,
    kmsKeyId: inputs.kmsKeyId,
    timeoutMinutes: inputs.timeoutMinutes ?? 480,
    live: null,
  };
}
