import type { Clock } from './ports.ts';

/**
 * What the environment of a job says about Google Cloud: by the names that gcloud and Google's own clients read, and two of
 * ml-deploy's if Google has none; null if it says nothing.
 */
export interface GoogleEnvironment {
  /** `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`. (ML_DEPLOY_GCP_WORKLOAD_IDENTITY_PROVIDER) */
  readonly workloadIdentityProvider: string | null;
  /** The e-mail address of a service account. (ML_DEPLOY_GCP_SERVICE_ACCOUNT) */
  readonly serviceAccount: string | null;
  /** A file of credentials. (GOOGLE_APPLICATION_CREDENTIALS, or GOOGLE_GHA_CREDS_PATH) */
  readonly credentialsFile: string | null;
  /** A token that nobody renews. (CLOUDSDK_AUTH_ACCESS_TOKEN) */
  readonly accessToken: string | null;
  /** What `gcloud auth application-default login` leaves behind, whether it is there or not. (CLOUDSDK_CONFIG) */
  readonly userFile: string | null;
  /** Where the metadata server of a machine is, as `host` or `host:port`. (GCE_METADATA_HOST) */
  readonly metadataHost: string | null;
  /** A project's ID. (GOOGLE_CLOUD_PROJECT, and the other names that google-github-actions/auth exports) */
  readonly project: string | null;
  /** The project that a person's requests are counted for. (GOOGLE_CLOUD_QUOTA_PROJECT) */
  readonly quotaProject: string | null;
  /** Services that are not at Google's own address. (CLOUDSDK_API_ENDPOINT_OVERRIDES_*, STORAGE_EMULATOR_HOST) */
  readonly endpoints: Readonly<Partial<Record<GoogleService, string>>>;
}

/** With the number of the project, and not its ID. */
export const GOOGLE_PROVIDER =
  /^projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]{4,32}\/providers\/[a-z0-9-]{4,32}$/;
/** https://cloud.google.com/iam/docs/service-account-types */
export const GOOGLE_SERVICE_ACCOUNT = /^[^\s@/]+@[^\s@/]+\.gserviceaccount\.com$/;

export const GOOGLE_SERVICES = [
  'sts',
  'iamcredentials',
  'storage',
  'aiplatform',
  'monitoring',
  'logging',
  'artifactregistry',
  'cloudbilling',
] as const;
export type GoogleService = (typeof GOOGLE_SERVICES)[number];

/** How a job proves to Google who it is. */
export interface GoogleSignIn {
  readonly environment: GoogleEnvironment;
  /** A new token of GitHub for an audience; null if the job lacks `id-token: write`. */
  readonly idToken: ((audience: string) => Promise<string>) | null;
  /** Hides a secret in whatever is logged from now on. */
  readonly hide: (secret: string) => void;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly signal: AbortSignal;
  /** For tests. */
  readonly fetch?: typeof globalThis.fetch;
  /** What names the maker of this machine. For tests. */
  readonly vendorFile?: string;
}
