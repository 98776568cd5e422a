/**
 * Gives a platform what a runner's machine has. Shared by the main.ts of every action that needs one; only they may import
 * it, since it brings platforms, stores and adapters together.
 */
import type { PlatformHost, TargetWishes } from '../core/platform.ts';
import type { Ports } from '../core/ports.ts';
import type { DeploymentTarget } from '../core/targets.ts';
import { platformOf, type PlatformName } from '../platforms/table.ts';
import type { Toolbox } from '../runner/toolbox.ts';
import type { S3Options } from '../stores/s3/options.ts';

type S3Wishes = Pick<TargetWishes, 'region' | 'kmsKeyId' | 'tags'>;

export function s3Options(
  { region, kmsKeyId = null, tags = null }: S3Wishes,
  { log, clock, signal }: Ports<never>,
  { settings }: Pick<Toolbox, 'settings'>,
): S3Options {
  const known = region ?? settings.awsRegion;
  return { region: known, endpoint: settings.s3Endpoint, kmsKeyId, tags, log, clock, signal };
}

export function openPlatform(
  name: PlatformName,
  wishes: TargetWishes,
  ports: Ports<never>,
  tools: Toolbox,
): Promise<DeploymentTarget> {
  return platformOf(name).open(wishes, hostOf(wishes, ports, tools));
}

function hostOf(wishes: S3Wishes, ports: Ports<never>, tools: Toolbox): PlatformHost {
  const { context, clock, signal, log } = ports;
  const { exec, which, settings } = tools;
  const s3 = s3Options(wishes, ports, tools);
  return {
    context,
    clock,
    signal,
    log,
    exec,
    which,
    settings,
    openStore: async (url) => (await import('../stores/open-store.ts')).openStore(url, { s3 }),
    openUrl: async (location) =>
      (await import('../stores/open-store.ts')).openUrl(location, context.workspace, { s3 }),
    findRunner: async () => {
      const { runnerFinder } = await import('../adapters/container-engine/find-runner.ts');
      return runnerFinder({ exec, which, log, signal })();
    },
  };
}
