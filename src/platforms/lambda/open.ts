import { createAwsClients } from '../../clouds/aws/clients.ts';
import { UserError } from '../../core/errors.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { cloudTargetOptions } from '../../deployment/target-options.ts';
import { createLambdaTarget } from './lambda-target.ts';
import { TARGET } from './options.ts';

/** @throws UserError where nothing names a region */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const region = wishes.region ?? host.settings.awsRegion;
  if (region === null) {
    const message = `is needed for target: ${TARGET}, and AWS_REGION is not set either.`;
    throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
  }
  return createLambdaTarget({
    clients: createAwsClients({ region, signal: host.signal }),
    account: wishes.account ?? null,
    ...cloudTargetOptions(wishes, host),
  });
}
