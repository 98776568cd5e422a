/** `target: lambda`: functions of AWS Lambda that are made of an image with the model in it. */
import { consoleUrl, logGroupUrl } from '../../clouds/aws/console.ts';
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { DeploymentTarget, EndpointInvoker } from '../../core/targets.ts';
import { createEngineTarget } from '../../deployment/engine-target.ts';
import { writeNotes, type Notes } from '../../deployment/kept/notes.ts';
import { noSuchEndpoint, noSuchVersion } from '../../deployment/no-such.ts';
import { describeFunction, invokeUrl, knownVersions } from './describe.ts';
import { createInvoker } from './invoker.ts';
import { readLog } from './log-tail.ts';
import { planFor } from './make-plan.ts';
import { LIVE } from './names.ts';
import { LambdaOperation, seenBy, TRAITS } from './operation.ts';
import { POLL_MS, TARGET, TITLE, type LambdaTargetOptions } from './options.ts';
import { readsOf } from './reads.ts';
import { writeNote } from './steps.ts';

export function createLambdaTarget(options: LambdaTargetOptions): DeploymentTarget {
  const { clients } = options;
  const engine = createEngineTarget(
    {
      title: TITLE,
      place: `in ${clients.region}`,
      traits: TRAITS,
      pollMs: POLL_MS,
      open: (subject) => new LambdaOperation(subject, options),
    },
    options,
  );
  return {
    name: TARGET,
    ...engine,
    ...(options.prices === undefined ? {} : { prices: options.prices }),
    plan: (request) => planFor(request, options),
    describe: async (endpoint) =>
      describeFunction(endpoint, await seenBy(readsOf(endpoint, options)), options),
    links: (endpoint) => {
      const links = {
        Function: consoleUrl(clients.region, 'lambda', `/functions/${endpoint}`),
        Log: logGroupUrl(clients.region, `/aws/lambda/${endpoint}`),
      };
      return Object.entries(links).flatMap(([title, url]) => (url === null ? [] : [{ title, url }]));
    },
    noteRelease: (endpoint, version, release) => noted(endpoint, version, { release }, options),
    markVerified: (endpoint, version) => noted(endpoint, version, { verified: true }, options),
    logs: (endpoint, lines) => readLog(endpoint, lines, options),
    invoker: (endpoint, candidate) => openInvoker(endpoint, candidate, options),
  };
}

async function noted(
  endpoint: string,
  id: string,
  more: Partial<Notes>,
  options: LambdaTargetOptions,
): Promise<void> {
  const versions = knownVersions(await seenBy(readsOf(endpoint, options)));
  const version = versions.find((known) => known.id === id);
  if (version === undefined) throw noSuchVersion(endpoint, id);
  const notes = { ...version.notes, ...more };
  if (writeNotes(notes) === writeNotes(version.notes)) return;
  const subject = { endpoint, plan: null, command: 'deploy' } as const;
  await writeNote(version, notes, { subject, options });
}

/** @throws UserError for a function or a candidate that does not exist */
async function openInvoker(
  endpoint: string,
  candidate: string | null,
  options: LambdaTargetOptions,
): Promise<EndpointInvoker> {
  const seen = await seenBy(readsOf(endpoint, options));
  const alias = candidate ?? LIVE;
  const isOne = candidate === null || isCandidateName(endpoint, candidate);
  const { region } = options.clients;
  if (!isOne || !seen.aliases.some(({ Name }) => Name === alias))
    throw noSuchEndpoint(endpoint, candidate, `in ${region}`);
  const ids = new Map(knownVersions(seen).map(({ number, id }) => [number, id]));
  return createInvoker({ endpoint, alias, ids, url: invokeUrl(endpoint, alias, region) }, options);
}
