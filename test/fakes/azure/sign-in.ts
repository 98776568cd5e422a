/** How a job in a test signs in to Azure. */
import type { AzureEnvironment, AzureSignIn } from '../../../src/core/azure-environment.ts';
import { FakeClock } from '../clock.ts';

export const NO_AZURE: AzureEnvironment = {
  clientId: null,
  tenantId: null,
  clientSecret: null,
  federatedTokenFile: null,
  authorityHost: null,
  identityEndpoint: null,
  identityHeader: null,
  credential: null,
  blobEndpoint: null,
  resourceManager: null,
};

export interface FakeSignIn extends AzureSignIn {
  readonly clock: FakeClock;
  readonly hidden: string[];
  /** What az was started with. */
  readonly started: (readonly string[])[];
}

/** @param az what az prints; null where it is not installed */
export function fakeSignIn(
  environment: Partial<AzureEnvironment> = {},
  more: Partial<AzureSignIn> & { az?: { exitCode: number; stdout: string; stderr: string } | null } = {},
): FakeSignIn {
  const { az = null, ...changes } = more;
  const hidden: string[] = [];
  const started: (readonly string[])[] = [];
  return {
    environment: { ...NO_AZURE, ...environment },
    idToken: null,
    exec: async (_, args) => {
      started.push(args);
      return az ?? { exitCode: 1, stdout: '', stderr: '' };
    },
    which: async () => (az === null ? null : '/usr/bin/az'),
    hide: (secret) => void hidden.push(secret),
    signal: new AbortController().signal,
    ...changes,
    clock: new FakeClock(),
    hidden,
    started,
  };
}
