/** What is asked for, in the words of the targets. */
import { environmentDigests, environmentKey } from '../../core/plan/environment-digests.ts';
import { given, type CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { GroupRequest } from '../../core/platform.ts';
import type { RunContext } from '../../core/ports.ts';
import type { Origin } from '../../documents/plan.ts';
import type { ReleaseSource } from '../../documents/release-record.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { platformOf } from '../../platforms/table.ts';
import { groupRequest, scalingOf } from './group-request.ts';
import type { Inputs } from './inputs.ts';
import type { Sources } from './source-ports.ts';
import { strategyOf } from './strategy.ts';
import { withoutUnused } from './unused-inputs.ts';

/**
 * The request, resolved as far as it can be here: what is null or absent is left to what serves, or to the target. What
 * the platform does not read is absent whatever the inputs say, so it is not in the digest of a plan which it cannot
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
      model: model.digest,
      ...(reference === null ? {} : { reference: reference.digest }),
      ...(image === null ? {} : { image: image.digest }),
      environment: environmentDigests(inputs.environmentVariables ?? [], keyOf(all)),
      staging: inputs.staging,
      strategy: strategyOf(inputs),
      spec: cloud === null ? {} : { ...settingsOf(inputs, own, sources), ...own.settings },
    },
    sources: {
      modelUrl: model.url,
      modelSha256: model.sha256,
      referenceUrl: reference?.url ?? null,
      imageUri: image?.uri ?? null,
      release: release?.digest ?? null,
    },
    environmentName: inputs.environment,
    repository: context.repository,
    ...(release === null ? {} : { origin: originOf(release.record.source, sources.storeUrl) }),
    commit: context.commit,
    run: context.runUrl || context.runId,
  };
}

/** What the digests of the environment are keyed with; null without digest-key. */
export function keyOf({ digestKey, target, endpointName }: Inputs): string | null {
  return environmentKey(digestKey, target, endpointName);
}

/** For approvers: what they are asked about may have been built by another run, or in another repository. */
function originOf({ repository, commit, run, actor }: ReleaseSource, storeUrl: string): Origin {
  const store = storeUrl.startsWith('file:') ? {} : { store: storeUrl };
  return { repository, commit, run, actor, ...store };
}

function settingsOf(inputs: Inputs, own: GroupRequest, { model, image }: Sources): CloudSettings {
  return given({
    variantName: own.variantName,
    instanceType: inputs.instanceType,
    instanceCount: inputs.initialInstanceCount,
    scaling: scalingOf(inputs, own),
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
