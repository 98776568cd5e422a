import { expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../src/core/canonical-json.ts';
import { UserError } from '../../../src/core/errors.ts';
import { packagedRelease, releaseSource } from '../../../src/core/release/packaged-release.ts';
import { parseRelease } from '../../../src/documents/release-record.ts';
import { releaseDigest, type ReleaseRecord } from '../../../src/documents/release-record.ts';
import { fakeContext } from '../../fakes/ports.ts';

const digest = sha256('model');
const model = {
  digest,
  url: 'file:///store/models/x/model.tar.gz',
  sha256: sha256('bytes'),
  bytes: 10,
  framework: 'onnx',
  frameworkVersion: null,
  signature: null,
};
const record = packagedRelease(model, { digest, url: 'file:///r' }, fakeContext, new Date(0));
const full: ReleaseRecord = {
  ...record,
  image: { uri: 'r/x@sha256:1', digest: 'sha256:1' },
  deployment: {
    environment: 'dev',
    target: 'local',
    endpoint: 'churn',
    version: digest,
    planDigest: digest,
    outcome: 'deployed',
  },
  approval: { status: 'approved', by: [{ login: 'a', at: 't', url: 'u' }], planDigest: digest },
  smoke: {
    passed: true,
    reportDigest: digest,
    subject: 'live',
    compared: 1,
    mismatches: 0,
    maxAbsDiff: 0,
    accuracy: null,
    p95Ms: 1.5,
  },
  parent: releaseDigest(record),
};

it('says where a release comes from', () => {
  expect(record.source).toEqual({
    repository: 'acme/churn',
    commit: fakeContext.commit,
    ref: 'refs/heads/main',
    run: fakeContext.runUrl,
    actor: 'olga',
  });
  expect(releaseSource({ ...fakeContext, runUrl: '' }).run).toBe('1001');
});

it.each([
  ['a packaged one', record],
  ['a deployed and tested one', full],
])('reads %s, and checks its digest', (_, value) => {
  const options = { label: 'r.json', digest: releaseDigest(value) };
  expect(parseRelease(canonicalJson(value), options)).toEqual(value);
  expect(parseRelease(JSON.stringify(value, null, 2), options)).toEqual(value);
});

it('refuses one that was changed', () => {
  const text = canonicalJson({ ...record, createdAt: '2030-01-01T00:00:00.000Z' });
  const parse = () => parseRelease(text, { label: 'r.json', digest: releaseDigest(record) });
  expect(parse).toThrow(UserError);
  expect(parse).toThrow(/r\.json was changed: its digest is/);
});

it.each([
  ['no JSON', 'x', 'not valid JSON'],
  ['a list', '[]', 'not a JSON object'],
  ['another schema', '{"schema":"other/v2"}', 'its schema is "other/v2"'],
  ['no schema', '{}', 'its schema is missing'],
  [
    'missing fields',
    canonicalJson({ ...full, model: undefined, smoke: 1 }),
    'model is missing; smoke must be an object',
  ],
  [
    'an outcome that does not exist',
    canonicalJson({ ...full, deployment: { ...full.deployment, outcome: 'great' } }),
    'deployment.outcome must be "planned" or',
  ],
])('refuses %s', (_, text, message) => {
  expect(() => parseRelease(text, { label: 'r.json' })).toThrow(message);
});
