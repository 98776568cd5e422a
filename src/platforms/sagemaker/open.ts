import { UserError } from '../../core/errors.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { createAwsClients } from '../../clouds/aws/clients.ts';
import type { smokeMembers } from './inputs.ts';
import { createSageMakerTarget } from './sagemaker-target.ts';

/** Who says how often to look has a stand-in of AWS, which shows a change at once, or after a few looks. */
const POLLS_OF_LAG = 4;

/** @throws UserError if nothing names a region */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const { targetVariant }: Partial<GroupValues<typeof smokeMembers>> = wishes.group ?? {};
  const { context, clock, signal, log, settings, openStore } = host;
  return createSageMakerTarget({
    clients: createAwsClients({ region: regionOf(wishes, host) }),
    account: wishes.account ?? null,
    adopt: wishes.adopt ?? false,
    removesAdopted: wishes.removesAdopted ?? false,
    hasApprovers: wishes.hasApprovers ?? false,
    environment: wishes.environment ?? new Map(),
    environmentKey: wishes.environmentKey ?? null,
    tags: wishes.tags ?? new Map(),
    environmentName: wishes.environmentName,
    context,
    openStore,
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs: settings.pollMs,
    ...(settings.pollMs === null ? {} : { longestLagMs: settings.pollMs * POLLS_OF_LAG }),
    sessionSeconds: settings.awsSessionSeconds,
    keepVersions: wishes.keepVersions,
    ...(wishes.startWith === undefined ? {} : { startWith: wishes.startWith }),
    ...(wishes.mark === undefined ? {} : { requests: { variant: targetVariant ?? null, mark: wishes.mark } }),
  });
}

function regionOf({ region }: TargetWishes, { settings }: PlatformHost): string {
  const known = region ?? settings.awsRegion;
  if (known !== null) return known;
  const message = 'is needed for target: sagemaker, and AWS_REGION is not set either.';
  throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
}
