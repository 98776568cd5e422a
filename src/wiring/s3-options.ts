/** How S3 is reached, for a main.ts that opens stores: in a file that brings no platform with it. */
import type { TargetWishes } from '../core/platform.ts';
import type { Ports } from '../core/ports.ts';
import type { Toolbox } from '../runner/toolbox.ts';
import type { S3Options } from '../stores/s3/options.ts';

export type S3Wishes = Pick<TargetWishes, 'region' | 'kmsKeyId' | 'tags'>;

export function s3Options(
  { region, kmsKeyId = null, tags = null }: S3Wishes,
  { log, clock, signal }: Ports<never>,
  { settings }: Pick<Toolbox, 'settings'>,
): S3Options {
  const known = region ?? settings.awsRegion;
  return { region: known, endpoint: settings.s3Endpoint, kmsKeyId, tags, log, clock, signal };
}
