import { join } from 'node:path';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { localEndpointsDir } from '../../core/workspace.ts';
import type { deployMembers } from './inputs.ts';
import { createLauncher } from './launch.ts';
import { createLocalTarget } from './local-target.ts';
import { systemProcesses } from './process-table.ts';

const STARTUP_MS = 480_000;

export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  // Null for a look after the job, which starts no server.
  const { port }: Partial<GroupValues<typeof deployMembers>> = wishes.group ?? {};
  const { context, clock, signal, log, settings, openUrl, findRunner, openSession } = host;
  const { toolCache, bundleDir, lastingEnvironment, pollMs } = settings;
  const server = join(bundleDir, '..', 'local-server', 'index.js');
  return createLocalTarget({
    root: localEndpointsDir(context),
    launch: createLauncher(server, toolCache === null ? [] : ['--tool-cache', toolCache], lastingEnvironment),
    openArchive: openUrl,
    openSession,
    processes: systemProcesses,
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs,
    keepVersions: wishes.keepVersions,
    port: port ?? null,
    containers: {
      findRunner,
      environment: wishes.environment ?? new Map(),
      environmentKey: wishes.environmentKey ?? null,
      startupMs: wishes.startupMs ?? STARTUP_MS,
    },
    context,
  });
}
