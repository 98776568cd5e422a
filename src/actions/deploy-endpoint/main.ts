import { join } from 'node:path';
import { localEndpointsDir } from '../../core/workspace.ts';
import type { Ports } from '../../core/ports.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { action } from '../../runner/action.ts';
import type { Toolbox } from '../../runner/toolbox.ts';
import type { Inputs } from './inputs.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { openStore, openUrl } = await import('../../stores/open-store.ts');
    await run(inputs, {
      ...ports,
      openStore,
      openUrl: (location) => openUrl(location, ports.context.workspace),
      openTarget: () => openLocalTarget(inputs, ports, tools),
    });
  },
});

async function openLocalTarget(
  inputs: Inputs,
  { context, clock, signal, log }: Ports<never>,
  { settings }: Toolbox,
): Promise<DeploymentTarget> {
  const { createLocalTarget } = await import('../../targets/local/local-target.ts');
  const { createLauncher } = await import('../../targets/local/launch.ts');
  const { systemProcesses } = await import('../../targets/local/process-table.ts');
  const { openUrl } = await import('../../stores/open-store.ts');
  const server = join(settings.bundleDir, '..', 'local-server', 'index.js');
  return createLocalTarget({
    root: localEndpointsDir(context),
    launch: createLauncher(
      server,
      settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache],
      settings.lastingEnvironment,
    ),
    openArchive: (url) => openUrl(url, context.workspace),
    processes: systemProcesses,
    clock,
    signal,
    log,
    timeoutMs: inputs.timeoutMinutes * 60_000,
    pollMs: settings.pollMs,
    keepVersions: inputs.keepVersions,
    port: inputs.localPort,
    run: context.runId,
  });
}
