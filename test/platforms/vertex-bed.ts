/** A bed for the Vertex AI target: a fake of its APIs, with an image of each model. */
import { GoogleRest } from '../../src/clouds/google/rest.ts';
import { environmentDigests } from '../../src/core/plan/environment-digests.ts';
import type { CloudSettings } from '../../src/core/plan/cloud-settings.ts';
import { formatReference } from '../../src/core/image/reference.ts';
import { sha256 } from '../../src/core/canonical-json.ts';
import type { Desired } from '../../src/documents/plan.ts';
import type { DeploymentRequest, DeploymentTarget } from '../../src/core/targets.ts';
import type { VertexTargetOptions } from '../../src/platforms/vertex-ai/options.ts';
import { createVertexTarget } from '../../src/platforms/vertex-ai/vertex-target.ts';
import { FakeGoogle, TOKEN } from '../fakes/google/fake-google.ts';
import { GoogleError } from '../fakes/google/google-error.ts';
import type { Settings } from '../fakes/google/world.ts';
import { storeOn, type Notes } from '../fakes/memory-store.ts';
import { fakePorts, type FakePorts } from '../fakes/ports.ts';
import { desiredFor } from './local-bed.ts';
import { ENDPOINT, type ModelName, type TargetBed } from './target-suite.ts';

const LABELS: Readonly<Record<ModelName, number>> = { one: 1, two: 2, three: 3, broken: 0 };
const REPOSITORY = 'europe-west4-docker.pkg.dev/acme-prod/models/churn-serving';

export interface VertexBed extends TargetBed {
  readonly google: FakeGoogle;
  readonly ports: FakePorts;
  readonly options: VertexTargetOptions;
  /** What artifact stores have, by URL. */
  readonly notes: Notes;
  /** Digests of images by `host/name:tag`. */
  readonly registry: Map<string, string>;
  imageOf(model: ModelName): string;
  /** Another client of the same project. */
  targetWith(options: Partial<VertexTargetOptions>): DeploymentTarget;
  requestWith(
    model: ModelName,
    settings?: CloudSettings,
    changes?: Partial<Desired>,
    endpoint?: string,
  ): DeploymentRequest;
}

function imageOf(model: ModelName): string {
  return `${REPOSITORY}@sha256:${sha256(model)}`;
}

export function makeVertexBed(
  overrides: Partial<VertexTargetOptions> = {},
  fake: Partial<Settings> & { readonly neighbours?: 'none' } = {},
): VertexBed {
  const google = new FakeGoogle(fake);
  const ports = fakePorts();
  google.follow(ports.clock);
  const nameOf = (image: string) =>
    (Object.keys(LABELS) as ModelName[]).find((name) => imageOf(name) === image);
  google.world.start = (image) =>
    nameOf(image) === 'broken'
      ? new GoogleError(
          'FAILED_PRECONDITION',
          'Model server exited unexpectedly. Model server logs can be found at https://console.cloud.google.com/logs',
        )
      : null;
  google.container = (image) => ({
    status: 200,
    body: JSON.stringify({ predictions: [LABELS[nameOf(image) ?? 'broken']] }),
  });
  const { clock, signal, log } = ports;
  const notes: Notes = new Map();
  const registry = new Map<string, string>();
  const { project, location } = google.world.settings;
  const options: VertexTargetOptions = {
    rest: new GoogleRest({
      tokens: { token: () => Promise.resolve(TOKEN) },
      clock,
      signal,
      fetch: google.fetch,
    }),
    place: { project, location },
    hosts: {},
    openStore: (url) => Promise.resolve(storeOn(notes, url)),
    imageDigest: (name, tag) => Promise.resolve(registry.get(formatReference({ ...name, tag })) ?? null),
    adopt: false,
    removesAdopted: false,
    environment: new Map(),
    environmentKey: null,
    tags: new Map([['team', 'growth']]),
    environmentName: 'prod',
    context: { repository: 'acme/churn', commit: 'c0ffee', runId: '' },
    clock,
    signal,
    log,
    timeoutMs: 60 * 60_000,
    pollMs: null,
    keepVersions: 3,
    ...overrides,
  };
  const requestWith: VertexBed['requestWith'] = (
    model,
    settings = {},
    changes = {},
    endpoint = ENDPOINT,
  ) => ({
    endpoint,
    desired: {
      ...desiredFor(String(LABELS[model]).repeat(64)),
      environment: environmentDigests(options.environment, null),
      ...changes,
      spec: {
        imageUri: imageOf(model),
        modelDataUrl: `gs://models/models/${String(LABELS[model]).repeat(64)}/files/`,
        instanceType: 'n1-standard-2',
        ...settings,
      },
    },
    sources: {
      modelUrl: `gs://models/models/${String(LABELS[model]).repeat(64)}/files/`,
      modelSha256: null,
      referenceUrl: null,
      imageUri: imageOf(model),
      release: null,
    },
    repository: 'acme/churn',
    environmentName: 'prod',
    commit: 'c0ffee',
    run: '1001',
  });
  return {
    google,
    ports,
    options,
    notes,
    registry,
    imageOf,
    target: createVertexTarget(options),
    targetWith: (other) => createVertexTarget({ ...options, ...other }),
    labelOf: (model) => LABELS[model],
    request: (model, endpoint) => requestWith(model, {}, {}, endpoint),
    requestWith,
    dispose: () => google.close(),
  };
}
