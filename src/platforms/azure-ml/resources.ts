/** The resources of a workspace, and their requests: one for each function. */
import {
  armId,
  type Arm,
  type ArmOperation,
  type ArmRequest,
  type Begun,
  type OperationState,
} from '../../clouds/azure/arm.ts';
import type { EndpointResource, ProvisioningState } from './endpoint.ts';
import type { MachineSize, Usage } from './machines.ts';

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

/** A model or an environment: a version is created once, and never changes. */
export interface AssetResource {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type AssetKind = 'models' | 'environments';
/** The container of the model's server, or the one that fetches the model. */
export type LogSource = 'InferenceServer' | 'StorageInitializer';

/** In Azure Monitor: which number of instances a deployment has at which load. */
export interface AutoscaleSetting {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>> | null;
  readonly properties: {
    readonly enabled?: boolean;
    /** Resource ID of the deployment. */
    readonly targetResourceUri?: string | null;
    readonly profiles?: readonly {
      readonly name?: string;
      readonly capacity?: {
        readonly minimum?: string;
        readonly maximum?: string;
        readonly default?: string;
      };
      readonly rules?: readonly {
        readonly metricTrigger?: {
          readonly metricName?: string;
          readonly operator?: string;
          readonly threshold?: number;
          readonly [more: string]: unknown;
        };
        readonly scaleAction?: { readonly direction?: string; readonly [more: string]: unknown };
      }[];
    }[];
    readonly [more: string]: unknown;
  };
}

/** Of an endpoint, with the dimensions that it is split by. */
export interface Metric {
  readonly name: string;
  readonly by: readonly string[];
}

export interface MetricSeries {
  /** Names as Azure writes them, in small letters. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** One for each minute with any requests. */
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

/** https://learn.microsoft.com/rest/api/monitor/autoscale-settings */
const AUTOSCALE_VERSION = '2022-10-01';

const PROVIDER = 'Microsoft.MachineLearningServices';
const ML = `${PROVIDER}/workspaces`;

export class Resources {
  readonly #arm: Arm;
  readonly #workspace: string;
  readonly #insights: string;
  readonly #subscription: string;

  constructor(arm: Arm, { subscription, resourceGroup, workspace }: Place) {
    this.#arm = arm;
    this.#subscription = armId('subscriptions', subscription);
    const group = armId('subscriptions', subscription, 'resourceGroups', resourceGroup, 'providers');
    this.#insights = `${group}/Microsoft.Insights`;
    this.#workspace = `${group}/Microsoft.MachineLearningServices${armId('workspaces', workspace)}`;
  }

  /** @throws AzureFailure, `missing` if there is none */
  workspace(): Promise<WorkspaceResource> {
    return this.#arm.get(this.#request('Workspaces - Get', '', 'read'));
  }

  machineSizes(region: string): Promise<MachineSize[]> {
    return this.#arm.list(this.#location('Virtual Machine Sizes - List', region, 'vmSizes'));
  }

  usages(region: string): Promise<Usage[]> {
    return this.#arm.list(this.#location('Usages - List', region, 'usages'));
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

  deployments(endpoint: string): Promise<DeploymentResource[] | null> {
    return this.#arm.findAll(this.#deployment('List', endpoint, null, 'read'));
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

  /** How far a change that was started has come. */
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

  /**
   * What a request to an endpoint of that kind has to carry.
   * @returns null if Azure gives none
   */
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

  /** Its last lines; '' if that container has never started. */
  async logs(endpoint: string, name: string, containerType: LogSource, tail: number): Promise<string> {
    const base = this.#deployment('Get Logs', endpoint, name, 'getLogs/action');
    const request = { ...base, id: `${base.id}/getLogs` };
    const answer = await this.#arm.post<{ content?: string | null } | null>(request, { containerType, tail });
    return answer?.content ?? '';
  }

  /** The resource ID of a deployment. */
  deploymentId(endpoint: string, name: string): string {
    return this.#workspace + armId('onlineEndpoints', endpoint, 'deployments', name);
  }

  setting(name: string): Promise<AutoscaleSetting | null> {
    return this.#arm.find(this.#setting('Get', name, 'read'));
  }

  /** All of the resource group, other people's included. */
  settings(): Promise<AutoscaleSetting[]> {
    return this.#arm.list(this.#setting('List By Resource Group', null, 'read'));
  }

  putSetting(name: string, body: unknown): Promise<Begun<AutoscaleSetting>> {
    return this.#arm.put(this.#setting('Create Or Update', name, 'write'), body);
  }

  deleteSetting(name: string): Promise<Begun<null> | null> {
    return this.#arm.delete(this.#setting('Delete', name, 'delete'));
  }

  asset(kind: AssetKind, name: string, version: string): Promise<AssetResource | null> {
    return this.#arm.find(this.#asset(kind, 'Get', name, version, 'read'));
  }

  /** The resource ID of a version. */
  assetId(kind: AssetKind, name: string, version: string): string {
    return this.#workspace + armId(kind, name, 'versions', version);
  }

  /** Created once: repeating it changes nothing. */
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

  #location(operation: string, region: string, kind: 'vmSizes' | 'usages'): ArmRequest {
    return {
      operation,
      id: `${this.#subscription}/providers/${PROVIDER}${armId('locations', region, kind)}`,
      apiVersion: API_VERSION,
      needs: [`${PROVIDER}/locations/${kind}/read`],
    };
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

  #setting(verb: string, name: string | null, needs: string): ArmRequest {
    return {
      operation: `Autoscale Settings - ${verb}`,
      id: this.#insights + armId('autoscaleSettings', ...(name === null ? [] : [name])),
      apiVersion: AUTOSCALE_VERSION,
      needs: [`Microsoft.Insights/autoscaleSettings/${needs}`],
    };
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
