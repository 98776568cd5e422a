/** How long the platform says that it took itself, beside what the network took. */

/**
 * Milliseconds from Server-Timing (https://www.w3.org/TR/server-timing/; the longest of its metrics, which holds the
 * others) or from Envoy's header, which KServe and most meshes send
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter); null if neither is there.
 */
export function platformTime(headers: Headers): number | null {
  const durations = [...(headers.get('server-timing') ?? '').matchAll(/;\s*dur="?(\d+(?:\.\d+)?)/gi)];
  const longest = durations.map(([, ms]) => Number(ms)).sort((a, b) => b - a)[0];
  if (longest !== undefined) return longest;
  const envoy = headers.get('x-envoy-upstream-service-time') ?? '';
  return /^\d+$/.test(envoy) ? Number(envoy) : null;
}
