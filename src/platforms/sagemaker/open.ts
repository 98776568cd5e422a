import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { createAwsClients } from '../../clouds/aws/clients.ts';
import { lazyPrices, regionFor } from '../../clouds/aws/host.ts';
import { cloudTargetOptions } from '../../deployment/target-options.ts';
import { productOf } from './cost.ts';
import type { smokeMembers } from './inputs.ts';
import { TARGET } from './options.ts';
import { createSageMakerTarget } from './sagemaker-target.ts';

/** Only a stand-in of AWS says how often to look: it shows a change at once, or after a few looks. */
const POLLS_OF_LAG = 4;

/** @throws UserError if nothing names a region */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const { targetVariant }: Partial<GroupValues<typeof smokeMembers>> = wishes.group ?? {};
  const { settings, openStore } = host;
  const region = regionFor(TARGET, wishes, host);
  return createSageMakerTarget({
    clients: createAwsClients({ region }),
    account: wishes.account ?? null,
    ...cloudTargetOptions(wishes, host),
    hasApprovers: wishes.hasApprovers ?? false,
    openStore,
    ...(settings.pollMs === null ? {} : { longestLagMs: settings.pollMs * POLLS_OF_LAG }),
    sessionSeconds: settings.awsSessionSeconds,
    prices: lazyPrices(region, host, productOf),
    ...(wishes.startWith === undefined ? {} : { startWith: wishes.startWith }),
    ...(wishes.mark === undefined ? {} : { requests: { variant: targetVariant ?? null, mark: wishes.mark } }),
  });
}
