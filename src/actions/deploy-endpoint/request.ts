import type { RunContext } from '../../core/ports.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import type { Inputs } from './inputs.ts';
import type { Sources } from './sources.ts';

/**
 * The request of a local endpoint, fully resolved: what only a cloud platform has is null here, whatever the inputs
 * say, so that it is not in the digest of a plan which it cannot change.
 */
export function localRequest(inputs: Inputs, sources: Sources, context: RunContext): DeploymentRequest {
  const { model, reference, release } = sources;
  return {
    endpoint: inputs.endpointName,
    desired: {
      modelDigest: model.digest,
      referenceDigest: reference?.digest ?? null,
      imageDigest: null,
      variantName: null,
      instanceType: null,
      instanceCount: null,
      scaling: null,
      strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
      staging: inputs.staging,
      environment: {},
      settings: {},
    },
    sources: {
      modelUrl: model.url,
      modelSha256: model.sha256,
      referenceUrl: reference?.url ?? null,
      imageUri: null,
      release: release?.digest ?? null,
    },
    environmentName: inputs.environment,
    commit: context.commit,
    run: context.runUrl || context.runId,
  };
}
