/** How a job in a test signs in to Google Cloud. */
import type { GoogleEnvironment, GoogleSignIn } from '../../../src/core/google-environment.ts';
import { FakeClock } from '../clock.ts';

export const NO_GOOGLE: GoogleEnvironment = {
  workloadIdentityProvider: null,
  serviceAccount: null,
  credentialsFile: null,
  accessToken: null,
  userFile: null,
  metadataHost: null,
  project: null,
  quotaProject: null,
  endpoints: {},
};

export interface FakeGoogleSignIn extends GoogleSignIn {
  readonly clock: FakeClock;
  readonly hidden: string[];
}

/** On a machine that is not one of Google's. */
export function fakeGoogleSignIn(
  environment: Partial<GoogleEnvironment> = {},
  changes: Partial<GoogleSignIn> = {},
): FakeGoogleSignIn {
  const hidden: string[] = [];
  return {
    environment: { ...NO_GOOGLE, ...environment },
    idToken: null,
    hide: (secret) => void hidden.push(secret),
    signal: new AbortController().signal,
    vendorFile: '/nowhere/bios_vendor',
    ...changes,
    clock: new FakeClock(),
    hidden,
  };
}
