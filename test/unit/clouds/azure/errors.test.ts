/** One vocabulary for all of Azure: what ARM, Entra, Blob and a model's front door answer, as they write it. */
import { describe, expect, it } from 'vitest';
import { errorIn, permissionIn } from '../../../../src/clouds/azure/error-kinds.ts';
import { AzureFailure, isDenied, isMissing, wasNotDone } from '../../../../src/clouds/azure/errors.ts';
import { askedPause } from '../../../../src/clouds/send.ts';

const REQUEST = { operation: 'Put Blob', on: 'https://acme.blob.core.windows.net/models/a' };
const failure = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new AzureFailure(REQUEST, errorIn(status, new Headers(headers), text));
};
const xml = (code: string, message: string) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}\nRequestId:1\nTime:2</Message></Error>`;
const arm = (code: string, message: string, details: unknown[] = []) => ({
  error: { code, message, details },
});

describe('an answer of', () => {
  it.each([
    ['Blob', 403, xml('AuthorizationPermissionMismatch', 'This request is not authorized.'), 'denied'],
    ['Blob, whose firewall it is', 403, xml('AuthorizationFailure', 'Not authorized.'), 'denied'],
    [
      'Blob, to a token that is none',
      403,
      xml('AuthenticationFailed', 'Server failed.'),
      'wrong-credentials',
    ],
    ['Blob, which is busy', 503, xml('ServerBusy', 'The server is busy.'), 'throttled'],
    ['Blob, about a missing blob', 404, xml('BlobNotFound', 'None.'), 'missing'],
    ['Blob, about a wrong header', 400, xml('InvalidHeaderValue', 'No.'), 'refused'],
    ['ARM, about a role', 403, arm('AuthorizationFailed', 'No.'), 'denied'],
    [
      'ARM, about a token',
      401,
      arm('InvalidAuthenticationToken', 'The token is invalid.'),
      'wrong-credentials',
    ],
    [
      'ARM, about a token that is over',
      401,
      arm('ExpiredAuthenticationToken', 'Over.'),
      'expired-credentials',
    ],
    [
      'ARM, in other words',
      401,
      arm('InvalidAuthenticationToken', 'The access token expired.'),
      'expired-credentials',
    ],
    ['ARM, about a missing workspace', 404, arm('ResourceNotFound', 'None.'), 'missing'],
    ['ARM, which throttles', 429, arm('TooManyRequests', 'Slow.'), 'throttled'],
    ['ARM, which fails', 500, arm('InternalServerError', 'Oops.'), 'unavailable'],
    ['ARM, about a body', 400, arm('BadRequest', 'No.'), 'refused'],
    ['a page of a proxy', 502, '<html>Bad gateway</html>', 'unavailable'],
    ['a model', 404, 'no valid deployment with positive weight', 'missing'],
  ])('%s (%i) is %s', (_, status, body, kind) => {
    expect(failure(status, body)).toMatchObject({ kind, status });
  });

  it('a HEAD has its code in a header', () => {
    expect(failure(404, '', { 'x-ms-error-code': 'ContainerNotFound' })).toMatchObject({
      kind: 'missing',
      code: 'ContainerNotFound',
    });
  });

  it('ARM that only says "see details" is told with them', () => {
    const { said } = failure(
      400,
      arm('BadRequest', 'See details.', [{ code: 'Quota', message: 'Not enough\ncores.' }]),
    );
    expect(said).toBe('See details. Not enough cores.');
  });

  it('a page of a thousand lines is cut', () => {
    expect(failure(400, 'x'.repeat(20_000)).said).toHaveLength(1001);
  });
});

describe('a message', () => {
  it('says what is wrong, what to do, and what Azure said, in one line', () => {
    expect(
      failure(403, xml('AuthorizationPermissionMismatch', 'This request is not authorized.')).message,
    ).toBe(
      'The Azure identity of this job is not allowed Put Blob. See docs/azure.md for its role. ' +
        '(Put Blob on https://acme.blob.core.windows.net/models/a: 403 AuthorizationPermissionMismatch: This request is not authorized.)',
    );
  });

  it('names the permission that ARM names', () => {
    const said =
      "The client 'x' with object id 'y' does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/read' over scope '/subscriptions/z' or the scope is invalid.";
    expect(permissionIn(said)).toBe('Microsoft.MachineLearningServices/workspaces/read');
    expect(failure(403, arm('AuthorizationFailed', said)).message).toContain(
      'is not allowed Microsoft.MachineLearningServices/workspaces/read.',
    );
  });
});

it('says who is refused, what may pass, and what is certain', () => {
  const denied = failure(403, arm('AuthorizationFailed', 'No.'));
  expect([denied.refusesCaller, denied.mayPass, isDenied(denied), wasNotDone(denied)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  const busy = failure(503, 'busy');
  expect([busy.refusesCaller, busy.mayPass, isMissing(busy), wasNotDone(busy)]).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

it.each([
  [{ 'retry-after': '12' }, 12_000],
  [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:15 GMT' }, 10_000],
  [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:00 GMT' }, 0],
  [{ 'retry-after': '3600' }, 60_000],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'x-ms-retry-after-ms': '40' }, 40],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
])('the pause of %j is %s ms', (headers, pause) => {
  const now = new Date('2026-01-02T03:04:05.000Z');
  expect(askedPause(new Headers(headers as Record<string, string>), now)).toBe(pause);
});
