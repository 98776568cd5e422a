/** How stores are reached, for a main.ts that opens them: in a file that brings no platform with it. */
import type { TargetWishes } from '../core/platform.ts';
import type { Ports } from '../core/ports.ts';
import type { Toolbox } from '../runner/toolbox.ts';
import type { AzureBlobOptions } from '../stores/azure-blob/options.ts';
import type { GcsOptions } from '../stores/gcs/options.ts';
import type { S3Options } from '../stores/s3/options.ts';

export type StoreWishes = Pick<TargetWishes, 'region' | 'kmsKeyId' | 'tags'>;
type OfRun = Pick<Ports<never>, 'log' | 'clock' | 'signal'>;
type OfMachine = Pick<Toolbox, 'settings' | 'idToken' | 'exec' | 'which' | 'mask'>;

export interface AllStores {
  readonly s3: S3Options;
  readonly azure: AzureBlobOptions;
  readonly google: GcsOptions;
}

export function storeOptions(
  { region, kmsKeyId = null, tags = null }: StoreWishes,
  ports: OfRun,
  tools: OfMachine,
): AllStores {
  const { log, clock, signal } = ports;
  const { settings } = tools;
  const known = region ?? settings.awsRegion;
  return {
    s3: { region: known, endpoint: settings.s3Endpoint, kmsKeyId, tags, log, clock, signal },
    azure: azureSignIn(ports, tools),
    google: googleSignIn(ports, tools),
  };
}

const signIns = new WeakMap<object, AzureBlobOptions>();

/** One for a step: stores and platforms share its tokens. */
function azureSignIn({ log, clock, signal }: OfRun, tools: OfMachine): AzureBlobOptions {
  const { settings, idToken, exec, which, mask: hide } = tools;
  const known = signIns.get(settings);
  if (known !== undefined) return known;
  const made = { environment: settings.azure, idToken, exec, which, hide, log, clock, signal };
  signIns.set(settings, made);
  return made;
}

/** Its tokens are those of every other one of the same environment. */
export function googleSignIn({ log, clock, signal }: OfRun, tools: OfMachine): GcsOptions {
  const { settings, idToken, mask: hide } = tools;
  return { environment: settings.google, idToken, hide, log, clock, signal };
}
