/**
 * The credentials that this process signs with. Everything that signs asks here, as everything that connects asks Node's
 * global agents for the proxy: the SDK's default chain, unless the runner's boundary gave something else.
 */

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end; absent if they do not, or nobody says. */
  readonly expiration?: Date;
}

export interface CredentialProvider {
  (): Promise<AwsCredentials>;
  /** The SDK's own word: the provider remembers by itself, so no client keeps a copy that grows old. */
  readonly memoized?: true;
}

let given: CredentialProvider | null = null;

/** @param provider null for the SDK's default chain */
export function signWith(provider: CredentialProvider | null): void {
  given = provider;
}

/** For the constructor of a client; without `credentials` it uses the default chain. */
export function credentialsConfig(): { readonly credentials?: CredentialProvider } {
  return given === null ? {} : { credentials: given };
}

/** The default chain of the AWS SDK: environment, web identity, profile, container, instance. */
export async function jobCredentials(): Promise<AwsCredentials> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return await defaultProvider()();
}

/** What a request that no client makes is signed with now. */
export function currentCredentials(): Promise<AwsCredentials> {
  return (given ?? jobCredentials)();
}
