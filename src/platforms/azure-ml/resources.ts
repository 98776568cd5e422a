/** The resources of a workspace, and what is asked of each: one request a function. */
import {
  armId,
  type Arm,
  type ArmOperation,
  type ArmRequest,
  type Begun,
  type OperationState,
} from '../../clouds/azure/arm.ts';
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

/** Of an endpoint, with the dimensions that it is split by. */
export interface Metric {
  readonly name: string;
  readonly by: readonly string[];
}

export interface MetricSeries {
  /** Names as Azure writes them, in small letters. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** One a minute, in which there was anything. */
  readonly values: readonly number[];
}

interface MetricAnswer {
  readonly value?: readonly {
    readonly timeseries?: readonly {
      readonly metadatavalues?: readonly {
        readonly name?: { readonly value?: string };
        readonly value?: string;
      }[];
      readonly data?: readonly { readonly average?: number | null }[];
    }[];
  }[];
}

/** https://learn.microsoft.com/rest/api/monitor/metrics/list */
const METRICS_VERSION = '2023-10-01';

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

  /** How a change came along that was begun. */
  operation(operation: ArmOperation, on: string): Promise<OperationState> {
    return this.#arm.stateOf(operation, { operation: 'Online Endpoints - Operation', on });
  }

  /** What Azure Monitor has measured of an endpoint, minute by minute. */
  async metric(
    endpoint: string,
    { name, by }: Metric,
    { from, to }: { readonly from: Date; readonly to: Date },
  ): Promise<readonly MetricSeries[]> {
    const answer = await this.#arm.get<MetricAnswer>({
      operation: 'Metrics - List',
      id: `${this.#workspace}${armId('onlineEndpoints', endpoint)}/providers/Microsoft.Insights/metrics`,
      apiVersion: METRICS_VERSION,
      needs: ['Microsoft.Insights/metrics/read'],
      query: {
        metricnames: name,
        timespan: `${from.toISOString()}/${to.toISOString()}`,
        interval: 'PT1M',
        aggregation: 'Average',
        $filter: by.map((dimension) => `${dimension} eq '*'`).join(' and '),
      },
    });
    return (answer.value ?? []).flatMap(({ timeseries = [] }) =>
      timeseries.map(({ metadatavalues = [], data = [] }) => ({
        dimensions: Object.fromEntries(
          metadatavalues.map(({ name: dimension, value = '' }) => [
            (dimension?.value ?? '').toLowerCase(),
            value,
          ]),
        ),
        values: data.flatMap(({ average }) => (average == null ? [] : [average])),
      })),
    );
  }

  /** What an endpoint of that kind is asked with. @returns null where Azure gives none */
  async secret(endpoint: string, kind: 'key' | 'token'): Promise<string | null> {
    const action = kind === 'key' ? 'listKeys' : 'token';
    const verb = kind === 'key' ? 'List Keys' : 'Get Token';
    const base = this.#endpoint(verb, endpoint, `${action}/action`);
    const answer = await this.#arm.post<{ primaryKey?: string; accessToken?: string } | null>(
      { ...base, id: `${base.id}/${action}` },
      undefined,
    );
    return answer?.primaryKey ?? answer?.accessToken ?? null;
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

  /** The resource ID of a version. */
  assetId(kind: AssetKind, name: string, version: string): string {
    return this.#workspace + armId(kind, name, 'versions', version);
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
