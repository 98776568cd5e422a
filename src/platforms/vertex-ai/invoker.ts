/** How an endpoint is called: the live one, or a candidate's. */
import { UserError } from '../../core/errors.ts';
import type { EndpointInvoker } from '../../core/targets.ts';
import { BODY_BYTES, predictUrl, rawPredict } from './invoke.ts';
import { versionOf } from './names.ts';
import type { VertexTargetOptions } from './options.ts';
import type { EndpointResource } from './resources.ts';

export function createInvoker(found: EndpointResource, options: VertexTargetOptions): EndpointInvoker {
  const { place, hosts, clock } = options;
  const url = predictUrl(found, place, hosts);
  const bodyBytes = found.dedicatedEndpointDns === undefined ? BODY_BYTES.shared : BODY_BYTES.dedicated;
  const ids = new Map((found.deployedModels ?? []).map((deployed) => [deployed.id, versionOf(deployed)]));
  return {
    url,
    bodyBytes,
    invoke: async (body, contentType, signal) => {
      const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
      if (bytes > bodyBytes) throw tooLarge(bytes, bodyBytes);
      const begun = clock.monotonic();
      const { by, ...answer } = await rawPredict(url, body, contentType, options, signal);
      const version = by === null ? null : (ids.get(by) ?? `dm-${by}`);
      return { ...answer, latencyMs: clock.monotonic() - begun, version };
    },
  };
}

function tooLarge(bytes: number, most: number): UserError {
  const advice = most === BODY_BYTES.shared ? ' An endpoint with dedicated-endpoint: true takes 10 MB.' : '';
  return new UserError(
    `A body of ${bytes} bytes is more than the ${most} that this endpoint takes. Send fewer rows at once.${advice}`,
  );
}
