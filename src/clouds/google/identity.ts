/** Which credentials a job has: decided by what its environment says, before anything is asked of Google. */
import { UserError, type Problem } from '../../core/errors.ts';
import {
  GOOGLE_PROVIDER,
  GOOGLE_SERVICE_ACCOUNT,
  type GoogleEnvironment,
} from '../../core/google-environment.ts';
import { NO_CREDENTIALS } from './errors.ts';

export type GoogleIdentity =
  /** A new token of GitHub for each request; `serviceAccount` is null for the identity of the job itself. */
  | { readonly kind: 'github'; readonly provider: string; readonly serviceAccount: string | null }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'token'; readonly text: string }
  /** The service account of a machine of Google. */
  | { readonly kind: 'machine'; readonly host: string };

export interface GoogleSurroundings {
  readonly environment: GoogleEnvironment;
  /** Whether the job may have tokens of GitHub (`id-token: write`). */
  readonly hasIdToken: boolean;
  /** Whether a person signed in with gcloud on this machine. */
  readonly hasUserFile: boolean;
  /** Whether this machine is one of Google's. */
  readonly isGoogleMachine: boolean;
}

/** https://cloud.google.com/compute/docs/metadata/querying-metadata */
const METADATA_HOST = 'metadata.google.internal';

/**
 * What renews itself comes first: GitHub's own token, then a file, of which google-github-actions/auth writes one. A token
 * that nobody renews comes after them, and a machine is asked only if it is one of Google's: GitHub's runners are not.
 * @throws UserError if there are none, or if one of them is half set
 */
export function identityOf({
  environment,
  hasIdToken,
  hasUserFile,
  isGoogleMachine,
}: GoogleSurroundings): GoogleIdentity {
  refuseWrong(environment);
  const { workloadIdentityProvider: provider, serviceAccount, credentialsFile } = environment;
  const { accessToken, userFile, metadataHost } = environment;
  if (provider !== null && hasIdToken) return { kind: 'github', provider, serviceAccount };
  if (credentialsFile !== null) return { kind: 'file', path: credentialsFile };
  if (accessToken !== null) return { kind: 'token', text: accessToken };
  if (userFile !== null && hasUserFile) return { kind: 'file', path: userFile };
  if (metadataHost !== null || isGoogleMachine)
    return { kind: 'machine', host: metadataHost ?? METADATA_HOST };
  throw new UserError(provider === null ? NO_CREDENTIALS : NO_ID_TOKEN, { page: 'google-credentials' });
}

const NO_ID_TOKEN =
  'A workload identity provider is given, and this job may request no token of GitHub. Add id-token: write to the permissions of the job.';

/** Nothing is asked for with what cannot be right. */
function refuseWrong(environment: GoogleEnvironment): void {
  const problems = [...problemsOf(environment)];
  if (problems.length > 0) throw UserError.of(problems, { page: 'google-credentials' });
}

function* problemsOf({ workloadIdentityProvider, serviceAccount }: GoogleEnvironment): Generator<Problem> {
  if (workloadIdentityProvider !== null && !GOOGLE_PROVIDER.test(workloadIdentityProvider)) {
    yield {
      where: 'gcp-workload-identity-provider',
      message: `"${workloadIdentityProvider}" is not the full name of a provider.`,
      fix: 'Write projects/123456789/locations/global/workloadIdentityPools/POOL/providers/PROVIDER, with the number of the project.',
    };
  }
  if (serviceAccount !== null && !GOOGLE_SERVICE_ACCOUNT.test(serviceAccount)) {
    yield {
      where: 'gcp-service-account',
      message: `"${serviceAccount}" is no service account.`,
      fix: 'Write its e-mail address, such as deployer@my-project.iam.gserviceaccount.com.',
    };
  }
  if (serviceAccount !== null && workloadIdentityProvider === null) {
    yield {
      where: 'gcp-service-account',
      message: 'is given, and gcp-workload-identity-provider is not.',
      fix: 'Give both, or none.',
    };
  }
}
