/** Sessions of roles: who calls, until when, and how a new one is had for a token of OIDC. */
import type {
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
} from '@aws-sdk/client-sts';
import type { Call } from './calls.ts';
import { AwsError } from './errors.ts';
import type { Role } from './services/identity.ts';
import type { World } from './world.ts';

interface Session {
  readonly arn: string;
  ends: number;
}

const DEFAULT_SECONDS = 3600;

export class Sessions {
  /** Tokens of OIDC that the trust policies of all roles take. */
  readonly tokens = new Set<string>();
  readonly #world: World;
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #known = new Map<string, Session>();

  constructor(world: World, roles: ReadonlyMap<string, Role>) {
    this.#world = world;
    this.#roles = roles;
  }

  /** @returns what a job that has signed in has in its environment */
  signIn(roleArn: string, seconds = DEFAULT_SECONDS, name = 'GitHubActions'): Record<string, string> {
    const { AccessKeyId, SecretAccessKey, SessionToken } = this.#make(roleArn, name, seconds);
    return {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    };
  }

  /** All sessions that there are end now. */
  endAll(): void {
    for (const session of this.#known.values()) session.ends = this.#now();
  }

  /** null where the key is of no session: such a key works for ever. */
  callerOf(call: Call): string | null {
    return this.#known.get(keyOf(call))?.arn ?? null;
  }

  /** In the words and statuses that test/unit/clouds/aws/published-errors.ts has of the services. */
  refusal(call: Call): AwsError | null {
    const session = this.#known.get(keyOf(call));
    return session === undefined || session.ends > this.#now() ? null : expired(call);
  }

  /** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
  assume(input: AssumeRoleWithWebIdentityRequest): AssumeRoleWithWebIdentityResponse {
    const {
      RoleArn = '',
      RoleSessionName = '',
      DurationSeconds = DEFAULT_SECONDS,
      WebIdentityToken = '',
    } = input;
    if (!this.tokens.has(WebIdentityToken)) {
      throw new AwsError(
        'InvalidIdentityToken',
        'No OpenIDConnect provider found in your account for https://token.example',
      );
    }
    // https://github.com/aws-actions/configure-aws-credentials/issues/271
    if (!this.#roles.has(RoleArn.split('/').at(-1) ?? '')) {
      throw new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
    }
    if (DurationSeconds > DEFAULT_SECONDS) {
      const said = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
      throw new AwsError('ValidationError', said);
    }
    return { Credentials: this.#make(RoleArn, RoleSessionName, DurationSeconds) };
  }

  #make(roleArn: string, name: string, seconds: number) {
    const { account, partition } = this.#world;
    const AccessKeyId = this.#world.id('ASIAFAKEFAKE');
    const ends = this.#now() + seconds * 1000;
    const arn = `arn:${partition}:sts::${account}:assumed-role/${roleArn.split('/').at(-1) ?? ''}/${name}`;
    this.#known.set(AccessKeyId, { arn, ends });
    return {
      AccessKeyId,
      SecretAccessKey: `secret-of-${AccessKeyId}`,
      SessionToken: `token-of-${AccessKeyId}`,
      Expiration: new Date(ends),
    };
  }

  #now(): number {
    return this.#world.time.now().getTime();
  }
}

function keyOf({ headers }: Call): string {
  return /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

export function expired({ service }: Pick<Call, 'service'>): AwsError {
  if (service === 's3') return new AwsError('ExpiredToken', 'The provided token has expired.', 400);
  const said = 'The security token included in the request is expired';
  const isQuery = service === 'sts' || service === 'iam';
  return isQuery ? new AwsError('ExpiredToken', said, 403) : new AwsError('ExpiredTokenException', said);
}
