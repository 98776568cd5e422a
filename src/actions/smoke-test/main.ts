import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Ports } from '../../core/ports.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { localEndpointsDir } from '../../core/workspace.ts';
import { action } from '../../runner/action.ts';
import type { Toolbox } from '../../runner/toolbox.ts';
import type { SmokePorts } from './run.ts';
import { spec } from './spec.ts';

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const { run } = await import('./run.ts');
    const { httpEndpoint } = await import('../../adapters/http-endpoint/http-endpoint.ts');
    const { openStore } = await import('../../stores/open-store.ts');
    await run(inputs, {
      ...ports,
      openTarget: (name) => openTarget(name, ports, tools),
      httpEndpoint: (url) => httpEndpoint(url),
      openSession: (model, options) => openSession(model, options, ports, tools),
      openStore,
      pollMs: tools.settings.pollMs,
    });
  },
});

type SessionArguments = Parameters<SmokePorts['openSession']>;

/** Only a test with an ONNX reference pays for a runtime. */
async function openSession(
  model: SessionArguments[0],
  options: SessionArguments[1],
  ports: Ports<never>,
  { exec, settings }: Toolbox,
) {
  const { createSessionOpener } = await import('../../adapters/onnx/open-session.ts');
  const open = createSessionOpener({
    moduleRoots: [settings.bundleDir],
    toolCacheDir: settings.toolCache ?? undefined,
    exec,
    log: ports.log,
  });
  return open(model, options);
}

const ROLLBACK_MS = 120_000;
/** Never used: a smoke test installs nothing. */
const KEEP_VERSIONS = 5;

async function openTarget(
  name: Parameters<SmokePorts['openTarget']>[0],
  { context, clock, signal, log }: Ports<never>,
  { settings }: Toolbox,
): Promise<DeploymentTarget> {
  if (name !== 'local') {
    throw UserError.of([
      {
        where: 'target',
        message: `"${name}" is not in this version.`,
        fix: 'Use target: local, or endpoint-url.',
      },
    ]);
  }
  const { createLocalTarget } = await import('../../targets/local/local-target.ts');
  const { createLauncher } = await import('../../targets/local/launch.ts');
  const { systemProcesses } = await import('../../targets/local/process-table.ts');
  const { openUrl } = await import('../../stores/open-store.ts');
  return createLocalTarget({
    root: localEndpointsDir(context),
    launch: createLauncher(
      join(settings.bundleDir, '..', 'local-server', 'index.js'),
      settings.toolCache === null ? [] : ['--tool-cache', settings.toolCache],
      settings.lastingEnvironment,
    ),
    openArchive: (url) => openUrl(url, context.workspace),
    processes: systemProcesses,
    clock,
    signal,
    log,
    timeoutMs: ROLLBACK_MS,
    pollMs: settings.pollMs,
    keepVersions: KEEP_VERSIONS,
    port: null,
    run: context.runId,
  });
}
