/** What the inputs alone say about an endpoint, for the platform's rules that need no network. */
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import type { Given } from './inputs.ts';

export function factsOf(inputs: Given, region: string): DeploymentFacts {
  const { serverlessMemoryMb, serverlessMaxConcurrency, modelDataUrl } = inputs;
  const isServerless = serverlessMemoryMb !== null || serverlessMaxConcurrency !== null;
  return {
    // What could not be understood has been said already.
    endpoint: inputs.endpointName ?? 'unnamed',
    region,
    account: inputs.awsAccountId,
    variantName: inputs.variantName,
    executionRoleArn: inputs.executionRoleArn,
    model: modelDataUrl === null ? null : { url: modelDataUrl, sha256: null, bytes: null },
    imageUri: inputs.imageUri,
    instanceType: inputs.instanceType,
    instanceCount: inputs.initialInstanceCount,
    serverless: isServerless
      ? { memoryMb: serverlessMemoryMb, maxConcurrency: serverlessMaxConcurrency }
      : null,
    scaling: scalingOf(inputs),
    strategy: {
      type: inputs.strategy ?? 'all-at-once',
      stepPercent: inputs.stepPercent,
      bakeMinutes: inputs.bakeMinutes ?? 0,
      alarms: inputs.alarms ?? [],
    },
    candidateInstances: 0,
    environment: inputs.environmentVariables ?? new Map<string, string>(),
    tags: inputs.tags ?? new Map<string, string>(),
    subnets: inputs.vpcSubnets ?? [],
    securityGroups: inputs.vpcSecurityGroups ?? [],
    networkIsolation: inputs.enableNetworkIsolation ?? false,
    dataCapture: inputs.dataCaptureDestination !== null,
    kmsKeyId: inputs.kmsKeyId,
    timeoutMinutes: inputs.timeoutMinutes ?? 480,
    live: null,
  };
}

function scalingOf({ minCapacity, maxCapacity, ...inputs }: Given) {
  if (minCapacity === null || maxCapacity === null) return null;
  const { invocationsPerInstance, scaleInCooldown, scaleOutCooldown } = inputs;
  return { minCapacity, maxCapacity, invocationsPerInstance, scaleInCooldown, scaleOutCooldown };
}
