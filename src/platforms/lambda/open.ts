import { createAwsClients } from '../../clouds/aws/clients.ts';
import { UserError } from '../../core/errors.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { createLambdaTarget } from './lambda-target.ts';
import { TARGET } from './options.ts';

/** @throws UserError where nothing names a region */
export function open(
  wishes: TargetWishes,
  { context, clock, signal, log, settings }: PlatformHost,
): DeploymentTarget {
  const region = wishes.region ?? settings.awsRegion;
  if (region === null) {
    const message = `is needed for target: ${TARGET}, and AWS_REGION is not set either.`;
    throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
  }
  return createLambdaTarget({
    clients: createAwsClients({ region, signal }),
    account: wishes.account ?? null,
    adopt: wishes.adopt ?? false,
    environment: wishes.environment ?? new Map(),
    environmentKey: wishes.environmentKey ?? null,
    tags: wishes.tags ?? new Map(),
    environmentName: wishes.environmentName,
    context,
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs: settings.pollMs,
    keepVersions: wishes.keepVersions,
  });
}
