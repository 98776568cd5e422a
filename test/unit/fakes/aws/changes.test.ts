import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

async function update(): Promise<void> {
  await scene.config('two');
  await scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two' });
}

const described = () => scene.sagemaker.describeEndpoint({ EndpointName: 'churn' });

describe('an update that is refused', () => {
  it('needs the config that serves: deleting that one is allowed, and ends all updates', async () => {
    await scene.endpoint('churn', 'one');
    await scene.sagemaker.deleteEndpointConfig({ EndpointConfigName: 'one' });
    expect(await scene.status('churn')).toBe('InService');
    await expect(update()).rejects.toThrow(/Could not find endpoint configuration ".*\/one"/);
  });

  it('needs the model of the new config', async () => {
    await scene.endpoint('churn', 'one');
    await scene.config('two');
    await scene.sagemaker.deleteModel({ ModelName: 'two' });
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two' }),
    ).rejects.toThrow('Could not find model');
  });

  it('comes one at a time', async () => {
    await scene.endpoint('churn', 'one');
    await update();
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two' }),
    ).rejects.toThrow('Cannot update in-progress endpoint');
  });
});

describe('weights and capacities', () => {
  it('are Updating for a while, then as asked', async () => {
    await scene.endpoint('churn', 'one');
    await scene.sagemaker.updateEndpointWeightsAndCapacities({
      EndpointName: 'churn',
      DesiredWeightsAndCapacities: [{ VariantName: 'AllTraffic', DesiredInstanceCount: 5 }],
    });
    const before = await described();
    expect(before.EndpointStatus).toBe('Updating');
    expect(before.ProductionVariants?.[0]).toMatchObject({
      CurrentInstanceCount: 2,
      DesiredInstanceCount: 5,
      VariantStatus: [{ Status: 'Updating', StatusMessage: 'Scaling out desired instance count to 5.' }],
    });
    scene.aws.advance(120_000);
    expect((await described()).ProductionVariants?.[0]?.CurrentInstanceCount).toBe(5);
  });

  it('name a variant that is there', async () => {
    await scene.endpoint('churn', 'one');
    await expect(
      scene.sagemaker.updateEndpointWeightsAndCapacities({
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [{ VariantName: 'none' }],
      }),
    ).rejects.toThrow('The variant name(s) "none"');
  });
});
