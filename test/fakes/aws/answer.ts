/** How each protocol writes results and errors. */
import { create } from 'xmlbuilder2';
import { ModelError, type AwsError } from './errors.ts';
import type { Protocol } from './route.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** For operations whose answer is more than members: S3 objects, invocations. */
export class RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: Buffer | string = '') {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

export function resultAnswer(
  protocol: Protocol,
  action: string,
  output: unknown,
  id: string,
  status = 200,
): HttpAnswer {
  if (output instanceof RestAnswer) {
    const { headers, body } = output;
    return { status: output.status, headers: { ...ids(protocol, id), ...headers }, body };
  }
  if (protocol === 'query') return xml(200, protocol, id, queryResult(action, output, id));
  const headers = { ...ids(protocol, id), 'content-type': 'application/x-amz-json-1.1' };
  return { status, headers, body: output === undefined ? '' : jsonText(output) };
}

export function errorAnswer(protocol: Protocol, error: AwsError, id: string, head = false): HttpAnswer {
  const { code, message, status } = error;
  switch (protocol) {
    case 's3': {
      const body = { Error: { Code: code, Message: message, RequestId: id } };
      // The answer to HEAD has no body: the SDK is left with the status alone.
      return head ? { status, headers: ids(protocol, id), body: '' } : xml(status, protocol, id, body);
    }
    case 'query': {
      const Type = status >= 500 ? 'Receiver' : 'Sender';
      const body = { ErrorResponse: { Error: { Type, Code: code, Message: message }, RequestId: id } };
      return xml(status, protocol, id, body);
    }
    case 'runtime': {
      const extra = error instanceof ModelError ? error.extra : {};
      const headers = { ...ids(protocol, id), 'content-type': 'application/json', 'x-amzn-errortype': code };
      return { status, headers, body: JSON.stringify({ ErrorCode: code, Message: message, ...extra }) };
    }
    case 'rest-json': {
      const headers = { ...ids(protocol, id), 'content-type': 'application/json', 'x-amzn-errortype': code };
      const Type = status >= 500 ? 'Service' : 'User';
      return { status, headers, body: JSON.stringify({ Type, message, Message: message }) };
    }
    case 'json': {
      const headers = { ...ids(protocol, id), 'content-type': 'application/x-amz-json-1.1' };
      return { status, headers, body: JSON.stringify({ __type: code, message }) };
    }
  }
}

function queryResult(action: string, output: unknown, id: string): object {
  return {
    [`${action}Response`]: { [`${action}Result`]: output, ResponseMetadata: { RequestId: id } },
  };
}

function xml(status: number, protocol: Protocol, id: string, body: object): HttpAnswer {
  const headers = {
    ...ids(protocol, id),
    'content-type': protocol === 's3' ? 'application/xml' : 'text/xml',
  };
  return { status, headers, body: xmlText(body) };
}

export function xmlText(body: object): string {
  return create({ version: '1.0', encoding: 'UTF-8' }, JSON.parse(JSON.stringify(body)) as object).end();
}

function jsonText(output: unknown): string {
  return JSON.stringify(plain(output));
}

/** As JSON services write it: timestamps as seconds since 1970, bytes in base64. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function ids(protocol: Protocol, id: string): Record<string, string> {
  return protocol === 's3' ? { 'x-amz-request-id': id } : { 'x-amzn-requestid': id };
}
