/** What every AWS client of ours is made with: the proxy of this process, time limits, retries. */
import http from 'node:http';
import https from 'node:https';
import { credentialsConfig, type CredentialProvider } from './credentials.ts';

export interface AwsSettings {
  /** null: the SDK's own default chain (AWS_REGION, the shared configuration). */
  readonly region: string | null;
}

/** Time limits of one attempt, in milliseconds. */
export interface TimeLimits {
  readonly connectionTimeout: number;
  /** From the first byte of the request to the end of the answer. */
  readonly requestTimeout?: number;
  readonly throwOnRequestTimeout?: boolean;
  /** With nothing sent and nothing received. */
  readonly socketTimeout?: number;
}

export interface AwsClientConfig {
  readonly region?: string;
  readonly credentials?: CredentialProvider;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly requestHandler: TimeLimits & { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent };
}

/** The SDK's own retries, with its growing pauses: throttling, dropped connections, trouble on the other side. */
const MAX_ATTEMPTS = 5;

export const TIME_LIMITS = {
  call: { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  /** A model answers within 60 seconds or not at all. */
  invocation: { connectionTimeout: 10_000, requestTimeout: 70_000, throwOnRequestTimeout: true },
  /** A large object takes as long as it takes; S3 is silent for minutes while it copies or joins parts. */
  object: { connectionTimeout: 10_000, socketTimeout: 300_000 },
} as const satisfies Readonly<Record<string, TimeLimits>>;

/**
 * The SDK makes agents of its own, which know nothing of proxies. Node's global ones are those that the runner's
 * boundary gave the proxy to (src/runner/proxy.ts), so they are looked up when a client is made, and not before.
 * AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_<SERVICE> and the job's own credentials are read by the SDK itself.
 */
export function awsClientConfig(
  { region }: AwsSettings,
  limits: TimeLimits = TIME_LIMITS.call,
): AwsClientConfig {
  return {
    ...(region === null ? {} : { region }),
    ...credentialsConfig(),
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: { httpAgent: http.globalAgent, httpsAgent: https.globalAgent, ...limits },
  };
}
