import type { PlatformHost } from '../../src/core/platform.ts';
import { fakeSignIn } from './azure/sign-in.ts';
import { fakeGoogleSignIn } from './google/sign-in.ts';
import type { FakePorts } from './ports.ts';

/** A machine with nothing on it: whatever is not replaced is refused. */
export function fakeHost(ports: FakePorts<never>, parts: Partial<PlatformHost> = {}): PlatformHost {
  const refused = (what: string) => () => Promise.reject(new Error(`The test gave no ${what}.`));
  const { context, clock, signal, log, redactor } = ports;
  return {
    context,
    clock,
    signal,
    log,
    redactor,
    exec: refused('exec'),
    which: () => Promise.resolve(null),
    settings: {
      pollMs: null,
      awsRegion: null,
      awsSessionSeconds: null,
      awsPricingEndpoint: null,
      toolCache: null,
      bundleDir: context.temp,
      lastingEnvironment: {},
      terraformEnvironment: {},
      event: { name: 'push', isFromFork: false },
    },
    azure: fakeSignIn(),
    google: fakeGoogleSignIn(),
    openStore: refused('openStore'),
    openUrl: refused('openUrl'),
    imageDigest: refused('imageDigest'),
    findRunner: refused('findRunner'),
    openSession: refused('openSession'),
    openPlatform: refused('openPlatform'),
    ...parts,
  };
}
