import { createAwsClients } from '../../clouds/aws/clients.ts';
import { lazyPrices, regionFor } from '../../clouds/aws/host.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { cloudTargetOptions } from '../../deployment/target-options.ts';
import { productOf } from './cost.ts';
import { createLambdaTarget } from './lambda-target.ts';
import { TARGET } from './options.ts';

/** @throws UserError if nothing names a region */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const region = regionFor(TARGET, wishes, host);
  return createLambdaTarget({
    clients: createAwsClients({ region, signal: host.signal }),
    account: wishes.account ?? null,
    ...cloudTargetOptions(wishes, host),
    prices: lazyPrices(region, host, productOf),
  });
}
