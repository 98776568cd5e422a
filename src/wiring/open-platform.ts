/**
 * Gives a platform what a runner's machine has. Shared by the main.ts of every action that needs one; only they may import
 * it, because it brings platforms, stores and adapters together.
 */
import type { PlatformHost, TargetWishes } from '../core/platform.ts';
import type { Ports } from '../core/ports.ts';
import { outside, outsideTarget } from '../core/redaction/outside.ts';
import type { DeploymentTarget } from '../core/targets.ts';
import { platformOf, type PlatformName } from '../platforms/table.ts';
import type { Toolbox } from '../runner/toolbox.ts';
import { sessionOpener } from './open-session.ts';
import { storeOptions, type StoreWishes } from './store-options.ts';

export async function openPlatform(
  name: PlatformName,
  wishes: TargetWishes,
  ports: Ports<never>,
  tools: Toolbox,
): Promise<DeploymentTarget> {
  const target = await platformOf(name).open(wishes, hostOf(wishes, ports, tools));
  return outsideTarget(target, ports.redactor);
}

function hostOf(wishes: StoreWishes, ports: Ports<never>, tools: Toolbox): PlatformHost {
  const { context, clock, signal, log, redactor } = ports;
  const { exec, which, settings } = tools;
  const stores = storeOptions(wishes, ports, tools);
  return {
    context,
    clock,
    signal,
    log,
    redactor,
    exec,
    which,
    settings,
    azure: stores.azure,
    google: stores.google,
    openStore: async (url) => {
      const { openStore } = await import('../stores/open-store.ts');
      return outside(openStore, redactor)(url, stores);
    },
    openUrl: async (location) => {
      const { openUrl } = await import('../stores/open-store.ts');
      return outside(openUrl, redactor)(location, context.workspace, stores);
    },
    imageDigest: async (name, tag) => {
      const { openRegistry } = await import('./open-registry.ts');
      const { registry } = openRegistry('read', stores, ports, tools);
      return (await registry.manifest(name, tag))?.digest ?? null;
    },
    openSession: sessionOpener(ports, tools),
    openPlatform: (name, wishes) => openPlatform(name as PlatformName, wishes, ports, tools),
    findRunner: async () => {
      const { runnerFinder } = await import('../adapters/container-engine/find-runner.ts');
      return outside(runnerFinder({ exec, which, log, signal }), redactor)();
    },
  };
}
