/** What is asked for, in the words of the targets. */
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import { given, type CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { RunContext } from '../../core/ports.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { platformOf } from '../../platforms/table.ts';
import { groupRequest, scalingOf } from './group-request.ts';
import type { Inputs } from './inputs.ts';
import type { Sources } from './source-ports.ts';
import { withoutUnused } from './unused-inputs.ts';

/**
 * The request, resolved as far as it can be here: what is null or absent is left to what serves, or to the target. What
 * the platform does not read is absent whatever the inputs say, so that it is not in the digest of a plan which it cannot
 * change.
 */
export function requestFor(all: Inputs, sources: Sources, context: RunContext): DeploymentRequest {
  const { model, image, reference, release } = sources;
  const { cloud } = platformOf(all.target);
  const inputs = withoutUnused(all, image !== null);
  const own = groupRequest(all);
  return {
    endpoint: inputs.endpointName,
    desired: {
      modelDigest: model.digest,
      referenceDigest: reference?.digest ?? null,
      imageDigest: image?.digest ?? null,
      variantName: own.variantName,
      instanceType: inputs.instanceType,
      instanceCount: inputs.initialInstanceCount,
      scaling: scalingOf(inputs, own),
      strategy: {
        type: inputs.strategy,
        stepPercent: inputs.stepPercent,
        bakeMinutes: inputs.bakeMinutes,
        alarms: inputs.alarms ?? [],
      },
      staging: inputs.staging,
      environment: environmentDigests(inputs.environmentVariables ?? new Map<string, string>()),
      settings: cloud === null ? {} : { ...settingsOf(inputs, sources), ...own.settings },
    },
    sources: {
      modelUrl: model.url,
      modelSha256: model.sha256,
      referenceUrl: reference?.url ?? null,
      imageUri: image?.uri ?? null,
      release: release?.digest ?? null,
    },
    environmentName: inputs.environment,
    commit: context.commit,
    run: context.runUrl || context.runId,
  };
}

function settingsOf(inputs: Inputs, { model, image }: Sources): CloudSettings {
  return given({
    modelDataUrl: model.url,
    imageUri: image?.uri ?? null,
    framework: inputs.framework,
    frameworkVersion: inputs.frameworkVersion,
    executionRoleArn: inputs.executionRoleArn,
    vpcSubnets: inputs.vpcSubnets,
    vpcSecurityGroups: inputs.vpcSecurityGroups,
    kmsKeyId: inputs.kmsKeyId,
    startupTimeout: inputs.startupTimeout,
    removeScaling: inputs.autoscaling === 'remove' ? true : null,
  });
}
