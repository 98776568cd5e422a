import type { Filter } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
  await scene.config('one-v1');
  for (const EndpointName of ['one', 'two'])
    await scene.sagemaker.createEndpoint({ EndpointName, EndpointConfigName: 'one-v1' });
});
afterAll(() => scene.close());

async function found(...Filters: Filter[]) {
  const { Results = [] } = await scene.sagemaker.search({
    Resource: 'Endpoint',
    SearchExpression: { Filters },
    MaxResults: 100,
  });
  return Results.map(({ Endpoint }) => Endpoint?.EndpointName).sort();
}

describe('Search', () => {
  it('finds endpoints by what the name of their config contains', async () => {
    expect(await found({ Name: 'EndpointConfigName', Operator: 'Contains', Value: 'one-v' })).toEqual([
      'one',
      'two',
    ]);
  });

  it('takes every filter together', async () => {
    const config: Filter = { Name: 'EndpointConfigName', Operator: 'Contains', Value: 'one-v' };
    expect(await found(config, { Name: 'EndpointName', Operator: 'Equals', Value: 'two' })).toEqual(['two']);
    expect(await found(config, { Name: 'EndpointName', Operator: 'Equals', Value: 'on' })).toEqual([]);
  });

  it('takes one filter with Contains, in the words of the API', async () => {
    const twice: Filter = { Name: 'EndpointName', Operator: 'Contains', Value: 'o' };
    await expect(found(twice, twice)).rejects.toMatchObject({
      name: 'ValidationException',
      message: "'CONTAINS' operator usage limit of 1 exceeded.",
    });
  });
});
