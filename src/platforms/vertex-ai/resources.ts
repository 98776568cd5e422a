/** The resources of a project in one location, and their requests: one for each function. */
import type { GoogleRest, RestRequest } from '../../clouds/google/rest.ts';
import type { Container, Deployed } from './spec.ts';

export interface Place {
  /** Its ID as it is configured; answers have its number. */
  readonly project: string;
  readonly location: string;
}

export type Labels = Readonly<Record<string, string>>;

/** The parts of an answer that are used. */
export interface EndpointResource {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly labels?: Labels;
  readonly etag?: string;
  /** Percent by the IDs of deployed models. */
  readonly trafficSplit?: Readonly<Record<string, number>>;
  readonly deployedModels?: readonly DeployedModel[];
  readonly dedicatedEndpointEnabled?: boolean;
  readonly dedicatedEndpointDns?: string;
  readonly network?: string;
  readonly privateServiceConnectConfig?: Readonly<Record<string, unknown>>;
  readonly createTime?: string;
}

export interface DeployedModel extends Partial<Deployed> {
  readonly id: string;
  readonly displayName?: string;
  readonly model: string;
  readonly modelVersionId?: string;
  readonly createTime?: string;
  readonly sharedResources?: string;
  readonly status?: { readonly availableReplicaCount?: number };
}

/** A version of a model. */
export interface ModelVersion {
  readonly name: string;
  readonly versionId?: string;
  readonly versionDescription?: string;
  readonly labels?: Labels;
  readonly artifactUri?: string;
  readonly containerSpec?: Partial<Container> & {
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
  };
  readonly versionCreateTime?: string;
  readonly createTime?: string;
  readonly deployedModels?: readonly { readonly endpoint?: string; readonly deployedModelId?: string }[];
}

/** https://google.aip.dev/151 */
export interface LongOperation {
  readonly name: string;
  readonly done?: boolean;
  readonly error?: { readonly code?: number; readonly message?: string };
  readonly response?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The APIs' addresses, without a slash at the end; others for tests. */
export interface Hosts {
  readonly aiplatform?: string;
  readonly monitoring?: string;
  readonly logging?: string;
  readonly storage?: string;
}

export class Resources {
  readonly #rest: GoogleRest;
  readonly #parent: string;
  readonly #base: string;

  constructor(rest: GoogleRest, { project, location }: Place, { aiplatform }: Hosts = {}) {
    this.#rest = rest;
    this.#parent = `projects/${project}/locations/${location}`;
    this.#base = `${aiplatform ?? `https://${location}-aiplatform.googleapis.com`}/v1`;
  }

  endpointName(id: string): string {
    return `${this.#parent}/endpoints/${id}`;
  }

  modelName(id: string): string {
    return `${this.#parent}/models/${id}`;
  }

  endpoint(id: string): Promise<EndpointResource | null> {
    return this.#rest.find(this.#request('GET', 'endpoints.get', this.endpointName(id)));
  }

  /** @param filter https://google.aip.dev/160 */
  endpoints(filter: string): Promise<EndpointResource[]> {
    const request = this.#request('GET', 'endpoints.list', `${this.#parent}/endpoints`);
    return this.#rest.list({ ...request, query: { filter, pageSize: '100' } }, 'endpoints');
  }

  createEndpoint(endpointId: string, body: unknown): Promise<LongOperation> {
    const request = this.#request('POST', 'endpoints.create', `${this.#parent}/endpoints`);
    return this.#rest.call({ ...request, query: { endpointId }, body });
  }

  /** Answers at once. */
  patchEndpoint(
    id: string,
    mask: readonly string[],
    body: Pick<EndpointResource, 'etag' | 'trafficSplit' | 'labels'>,
  ): Promise<EndpointResource> {
    const request = this.#request('PATCH', 'endpoints.patch', this.endpointName(id), 'endpoints.update');
    return this.#rest.call({ ...request, query: { updateMask: mask.join(',') }, body });
  }

  /** null if there is none. */
  deleteEndpoint(id: string): Promise<LongOperation | null> {
    return this.#rest.find(this.#request('DELETE', 'endpoints.delete', this.endpointName(id)));
  }

  deploy(id: string, body: unknown): Promise<LongOperation> {
    const needs = ['endpoints.deploy', 'models.get'];
    const request = this.#request(
      'POST',
      'endpoints.deployModel',
      `${this.endpointName(id)}:deployModel`,
      ...needs,
    );
    return this.#rest.call({ ...request, body });
  }

  undeploy(
    id: string,
    body: { readonly deployedModelId: string; readonly trafficSplit?: Readonly<Record<string, number>> },
  ): Promise<LongOperation> {
    const url = `${this.endpointName(id)}:undeployModel`;
    const request = this.#request('POST', 'endpoints.undeployModel', url, 'endpoints.undeploy');
    return this.#rest.call({ ...request, body });
  }

  /** Of an endpoint, the newest first; none if there is no endpoint. */
  async operations(id: string): Promise<readonly LongOperation[]> {
    const url = `${this.endpointName(id)}/operations`;
    const request = this.#request('GET', 'endpoints.operations.list', url, 'operations.list');
    return (await this.#unlessMissing<LongOperation>(request, 'operations')) ?? [];
  }

  /** Of a model, the newest first; none if there is no model, or nothing is recorded. */
  async modelOperations(model: string): Promise<readonly LongOperation[]> {
    const url = `${this.modelName(model)}/operations`;
    const request = this.#request('GET', 'models.operations.list', url, 'operations.list');
    return (await this.#unlessMissing<LongOperation>(request, 'operations')) ?? [];
  }

  /** null if nothing is recorded of it. */
  operation(name: string): Promise<LongOperation | null> {
    return this.#rest.find(this.#request('GET', 'operations.get', name, 'endpoints.get'));
  }

  /** Of a model; none if there is no such model. */
  async versions(model: string): Promise<readonly ModelVersion[]> {
    const url = `${this.modelName(model)}:listVersions`;
    const request = this.#request('GET', 'models.listVersions', url, 'models.list');
    return (await this.#unlessMissing<ModelVersion>(request, 'models')) ?? [];
  }

  /** Its default version; null if there is no such model. */
  model(model: string): Promise<ModelVersion | null> {
    return this.#rest.find(this.#request('GET', 'models.get', this.modelName(model)));
  }

  modelVersion(model: string, number: string): Promise<ModelVersion | null> {
    return this.#rest.find(this.#request('GET', 'models.get', `${this.modelName(model)}@${number}`));
  }

  /**
   * Sent once, because each call makes another version.
   * @param isNew whether there is no version of that model yet
   */
  upload(model: string, isNew: boolean, body: Readonly<Record<string, unknown>>): Promise<LongOperation> {
    const request = this.#request('POST', 'models.upload', `${this.#parent}/models:upload`);
    const where = isNew ? { modelId: model } : { parentModel: this.modelName(model) };
    return this.#rest.call({ ...request, body: { ...where, model: body }, attempts: 1 });
  }

  /**
   * Labels only of that version, and not of its model: https://docs.cloud.google.com/python/docs/reference/aiplatform
   */
  labelVersion(model: string, number: string, labels: Labels): Promise<ModelVersion> {
    const name = `${this.modelName(model)}@${number}`;
    const request = this.#request('PATCH', 'models.patch', name, 'models.update');
    return this.#rest.call({ ...request, query: { updateMask: 'labels' }, body: { name, labels } });
  }

  /** null if there is none. */
  deleteVersion(model: string, number: string): Promise<LongOperation | null> {
    const url = `${this.modelName(model)}@${number}:deleteVersion`;
    return this.#rest.find(this.#request('DELETE', 'models.deleteVersion', url, 'models.delete'));
  }

  /** null if there is none. */
  deleteModel(model: string): Promise<LongOperation | null> {
    return this.#rest.find(this.#request('DELETE', 'models.delete', this.modelName(model)));
  }

  async #unlessMissing<Item>(request: RestRequest, member: string): Promise<Item[] | null> {
    const first = await this.#rest.find<Readonly<Record<string, unknown>>>(request);
    if (first === null) return null;
    const items = (first[member] ?? []) as Item[];
    const pageToken = (first.nextPageToken ?? '') as string;
    if (pageToken === '') return items;
    return [...items, ...(await this.#rest.list<Item>({ ...request, query: { pageToken } }, member))];
  }

  #request(
    method: RestRequest['method'],
    call: string,
    name: string,
    ...needs: readonly string[]
  ): RestRequest {
    const permissions = (needs.length === 0 ? [call] : needs).map((need) => `aiplatform.${need}`);
    return { method, operation: call, on: name, url: `${this.#base}/${name}`, needs: permissions };
  }
}
