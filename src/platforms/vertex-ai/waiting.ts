/** Google answers before a change is done: this asks about its operation until it has ended. */
import { GoogleFailure } from '../../clouds/google/errors.ts';
import { poll } from '../../core/poll.ts';
import { TimedOutError } from '../../core/targets.ts';
import { POLL_MS, type VertexTargetOptions } from './options.ts';
import type { LongOperation, Resources } from './resources.ts';

export type Waits = Pick<VertexTargetOptions, 'clock' | 'signal' | 'log' | 'timeoutMs' | 'pollMs'>;

/**
 * @param what it does, for the log: "churn is being deployed"
 * @returns the operation as it ended, well or not
 * @throws TimedOutError
 */
export async function ended(
  operation: LongOperation,
  what: string,
  resources: Pick<Resources, 'operation'>,
  { clock, signal, log, timeoutMs, pollMs }: Waits,
): Promise<LongOperation> {
  if (operation.done === true) return operation;
  const { state, timedOut } = await poll({
    // One that was just started may not be visible yet.
    check: async () => (await resources.operation(operation.name)) ?? operation,
    done: (found) => found.done === true,
    key: stageOf,
    onChange: (found) => {
      if (found.done !== true) log.info([`${what}.`, stageOf(found)].filter(Boolean).join(' '));
    },
    intervalMs: pollMs ?? POLL_MS,
    timeoutMs,
    clock,
    signal,
  });
  if (timedOut) {
    const minutes = Math.round(timeoutMs / 60_000);
    throw new TimedOutError(
      'Vertex AI',
      `${what}, and is not done after ${minutes} minutes. Run the same command again to go on.`,
    );
  }
  return state;
}

const STAGES: Readonly<Record<string, string>> = {
  STARTING_DEPLOYMENT: 'Machines are sought.',
  PREPARING_MODEL: 'Its files are copied.',
  CREATING_SERVING_CLUSTER: 'Machines are started.',
  ADDING_NODES_TO_CLUSTER: 'Machines are added.',
  GETTING_CONTAINER_IMAGE: 'Its image is pulled.',
  STARTING_MODEL_SERVER: 'Its container is started.',
  FINISHING_UP: 'It is about to be done.',
};

/** aiplatform v1, DeployModelOperationMetadata.deploymentStage */
function stageOf({ metadata = {} }: LongOperation): string {
  return STAGES[String(metadata.deploymentStage)] ?? '';
}

/** What kind of change an operation is, by the type of its metadata: `DeployModel`, `UndeployModel`, `Delete`. */
export function kindOf({ metadata = {} }: LongOperation): string {
  const type = metadata['@type'];
  return typeof type === 'string' ? (/\.(\w+?)OperationMetadata$/.exec(type)?.[1] ?? '') : '';
}

/** Somebody else was faster: the etag has changed, or the same change is in progress. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof GoogleFailure)) return false;
  const { status, code, said } = error;
  if (status === 409 || status === 412 || code === 'ABORTED' || code === 'ALREADY_EXISTS') return true;
  return code === 'FAILED_PRECONDITION' && /etag|concurrent|in progress|being modified/i.test(said);
}
