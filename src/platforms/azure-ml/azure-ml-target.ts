/** `target: azure-ml`: managed online endpoints of Azure Machine Learning. */
import { UserError } from '../../core/errors.ts';
import type { ConsoleLink, DeploymentTarget } from '../../core/targets.ts';
import { createEngineTarget } from '../../deployment/engine-target.ts';
import { writeNotes, type Notes } from '../../deployment/kept/notes.ts';
import { noSuchVersion } from '../../deployment/no-such.ts';
import { describeAzure } from './describe.ts';
import { removeEmpty } from './empty-endpoint.ts';
import { openInvoker, placeOf } from './invoker.ts';
import { logsOf, textOf } from './log-tail.ts';
import { planFor } from './make-plan.ts';
import { deploymentOf } from './names.ts';
import { AzureMlOperation, TRAITS } from './operation.ts';
import { POLL_MS, TARGET, TITLE, type AzureMlTargetOptions } from './options.ts';
import { readsOf, seenBy } from './reads.ts';
import { removeOrphans } from './scaling.ts';
import { servingOf } from './serving.ts';
import { writeNote } from './steps.ts';
import { versionsOf } from './versions.ts';

export function createAzureMlTarget(options: AzureMlTargetOptions): DeploymentTarget {
  const engine = createEngineTarget(
    {
      title: TITLE,
      place: placeOf(options),
      traits: TRAITS,
      pollMs: POLL_MS,
      open: (subject) => new AzureMlOperation(subject, options),
    },
    options,
  );
  return {
    name: TARGET,
    ...engine,
    ...(options.prices === undefined ? {} : { prices: options.prices }),
    teardown: async (endpoint) => {
      const result = await engine.teardown(endpoint);
      await removeOrphans(endpoint, options);
      if (!(await removeEmpty(endpoint, 0, options))) return result;
      return { ...result, message: `The endpoint ${endpoint} was removed; it had no deployment.` };
    },
    reap: async (endpoint, environment) => {
      const result = await engine.reap(endpoint, environment);
      const orphans = await removeOrphans(endpoint, options);
      if (orphans > 0)
        options.log.info(
          `${orphans} settings of autoscaling of ${endpoint} were removed: their deployments are gone.`,
        );
      if (!(await removeEmpty(endpoint, TRAITS.unusedMs, options))) return result;
      const message = `${result.message} The endpoint ${endpoint} had no deployment, and was removed.`;
      return { ...result, outcome: 'discarded', message };
    },
    plan: (request) => planFor(request, options),
    describe: async (endpoint) => describeAzure(endpoint, await seenBy(readsOf(endpoint, options)), options),
    links: (endpoint) => linksOf(endpoint, options),
    noteRelease: (endpoint, version, release) => noted(endpoint, version, { release }, options),
    markVerified: (endpoint, version) => noted(endpoint, version, { verified: true }, options),
    logs: (endpoint, lines) => readLogs(endpoint, lines, options),
    invoker: (endpoint, candidate) => openInvoker(endpoint, candidate, options),
  };
}

/** The studio. */
function linksOf(endpoint: string, { place }: AzureMlTargetOptions): ConsoleLink[] {
  const { subscription, resourceGroup, workspace } = place;
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`;
  const url = `https://ml.azure.com/endpoints/realtime/${endpoint}/detail?wsid=${encodeURIComponent(id)}`;
  return [{ title: 'Endpoint', url }];
}

async function noted(
  endpoint: string,
  id: string,
  more: Partial<Notes>,
  options: AzureMlTargetOptions,
): Promise<void> {
  const reads = readsOf(endpoint, options);
  const version = versionsOf(await seenBy(reads), options.clock.now()).find((known) => known.id === id);
  if (version === undefined) throw noSuchVersion(endpoint, id);
  const notes = { ...version.notes, ...more };
  if (writeNotes(notes) === writeNotes(version.notes)) return;
  const subject = { endpoint, plan: null, command: 'deploy' } as const;
  const came = await writeNote(version, notes, { subject, options, reads });
  if (came !== 'done') throw new UserError(`${endpoint} is gone.`);
}

/** Of the version that serves, or of the newest one if none does. */
async function readLogs(endpoint: string, lines: number, options: AzureMlTargetOptions): Promise<string> {
  const seen = await seenBy(readsOf(endpoint, options));
  const { version } = servingOf(seen.endpoint, options.clock.now());
  const deployment = version === null ? seen.deployments[0]?.name : deploymentOf(version);
  return deployment === undefined ? '' : textOf(await logsOf(endpoint, deployment, lines, options));
}
