import http from 'node:http';
import https from 'node:https';
import type { Environment } from './context.ts';

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Sends what this process asks for through the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY: `fetch` and everything
 * that uses Node's global agents. Node does that by itself only with NODE_USE_ENV_PROXY=1, which no workflow sets.
 * NODE_EXTRA_CA_CERTS needs nothing: Node reads it when it starts.
 * https://nodejs.org/api/http.html#built-in-proxy-support
 *
 * @returns a sentence if this Node can do it in part only; null otherwise.
 */
export function useProxyOf(env: Environment): string | null {
  if (!PROXIES.some((name) => env[name])) return null;
  const proxyEnv = { ...env };
  // Node 24.14 and newer. The runner brings its own Node, so an older one is possible.
  if (typeof http.setGlobalProxyFromEnv === 'function') {
    http.setGlobalProxyFromEnv(proxyEnv);
    return null;
  }
  http.globalAgent = new http.Agent({ keepAlive: true, proxyEnv });
  https.globalAgent = new https.Agent({ keepAlive: true, proxyEnv });
  if (env.NODE_USE_ENV_PROXY === '1') return null;
  return `HTTPS_PROXY is set, but Node ${process.version} needs NODE_USE_ENV_PROXY=1 in the environment of the job to use it everywhere.`;
}
