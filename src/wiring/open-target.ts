/**
 * Builds the targets out of what a runner's machine has. Shared by the main.ts of every action that needs one; only
 * they may import it, since it brings targets, stores and adapters together.
 */
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Ports } from '../core/ports.ts';
import type { DeploymentTarget } from '../core/targets.ts';
import { localEndpointsDir } from '../core/workspace.ts';
import type { Toolbox } from '../runner/toolbox.ts';
import type { S3Options } from '../stores/s3/options.ts';
import type { AwsClients } from '../clouds/aws/clients.ts';

/** What an action wants of a target; what is absent, it has no use for. */
export interface TargetWishes {
  /** For each wait. */
  readonly timeoutMs: number;
  /** The input aws-region; without it, the region of the environment. */
  readonly region: string | null;
  /** Under which what is made is recorded. */
  readonly environmentName: string | null;
  readonly keepVersions?: number;
  /** Variables of the container, with their values. */
  readonly environment?: ReadonlyMap<string, string>;
  readonly startupMs?: number;
  readonly localPort?: number | null;
  readonly account?: string | null;
  readonly adopt?: boolean;
  readonly tags?: ReadonlyMap<string, string> | null;
  readonly kmsKeyId?: string | null;
  /** The endpoint that the step is about, for a target that can look at it before it is asked to. */
  readonly startWith?: string;
  /** Of requests to an endpoint, where the platform takes marks and knows variants. */
  readonly requests?: { readonly variant: string | null; readonly mark: string };
}

type S3Wishes = Pick<TargetWishes, 'region' | 'kmsKeyId' | 'tags'>;

export function s3Options(
  { region, kmsKeyId = null, tags = null }: S3Wishes,
  { log, clock, signal }: Ports<never>,
  { settings }: Pick<Toolbox, 'settings'>,
): S3Options {
  const known = region ?? settings.awsRegion;
  return { region: known, endpoint: settings.s3Endpoint, kmsKeyId, tags, log, clock, signal };
}

const STARTUP_MS = 480_000;
const KEEP_VERSIONS = 3;

export async function openLocalTarget(
  wishes: TargetWishes,
  { context, clock, signal, log }: Ports<never>,
  { exec, which, settings }: Toolbox,
): Promise<DeploymentTarget> {
  const { createLocalTarget } = await import('../platforms/local/local-target.ts');
  const { createLauncher } = await import('../platforms/local/launch.ts');
  const { systemProcesses } = await import('../platforms/local/process-table.ts');
  const { openUrl } = await import('../stores/open-store.ts');
  const { toolCache, bundleDir, lastingEnvironment, pollMs } = settings;
  const server = join(bundleDir, '..', 'local-server', 'index.js');
  return createLocalTarget({
    root: localEndpointsDir(context),
    launch: createLauncher(server, toolCache === null ? [] : ['--tool-cache', toolCache], lastingEnvironment),
    openArchive: (url) => openUrl(url, context.workspace),
    processes: systemProcesses,
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs,
    keepVersions: wishes.keepVersions ?? KEEP_VERSIONS,
    port: wishes.localPort ?? null,
    containers: {
      findRunner: async () => {
        const { runnerFinder } = await import('../adapters/container-engine/find-runner.ts');
        return runnerFinder({ exec, which, log, signal })();
      },
      environment: wishes.environment ?? new Map(),
      startupMs: wishes.startupMs ?? STARTUP_MS,
    },
    run: context.runId,
  });
}

/** The region of a run; @throws UserError where nothing names one. */
export function requireRegion(given: string | null, { settings }: Pick<Toolbox, 'settings'>): string {
  const region = given ?? settings.awsRegion;
  if (region !== null) return region;
  const message = 'is needed for target: sagemaker, and AWS_REGION is not set either.';
  throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
}

export interface OpenedSageMaker {
  readonly target: DeploymentTarget;
  readonly clients: AwsClients;
}

export async function openSageMakerTarget(
  wishes: TargetWishes,
  ports: Ports<never>,
  tools: Toolbox,
): Promise<OpenedSageMaker> {
  const region = requireRegion(wishes.region, tools);
  const { createSageMakerTarget } = await import('../platforms/sagemaker/sagemaker-target.ts');
  const { createAwsClients } = await import('../clouds/aws/clients.ts');
  const { openStore } = await import('../stores/open-store.ts');
  const s3 = s3Options(wishes, ports, tools);
  const { context, clock, signal, log } = ports;
  const clients = createAwsClients({ region });
  const target = createSageMakerTarget({
    clients,
    account: wishes.account ?? null,
    adopt: wishes.adopt ?? false,
    environment: wishes.environment ?? new Map(),
    tags: wishes.tags ?? new Map(),
    environmentName: wishes.environmentName,
    context,
    openStore: (url) => openStore(url, { s3 }),
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs: tools.settings.pollMs,
    keepVersions: wishes.keepVersions ?? KEEP_VERSIONS,
    ...(wishes.startWith === undefined ? {} : { startWith: wishes.startWith }),
    ...(wishes.requests === undefined ? {} : { requests: wishes.requests }),
  });
  return { target, clients };
}
