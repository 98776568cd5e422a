/** The resources of a workspace, and what is asked of each: one request a function. */
import { armId, type Arm, type ArmRequest, type Begun } from '../../clouds/azure/arm.ts';
import type { EndpointResource, ProvisioningState } from './endpoint.ts';

/** One for all: examples of it exist, and startup probes (Azure/azure-rest-api-specs, machinelearningservices). */
export const API_VERSION = '2024-10-01';

export interface Place {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly workspace: string;
}

export interface WorkspaceResource {
  readonly id: string;
  readonly location: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface DeploymentResource {
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>> | null;
  readonly sku?: { readonly name: string; readonly capacity?: number } | null;
  readonly properties: {
    readonly provisioningState: ProvisioningState;
    readonly instanceType?: string | null;
    readonly model?: string | null;
    readonly environmentId?: string | null;
    readonly [more: string]: unknown;
  };
  readonly systemData?: { readonly createdAt?: string } | null;
}

/** A model or an environment: a version is made once, and never changes. */
export interface AssetResource {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type AssetKind = 'models' | 'environments';
/** The container of the model's server, or the one that fetches the model. */
export type LogSource = 'InferenceServer' | 'StorageInitializer';

const ML = 'Microsoft.MachineLearningServices/workspaces';

export class Resources {
  readonly #arm: Arm;
  readonly #workspace: string;

  constructor(arm: Arm, { subscription, resourceGroup, workspace }: Place) {
    this.#arm = arm;
    const group = armId('subscriptions', subscription, 'resourceGroups', resourceGroup, 'providers');
    this.#workspace = `${group}/Microsoft.MachineLearningServices${armId('workspaces', workspace)}`;
  }

  /** @throws AzureFailure, `missing` where there is none */
  workspace(): Promise<WorkspaceResource> {
    return this.#arm.get(this.#request('Workspaces - Get', '', 'read'));
  }

  endpoint(name: string): Promise<EndpointResource | null> {
    return this.#arm.find(this.#endpoint('Get', name, 'read'));
  }

  putEndpoint(name: string, body: unknown): Promise<Begun<EndpointResource>> {
    return this.#arm.put(this.#endpoint('Create Or Update', name, 'write'), body);
  }

  deleteEndpoint(name: string): Promise<Begun<null> | null> {
    return this.#arm.delete(this.#endpoint('Delete', name, 'delete'));
  }

  deployments(endpoint: string): Promise<DeploymentResource[]> {
    return this.#arm.list(this.#deployment('List', endpoint, null, 'read'));
  }

  deployment(endpoint: string, name: string): Promise<DeploymentResource | null> {
    return this.#arm.find(this.#deployment('Get', endpoint, name, 'read'));
  }

  putDeployment(endpoint: string, name: string, body: unknown): Promise<Begun<DeploymentResource>> {
    return this.#arm.put(this.#deployment('Create Or Update', endpoint, name, 'write'), body);
  }

  deleteDeployment(endpoint: string, name: string): Promise<Begun<null> | null> {
    return this.#arm.delete(this.#deployment('Delete', endpoint, name, 'delete'));
  }

  /** Its last lines; '' where that container has never started. */
  async logs(endpoint: string, name: string, containerType: LogSource, tail: number): Promise<string> {
    const base = this.#deployment('Get Logs', endpoint, name, 'getLogs/action');
    const request = { ...base, id: `${base.id}/getLogs` };
    const answer = await this.#arm.post<{ content?: string | null } | null>(request, { containerType, tail });
    return answer?.content ?? '';
  }

  asset(kind: AssetKind, name: string, version: string): Promise<AssetResource | null> {
    return this.#arm.find(this.#asset(kind, 'Get', name, version, 'read'));
  }

  /** Made once: the same again changes nothing. */
  async putAsset(
    kind: AssetKind,
    name: string,
    version: string,
    properties: unknown,
  ): Promise<AssetResource> {
    const request = this.#asset(kind, 'Create Or Update', name, version, 'write');
    const { resource } = await this.#arm.put<AssetResource>(request, { properties });
    return resource ?? (await this.#arm.get<AssetResource>(request));
  }

  #endpoint(verb: string, name: string, needs: string): ArmRequest {
    return this.#request(
      `Online Endpoints - ${verb}`,
      armId('onlineEndpoints', name),
      `onlineEndpoints/${needs}`,
    );
  }

  #deployment(verb: string, endpoint: string, name: string | null, needs: string): ArmRequest {
    const id = armId('onlineEndpoints', endpoint, 'deployments', ...(name === null ? [] : [name]));
    return this.#request(`Online Deployments - ${verb}`, id, `onlineEndpoints/deployments/${needs}`);
  }

  #asset(kind: AssetKind, verb: string, name: string, version: string, needs: string): ArmRequest {
    const title = kind === 'models' ? 'Model Versions' : 'Environment Versions';
    return this.#request(
      `${title} - ${verb}`,
      armId(kind, name, 'versions', version),
      `${kind}/versions/${needs}`,
    );
  }

  #request(operation: string, below: string, needs: string): ArmRequest {
    return { operation, id: this.#workspace + below, apiVersion: API_VERSION, needs: [`${ML}/${needs}`] };
  }
}
