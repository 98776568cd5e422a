/** Starts the container of a version, and waits until it is healthy. */
import { randomBytes } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { shortDigest } from '../../../core/canonical-json.ts';
import { UpstreamError } from '../../../core/errors.ts';
import type { ContainerRunner, RunningContainer } from '../../../core/image/container-runner.ts';
import { poll } from '../../../core/poll.ts';
import type { Clock } from '../../../core/ports.ts';
import type { Layout } from '../layout.ts';
import { modelFolder, ownLabels, readSettings, type ContainerSettings } from './container-version.ts';
import { pingContainer } from './ping-container.ts';
import { ServingContainer } from './serving-container.ts';

/** SageMaker's contract with containers: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
const MODEL_DIR = '/opt/ml/model';
const PORT = 8080;
const POLL_MS = 250;
const TAIL_LINES = 40;

export interface ContainerPorts {
  readonly runner: ContainerRunner;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * @throws UpstreamError with the end of the container's log if it does not start or never answers /ping with 200.
 * No container stays behind then.
 */
export async function startContainer(
  layout: Layout,
  version: string,
  { runner, clock, log }: ContainerPorts,
  signal: AbortSignal,
): Promise<ServingContainer> {
  const folder = layout.versionDir(version);
  const settings = await readSettings(folder);
  const container = await runner.run({
    name: `ml-deploy-${layout.endpoint}-${shortDigest(version)}-${randomBytes(3).toString('hex')}`.toLowerCase(),
    image: settings.image,
    args: ['serve'],
    environment: await environmentOf(settings, modelFolder(folder)),
    labels: new Map([...ownLabels(layout), ['ml-deploy.version', version]]),
    mount: { source: modelFolder(folder), target: MODEL_DIR },
    port: PORT,
    portVariable: 'SAGEMAKER_BIND_TO_PORT',
  });
  log(
    `started the container ${container.name} of ${settings.image} with ${runner.name}, port ${container.port}`,
  );
  try {
    await untilHealthy(container, settings, clock, signal);
    return new ServingContainer(version, container, log);
  } catch (error) {
    await container.remove();
    throw error;
  }
}

/** What SageMaker sets, and what its own serving images need to find code/inference.py; the user's values win. */
async function environmentOf(
  { environment }: ContainerSettings,
  model: string,
): Promise<ReadonlyMap<string, string>> {
  const hasScript = await access(join(model, 'code', 'inference.py')).then(
    () => true,
    () => false,
  );
  return new Map([
    ['SM_MODEL_DIR', MODEL_DIR],
    ['SAGEMAKER_CONTAINER_LOG_LEVEL', '20'],
    ...(hasScript
      ? ([
          ['SAGEMAKER_PROGRAM', 'inference.py'],
          ['SAGEMAKER_SUBMIT_DIRECTORY', `${MODEL_DIR}/code`],
        ] as const)
      : []),
    ...Object.entries(environment),
  ]);
}

interface Health {
  readonly healthy: boolean;
  readonly exitCode: number | null;
  readonly said: string;
}

async function untilHealthy(
  container: RunningContainer,
  { image, startupMs }: ContainerSettings,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { state } = await poll({
    check: async (): Promise<Health> => {
      const said = await pingContainer(container.port, signal);
      // Asked after the ping: one that has ended did not answer it, whatever listens on that port.
      const exitCode = await container.exitCode();
      return { healthy: said === null && exitCode === null, exitCode, said: said ?? '' };
    },
    done: ({ healthy, exitCode }) => healthy || exitCode !== null,
    intervalMs: POLL_MS,
    timeoutMs: startupMs,
    clock,
    signal,
  });
  if (state.healthy) return;
  const detail = await container.logs(TAIL_LINES);
  const why =
    state.exitCode === null
      ? `did not answer /ping with 200 within ${Math.round(startupMs / 1000)} s (${state.said})`
      : `ended with exit code ${state.exitCode} before it was healthy`;
  const last = detail.split('\n').at(-1) || '(it printed nothing)';
  throw new UpstreamError(
    'container',
    `The container of ${image} ${why}; the last line of its log: ${last}`,
    {
      detail: detail || '(the container printed nothing)',
    },
  );
}
