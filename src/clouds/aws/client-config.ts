/** What every AWS client of ours is made with. */
import http from 'node:http';
import https from 'node:https';

export interface AwsSettings {
  /** null: the SDK's own default chain (AWS_REGION, the shared configuration). */
  readonly region: string | null;
}

export interface AwsClientConfig {
  readonly region?: string;
  readonly requestHandler: { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent };
}

/**
 * The SDK makes agents of its own, which know nothing of proxies. Node's global ones are those that the runner's
 * boundary gave the proxy to (src/runner/proxy.ts), so they are looked up when a client is made, and not before.
 */
export function awsClientConfig({ region }: AwsSettings): AwsClientConfig {
  const requestHandler = { httpAgent: http.globalAgent, httpsAgent: https.globalAgent };
  return { ...(region === null ? {} : { region }), requestHandler };
}
