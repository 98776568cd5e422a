/** One vocabulary for all of Google Cloud: what its APIs and its token services answer, as they write it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../../scripts/lib/paths.ts';
import { FAILURES } from '../../../../src/clouds/failure-kinds.ts';
import { errorIn, noAnswer, permissionIn } from '../../../../src/clouds/google/error-kinds.ts';
import { GoogleFailure, isDenied, isMissing, wasNotDone } from '../../../../src/clouds/google/errors.ts';

const REQUEST = { operation: 'storage.objects.insert', on: 'gs://acme-models/a' };
const failure = (status: number, body: unknown) =>
  new GoogleFailure(REQUEST, errorIn(status, typeof body === 'string' ? body : JSON.stringify(body)));
/** Of most APIs. https://cloud.google.com/apis/design/errors#http_mapping */
const api = (code: number, status: string, message: string, reason?: string, metadata = {}) => ({
  error: {
    code,
    message,
    status,
    ...(reason === undefined
      ? {}
      : {
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason,
              domain: 'googleapis.com',
              metadata,
            },
          ],
        }),
  },
});
/** Of Cloud Storage. https://cloud.google.com/storage/docs/json_api/v1/status-codes */
const storage = (code: number, reason: string, message: string) => ({
  error: { code, message, errors: [{ message, domain: 'global', reason }] },
});
const sts = (error: string, error_description: string) => ({ error, error_description });
const NO_ACCESS =
  'deployer@acme.iam.gserviceaccount.com does not have storage.objects.create access to the Google Cloud Storage object. ' +
  "Permission 'storage.objects.create' denied on resource (or it may not exist).";

describe('an answer of', () => {
  it.each([
    ['Storage, about a role', 403, storage(403, 'forbidden', NO_ACCESS), 'denied'],
    ['Storage, about a missing object', 404, storage(404, 'notFound', 'No such object: a/b'), 'missing'],
    ['Storage, about a condition', 412, storage(412, 'conditionNotMet', 'At least one…'), 'refused'],
    ['Storage, about a token', 401, storage(401, 'authError', 'Invalid Credentials'), 'wrong-credentials'],
    ['Storage, without one', 401, storage(401, 'required', 'Anonymous caller.'), 'wrong-credentials'],
    ['Storage, which is busy', 429, storage(429, 'rateLimitExceeded', 'Slow down.'), 'throttled'],
    ['Storage, which is busy in its old way', 403, storage(403, 'userRateLimitExceeded', 'S.'), 'throttled'],
    ['an API, about a role', 403, api(403, 'PERMISSION_DENIED', 'No.', 'IAM_PERMISSION_DENIED'), 'denied'],
    ['an API that is not enabled', 403, api(403, 'PERMISSION_DENIED', 'No.', 'SERVICE_DISABLED'), 'denied'],
    [
      'an API, about a token that is over',
      401,
      api(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.', 'ACCESS_TOKEN_EXPIRED'),
      'expired-credentials',
    ],
    ['an API, about a token', 401, api(401, 'UNAUTHENTICATED', 'Invalid.'), 'wrong-credentials'],
    ['an API, about a missing endpoint', 404, api(404, 'NOT_FOUND', 'None.'), 'missing'],
    [
      'an API, which throttles',
      429,
      api(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded for requests.'),
      'throttled',
    ],
    [
      'an API, whose quota is used up',
      429,
      api(
        429,
        'RESOURCE_EXHAUSTED',
        'The following quota metrics exceed quota limits: aiplatform.googleapis.com/x',
      ),
      'refused',
    ],
    ['an API, about a body', 400, api(400, 'INVALID_ARGUMENT', 'No.'), 'refused'],
    ['an API, about the order of things', 400, api(400, 'FAILED_PRECONDITION', 'No.'), 'refused'],
    ['an API, which fails', 500, api(500, 'INTERNAL', 'Oops.'), 'unavailable'],
    ['an API, in a list', 404, [api(404, 'NOT_FOUND', 'None.')], 'missing'],
    [
      'the token service, about a condition',
      403,
      sts('unauthorized_client', 'Rejected.'),
      'wrong-credentials',
    ],
    ['the token service, about a provider', 400, sts('invalid_target', 'Invalid.'), 'wrong-credentials'],
    ['the token service, about time', 400, sts('invalid_grant', 'Token is expired.'), 'expired-credentials'],
    [
      'IAM, about who may be whom',
      403,
      api(403, 'PERMISSION_DENIED', "Permission 'iam.serviceAccounts.getAccessToken' denied on resource."),
      'wrong-credentials',
    ],
    ['IAM, about nobody', 404, api(404, 'NOT_FOUND', 'Gaia id not found for email a@b'), 'wrong-credentials'],
    ['a page of a proxy', 502, '<html>Bad gateway</html>', 'unavailable'],
  ])('%s (%i) is %s', (_, status, body, kind) => {
    expect(failure(status, body)).toMatchObject({ kind, status });
  });
});

describe('the message', () => {
  it('names the permission that Google names, the role, and the answer', () => {
    const request = { ...REQUEST, role: 'Storage Object User on the bucket acme-models' };
    const error = new GoogleFailure(
      request,
      errorIn(403, JSON.stringify(storage(403, 'forbidden', NO_ACCESS))),
    );
    expect(error.message).toContain(
      'The Google Cloud identity of this job is not allowed storage.objects.create. Give it the role Storage Object User on the bucket acme-models; see docs/google.md. (storage.objects.insert on gs://acme-models/a: 403 forbidden: ',
    );
    expect(error.refusesCaller).toBe(true);
  });

  it('of an API that is not enabled says so', () => {
    const { message } = failure(403, api(403, 'PERMISSION_DENIED', 'Use it first.', 'SERVICE_DISABLED'));
    expect(message).toContain('The API is not enabled in this project. Enable it: gcloud services enable.');
  });

  it('has no page of a proxy in it', () => {
    expect(failure(502, '<html>Bad gateway</html>').message).toMatch(/Run this step again\. \(.*: 502\)$/);
  });

  it.each(FAILURES)('of %s is quoted by the page that it names', (kind) => {
    const samples: Record<string, GoogleFailure> = {
      'wrong-credentials': failure(401, ''),
      'expired-credentials': failure(401, api(401, 'UNAUTHENTICATED', 'expired')),
      denied: failure(403, ''),
      throttled: failure(429, ''),
      missing: failure(404, ''),
      unreachable: new GoogleFailure(REQUEST, noAnswer('no route')),
      unavailable: failure(500, ''),
      refused: failure(400, ''),
    };
    const error = samples[kind];
    if (error === undefined) {
      expect(kind).toBe('no-credentials');
      return;
    }
    expect(error.kind).toBe(kind);
    const page = readFileSync(join(root, `docs/failures/${error.page ?? ''}.md`), 'utf8');
    const sentence = /^(.*?)(?: not allowed|\. )/.exec(error.message)?.[1] ?? error.message;
    expect(page).toContain(sentence);
  });
});

it('a permission may stand in a field of its own', () => {
  const body = api(403, 'PERMISSION_DENIED', 'No.', 'IAM_PERMISSION_DENIED', {
    permission: 'aiplatform.endpoints.create',
  });
  expect(permissionIn(errorIn(403, JSON.stringify(body)))).toBe('aiplatform.endpoints.create');
  expect(permissionIn(errorIn(403, '{}'))).toBeNull();
});

it('kinds are asked for by name', () => {
  expect(isDenied(failure(403, ''))).toBe(true);
  expect(isMissing(failure(404, ''))).toBe(true);
  expect(isMissing(new Error('x'))).toBe(false);
  expect([failure(400, ''), failure(429, ''), failure(401, '')].map(wasNotDone)).toEqual([true, true, true]);
  expect(
    [failure(500, ''), new GoogleFailure(REQUEST, noAnswer('x')), new Error('x')].map(wasNotDone),
  ).toEqual([false, false, false]);
});
