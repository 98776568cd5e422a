import type { IncomingHttpHeaders } from 'node:http';

/**
 * The body without the framing that S3 clients put around streams: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`,
 * a chunk of size 0, then trailing headers, which carry the checksum.
 */
export function decodeChunked(
  headers: IncomingHttpHeaders,
  body: Buffer,
): { headers: IncomingHttpHeaders; body: Buffer } {
  const hash = headers['x-amz-content-sha256'];
  if (typeof hash !== 'string' || !hash.startsWith('STREAMING-')) return { headers, body };
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (end < 0 || !(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  const trailers = [
    ...body
      .subarray(at)
      .toString()
      .matchAll(/^([^:\s]+):\s*(.*?)\r?$/gm),
  ];
  const extra = Object.fromEntries(trailers.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
  return { headers: { ...headers, ...extra }, body: Buffer.concat(parts) };
}
