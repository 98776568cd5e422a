import { jobCredentials, signWith } from '../clouds/aws/credentials.ts';
import { renewedCredentials } from '../clouds/aws/renewal.ts';
import type { Ports } from '../core/ports.ts';
import type { Toolbox } from '../runner/toolbox.ts';

/** From now on, whatever this process signs for AWS is signed with credentials that are asked for again before they end. */
export function renewAwsCredentials(
  { clock, log, signal }: Pick<Ports<never>, 'clock' | 'log' | 'signal'>,
  { settings, idToken, mask }: Pick<Toolbox, 'settings' | 'idToken' | 'mask'>,
): void {
  const { awsRoleArn: roleArn, awsRegion: region } = settings;
  if (roleArn === null || idToken === null) return;
  signWith(
    renewedCredentials({ roleArn, region, idToken, jobs: jobCredentials, hide: mask, clock, log, signal }),
  );
}
