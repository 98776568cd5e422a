/** What is sent to Azure ML for a new version, and how that compares with what is there. */
import { describe, expect, it } from 'vitest';
import {
  differing,
  environmentProperties,
  modelProperties,
  newDeployment,
} from '../../../../src/platforms/azure-ml/deployment.ts';
import { newEndpoint } from '../../../../src/platforms/azure-ml/endpoint.ts';
import { deployMembers, requestOf } from '../../../../src/platforms/azure-ml/inputs.ts';
import { placeOf } from '../../../../src/platforms/azure-ml/place.ts';

const IDS = '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';
const PARTS = {
  location: 'westeurope',
  model: `${IDS}/models/churn/versions/ab12`,
  environment: `${IDS}/environments/churn/versions/cd34`,
  variables: new Map([['LOG_LEVEL', 'info']]),
  tags: { 'ml-deploy:version': 'ab12' },
};
const NOTHING = Object.fromEntries(
  Object.keys(deployMembers).map((name) => [
    name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    null,
  ]),
) as Parameters<typeof requestOf>[0];

it('a version has a model, an image with its routes, and machines', () => {
  const image = `acme.azurecr.io/churn@sha256:${'a'.repeat(64)}`;
  expect(environmentProperties(image, { healthRoute: '/healthz', port: 5001 })).toEqual({
    image,
    osType: 'Linux',
    inferenceConfig: {
      livenessRoute: { path: '/healthz', port: 5001 },
      readinessRoute: { path: '/healthz', port: 5001 },
      scoringRoute: { path: '/invocations', port: 5001 },
    },
  });
  expect(modelProperties('https://acme.blob.core.windows.net/models/x', 'ab12').modelUri).toMatch(/^https:/);
  expect(newDeployment({ instanceType: 'Standard_DS3_v2', instanceCount: 3 }, PARTS)).toMatchObject({
    sku: { capacity: 3 },
    properties: {
      instanceType: 'Standard_DS3_v2',
      environmentVariables: { LOG_LEVEL: 'info' },
      requestSettings: { requestTimeout: 'PT60S', maxConcurrentRequestsPerInstance: 1 },
    },
  });
});

it('overrides are merged into it, whatever they are', () => {
  const deploymentOverrides = {
    properties: { egressPublicNetworkAccess: 'Disabled', requestSettings: { maxQueueWait: 'PT1S' } },
  };
  const { properties } = newDeployment({ instanceType: 'x', requestTimeout: 90, deploymentOverrides }, PARTS);
  expect(properties).toMatchObject({
    egressPublicNetworkAccess: 'Disabled',
    requestSettings: { maxQueueWait: 'PT1S', requestTimeout: 'PT90S' },
  });
});

it('a new endpoint has no traffic, an identity, and no key by default', () => {
  const at = { location: 'westeurope', tags: {} };
  expect(newEndpoint({}, at)).toMatchObject({
    identity: { type: 'SystemAssigned' },
    properties: { authMode: 'AADToken', publicNetworkAccess: 'Enabled', traffic: {} },
  });
  const userAssignedIdentity = '/subscriptions/s/i';
  expect(
    newEndpoint({ authMode: 'key', userAssignedIdentity, publicNetworkAccess: 'disabled' }, at),
  ).toMatchObject({
    identity: { type: 'UserAssigned', userAssignedIdentities: { [userAssignedIdentity]: {} } },
    properties: { authMode: 'Key', publicNetworkAccess: 'Disabled' },
  });
});

describe('what is there', () => {
  const asked = newDeployment({ instanceType: 'Standard_DS3_v2' }, PARTS);
  /** As Azure answers: with more, and IDs in other letters. */
  const found = {
    ...asked,
    id: 'x',
    properties: {
      ...(asked.properties as object),
      model: PARTS.model.toUpperCase(),
      livenessProbe: { period: 'PT10S' },
      provisioningState: 'Succeeded',
    },
  };

  it('is as it was asked for, although Azure adds to it', () => {
    expect(differing(asked, found)).toEqual([]);
  });

  it('differs by what is not as it was asked for', () => {
    const other = {
      ...found,
      sku: { name: 'Default', capacity: 2 },
      properties: { ...found.properties, instanceType: 'y' },
    };
    expect(differing(asked, other)).toEqual(['sku.capacity', 'properties.instanceType']);
    expect(differing(asked, null)).toContain('properties.environmentVariables.LOG_LEVEL');
  });
});

describe('the group', () => {
  const place = { subscriptionId: 's', resourceGroup: 'g', workspace: 'w' };

  it('says where the endpoint is, which is no setting of it', () => {
    const { settings } = requestOf({ ...NOTHING, ...place, port: 5001 });
    expect(settings).toEqual({ port: 5001 });
    expect(placeOf(place)).toEqual({ subscription: 's', resourceGroup: 'g', workspace: 'w' });
  });

  it('has to say all of it', () => {
    const missing = () => placeOf({ ...place, workspace: null, resourceGroup: null });
    expect(missing).toThrow('azure-ml: resource-group: is required');
    expect(missing).toThrow('azure-ml: workspace: is required');
  });
});
