/** What is asked for in the flows, and what is made before them. */
import type { CloudSettings } from '../../src/core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../src/core/targets.ts';
import type { Asked, SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../platforms/target-suite.ts';

type Ask = (bed: SageMakerBed, model: ModelName) => DeploymentRequest;

export const plain: Ask = (bed, model) => bed.request(model);

const CANARY = { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] } as const;
export const SCALING = {
  minCapacity: 2,
  maxCapacity: 8,
  invocationsPerInstance: 100,
  scaleInCooldown: null,
  scaleOutCooldown: null,
};
const CAPTURE: CloudSettings = { dataCaptureDestination: 's3://models/captured', dataCapturePercentage: 20 };

/** With everything that an endpoint can have beside its model: autoscaling, bake alarms, data capture. */
export function full(bed: SageMakerBed, model: ModelName, changes: Asked = {}): DeploymentRequest {
  return bed.requestWith(model, { instanceCount: 2, strategy: CANARY, ...changes }, CAPTURE);
}

export const otherType: Asked = { instanceType: 'ml.m5.xlarge', staging: 'none' };

export async function make(bed: SageMakerBed, command: 'deploy' | 'stage', request: DeploymentRequest) {
  const made = await bed.target[command](await bed.target.plan(request));
  if (!['deployed', 'staged'].includes(made.outcome))
    throw new Error(`The scene is not set: ${made.message}`);
}

export const deployed =
  (...models: ModelName[]) =>
  async (bed: SageMakerBed) => {
    for (const model of models) await make(bed, 'deploy', plain(bed, model));
  };

/** So many versions of the third model, and then others: some are older than whatever a rollback could go to. */
export const aged =
  (versions: number, ...models: ModelName[]) =>
  async (bed: SageMakerBed) => {
    for (let at = 0; at < versions; at++)
      await make(bed, 'deploy', bed.requestWith('three', {}, { startupTimeout: 300 + at }));
    await deployed(...models)(bed);
  };

export const staged =
  (ask: Ask = plain, before = deployed('one')) =>
  async (bed: SageMakerBed) => {
    await before(bed);
    await make(bed, 'stage', ask(bed, 'two'));
  };

/** Autoscaled to seven instances, with a scheduled action of somebody's. */
export async function scaled(bed: SageMakerBed): Promise<void> {
  await make(bed, 'deploy', full(bed, 'one', { scaling: SCALING }));
  const client = await bed.options.clients.autoScaling();
  await client.putScheduledAction({
    ServiceNamespace: 'sagemaker',
    ResourceId: `endpoint/${ENDPOINT}/variant/main`,
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    ScheduledActionName: 'nights',
    Schedule: 'cron(0 22 * * ? *)',
    ScalableTargetAction: { MinCapacity: 1 },
  });
  bed.aws.scaleTo(ENDPOINT, 'main', 7);
}
