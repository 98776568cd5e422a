/** `target: vertex-ai`: endpoints of Vertex AI, with models that serve a container. */
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { DeploymentTarget, EndpointInvoker } from '../../core/targets.ts';
import { createEngineTarget } from '../../deployment/engine-target.ts';
import type { Notes } from '../../deployment/kept/notes.ts';
import { noSuchEndpoint, noSuchVersion } from '../../deployment/no-such.ts';
import { createInvoker } from './invoker.ts';
import { LABEL } from './ledger.ts';
import { readLog } from './log-tail.ts';
import { planFor } from './make-plan.ts';
import { TRAITS, VertexOperation } from './operation.ts';
import { POLL_MS, TARGET, TITLE, type VertexTargetOptions } from './options.ts';
import { Resources } from './resources.ts';
import { writeNotes } from './steps.ts';
import { versionsOf } from './versions.ts';

export function createVertexTarget(options: VertexTargetOptions): DeploymentTarget {
  const { place } = options;
  const engine = createEngineTarget(
    {
      title: TITLE,
      place: sayPlace(place),
      traits: TRAITS,
      pollMs: POLL_MS,
      open: (subject) => new VertexOperation(subject, options),
    },
    options,
  );
  return {
    name: TARGET,
    ...engine,
    ...(options.prices === undefined ? {} : { prices: options.prices }),
    plan: (request) => planFor(request, options),
    describe: (endpoint) =>
      new VertexOperation({ endpoint, plan: null, command: 'reap' }, options).describe(),
    links: (endpoint) => {
      const { project, location } = place;
      const base = 'https://console.cloud.google.com';
      const filter = encodeURIComponent(`resource.labels.endpoint_id="${endpoint}"`);
      return [
        {
          title: 'Endpoint',
          url: `${base}/vertex-ai/online-prediction/locations/${location}/endpoints/${endpoint}?project=${project}`,
        },
        { title: 'Log', url: `${base}/logs/query;query=${filter}?project=${project}` },
      ];
    },
    noteRelease: (endpoint, version, release) => noted(endpoint, version, { release }, options),
    markVerified: (endpoint, version) => noted(endpoint, version, { verified: true }, options),
    logs: (endpoint, lines) => readLog(endpoint, lines, options),
    invoker: (endpoint, candidate) => openInvoker(endpoint, candidate, options),
  };
}

function sayPlace({ project, location }: VertexTargetOptions['place']): string {
  return `in ${project}, ${location}`;
}

async function noted(
  endpoint: string,
  id: string,
  more: Partial<Notes>,
  options: VertexTargetOptions,
): Promise<void> {
  const resources = new Resources(options.rest, options.place, options.hosts);
  const versions = versionsOf(await resources.versions(endpoint), await resources.endpoint(endpoint));
  const version = versions.find((known) => known.id === id);
  if (version === undefined) throw noSuchVersion(endpoint, id);
  const subject = { endpoint, plan: null, command: 'deploy' } as const;
  await writeNotes(version, (before) => ({ ...before, ...more }), { resources, subject });
}

/** @throws UserError for an endpoint or a candidate that does not exist */
async function openInvoker(
  endpoint: string,
  candidate: string | null,
  options: VertexTargetOptions,
): Promise<EndpointInvoker> {
  const { rest, place, hosts } = options;
  const resources = new Resources(rest, place, hosts);
  const isOne = candidate === null || isCandidateName(endpoint, candidate);
  const found = isOne ? await resources.endpoint(candidate ?? endpoint) : null;
  const isOurs = candidate === null || found?.labels?.[LABEL.endpoint] === endpoint;
  if (found !== null && isOurs) return createInvoker(found, options);
  throw noSuchEndpoint(endpoint, candidate, sayPlace(place));
}
