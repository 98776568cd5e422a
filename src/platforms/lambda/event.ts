/**
 * A request as API Gateway's HTTP APIs pass it to a function: the same image then answers with and without an API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html (2.0)
 */

/** What Lambda takes for one call, the whole event counted. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const EVENT_BYTES = 6_291_456;
/** More than an event has without its body. */
const AROUND_BYTES = 4096;
/** The largest body that always fits: base64 makes it a third larger, and text can be sent that way too. */
export const BODY_BYTES = Math.floor(((EVENT_BYTES - AROUND_BYTES) * 3) / 4);

export interface HttpEvent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
}

export function eventOf({ method, path, contentType, body }: HttpEvent): string {
  const bytes = body === undefined ? null : Buffer.from(body);
  const headers = {
    host: 'lambda',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(bytes === null ? {} : { 'content-length': String(bytes.length) }),
  };
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'ml-deploy' };
  return JSON.stringify({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'ml-deploy',
      domainName: 'lambda',
      domainPrefix: 'lambda',
      http,
      requestId: 'ml-deploy',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
    },
    // The event escapes each quote of a JSON text, which doubles it; base64 adds a third to anything.
    ...(bytes === null ? {} : { body: bytes.toString('base64') }),
    isBase64Encoded: bytes !== null,
  });
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** What the function returned: an answer in API Gateway's form, or anything else, which is a JSON body. */
export function answerOf(payload: Uint8Array): HttpAnswer {
  const text = Buffer.from(payload).toString('utf8');
  const returned = objectIn(text);
  if (typeof returned.statusCode !== 'number')
    return { status: 200, contentType: 'application/json', body: payload };
  const headers = (returned.headers ?? {}) as Readonly<Record<string, string>>;
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const body = typeof returned.body === 'string' ? returned.body : '';
  return {
    status: returned.statusCode,
    contentType: type ?? 'application/json',
    body: Buffer.from(body, returned.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
