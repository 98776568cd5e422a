/** A project of Google Cloud on loopback ports: Vertex AI with what watches it, Cloud Storage, and who gives out tokens. */
import { BUCKET, startFakeGcs, type FakeGcs } from '../../unit/stores/gcs/fake-gcs.ts';
import type { FakeGoogle } from './fake-google.ts';
import { startGoogleLogin, type FakeGoogleLogin } from './google-login.ts';

export { BUCKET };

export interface GoogleProject {
  readonly login: FakeGoogleLogin;
  readonly gcs: FakeGcs;
  /** The address of Vertex AI, Cloud Monitoring and Cloud Logging. */
  readonly url: string;
  /** For processes that are to talk to this and to nothing else; how they sign in is not in it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Nobody gets in without a token that was given out here. */
export async function startGoogleProject(google: FakeGoogle): Promise<GoogleProject> {
  const login = await startGoogleLogin(() => google.world.now);
  google.opens = (token) => login.opens.has(token);
  const gcs = await startFakeGcs(login.opens);
  const url = await google.listen();
  return {
    login,
    gcs,
    url,
    env: {
      STORAGE_EMULATOR_HOST: gcs.url,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_AIPLATFORM: url,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_MONITORING: url,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING: url,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_STS: login.url,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS: login.url,
    },
    close: async () => {
      await Promise.all([google.close(), login.close(), gcs.stop()]);
    },
  };
}
