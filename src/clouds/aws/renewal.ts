/**
 * Credentials that are asked for again before they end, as aws-actions/configure-aws-credentials asks for them: the OIDC
 * token of the job, for AssumeRoleWithWebIdentity of the role.
 * https://docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
import { CancelledError, messageOf } from '../../core/errors.ts';
import type { Clock, Logger } from '../../core/ports.ts';
import { createAwsClients, type AwsClients } from './clients.ts';
import type { AwsCredentials, CredentialProvider } from './credentials.ts';
import { failureKind, inAwsWords } from './errors.ts';

/** What configure-aws-credentials asks for, and what the quick start's trust policy wants. */
const AUDIENCE = 'sts.amazonaws.com';
/** Its default too. */
const SESSION_NAME = 'GitHubActions';
/** Every role allows an hour; and since it is asked for again, more is never needed. */
const SESSION_SECONDS = 3600;
/** As the SDK does. */
const BEFORE_THE_END_MS = 300_000;
/** After a renewal that failed. */
const AGAIN_MS = 60_000;

export interface RenewalOptions {
  /** arn:<partition>:iam::<account>:role/<path><name> */
  readonly roleArn: string;
  readonly region: string | null;
  /** The job's OIDC token for an audience. */
  readonly idToken: (audience: string) => Promise<string>;
  /** Those that the job has: what is signed with while nothing better is there. */
  readonly jobs: CredentialProvider;
  /** Hides a secret in whatever is logged from now on. */
  readonly hide: (secret: string) => void;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'info' | 'warning'>;
  readonly signal: AbortSignal;
  /** For tests: further settings of the STS client. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/**
 * Nobody says when the job's own session ends, so a new one is asked for with the first call that is signed, and then
 * again five minutes before the end of each. If that fails, what there is is used on, and the run says so.
 */
export function renewedCredentials(options: RenewalOptions): CredentialProvider {
  const { roleArn, region, jobs, clock, log, signal, config } = options;
  const clients = createAwsClients({ region, config: { credentials: jobs, ...config }, signal });
  let session: string | null = null;
  let held: AwsCredentials | null = null;
  let againAt = -Infinity;
  let said = false;
  let pending: Promise<AwsCredentials> | null = null;

  const renew = async (): Promise<AwsCredentials> => {
    try {
      session ??= await sessionName(clients, roleArn);
      held = await assume(clients, options, session);
      againAt = (held.expiration?.getTime() ?? Infinity) - BEFORE_THE_END_MS;
      log.info(
        `Requested AWS credentials of ${roleArn} until ${held.expiration?.toISOString() ?? 'the end'}.`,
      );
      return held;
    } catch (error) {
      if (signal.aborted) throw new CancelledError();
      againAt = clock.now().getTime() + AGAIN_MS;
      if (!said) log.warning(cannot(roleArn, error));
      said = true;
      return held !== null && !isOver(held, clock) ? held : jobs();
    }
  };

  const provide = async (): Promise<AwsCredentials> => {
    if (clock.now().getTime() < againAt) return held !== null && !isOver(held, clock) ? held : jobs();
    pending ??= renew().finally(() => {
      pending = null;
    });
    return pending;
  };
  return Object.assign(provide, { memoized: true as const });
}

function cannot(roleArn: string, error: unknown): string {
  return (
    `The AWS credentials of this job could not be renewed: ${messageOf(error)} ` +
    `The step continues with its present credentials until they expire. See ML_DEPLOY_AWS_ROLE_ARN (${roleArn}) in docs/workflows.md.`
  );
}

function isOver({ expiration }: AwsCredentials, clock: Pick<Clock, 'now'>): boolean {
  return expiration !== undefined && expiration.getTime() <= clock.now().getTime();
}

/**
 * The name of the job's session, to go on under it. Nobody can be denied GetCallerIdentity.
 * @throws Error if the job has signed in as somebody else: a renewal would make it somebody else in the middle
 */
async function sessionName(clients: AwsClients, roleArn: string): Promise<string> {
  try {
    const sts = await clients.sts();
    const { Arn = '' } = await clients.call('sts:GetCallerIdentity', (http) =>
      sts.getCallerIdentity({}, http),
    );
    const [, account, role, session] = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\/(.+)$/.exec(Arn) ?? [];
    if (account !== roleArn.split(':')[4] || role !== roleArn.split('/').at(-1)) {
      throw new Error(`The job is signed in as ${Arn}, which is not a session of that role.`);
    }
    return session || SESSION_NAME;
  } catch (error) {
    // Over already, or not there: the role was named for this job, and STS decides whether it may have it.
    if (['expired-credentials', 'no-credentials'].includes(failureKind(error) ?? '')) return SESSION_NAME;
    throw error;
  }
}

async function assume(
  clients: AwsClients,
  { roleArn, idToken, hide, signal }: RenewalOptions,
  session: string,
): Promise<AwsCredentials> {
  const token = await idToken(AUDIENCE);
  hide(token);
  const sts = await clients.sts();
  const { Credentials: made } = await inAwsWords(
    { operation: 'sts:AssumeRoleWithWebIdentity', on: roleArn },
    () =>
      sts.assumeRoleWithWebIdentity(
        {
          RoleArn: roleArn,
          RoleSessionName: session,
          DurationSeconds: SESSION_SECONDS,
          WebIdentityToken: token,
        },
        { abortSignal: signal },
      ),
    signal,
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = made ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new Error('STS answered without credentials.');
  hide(SecretAccessKey);
  hide(SessionToken);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
}
