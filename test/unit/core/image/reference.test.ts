import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import {
  formatReference,
  imageTagProblems,
  parseReference,
  resolveRepository,
} from '../../../../src/core/image/reference.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('parseReference', () => {
  it.each([
    ['ghcr.io/acme/churn:v1', { registry: 'ghcr.io', repository: 'acme/churn', tag: 'v1', digest: null }],
    [
      `127.0.0.1:5000/churn@${DIGEST}`,
      { registry: '127.0.0.1:5000', repository: 'churn', tag: null, digest: DIGEST },
    ],
    [
      `localhost/a/b_c/d__e/f--g:V.1_-x@${DIGEST}`,
      { registry: 'localhost', repository: 'a/b_c/d__e/f--g', tag: 'V.1_-x', digest: DIGEST },
    ],
    ['[::1]:5000/x', { registry: '[::1]:5000', repository: 'x', tag: null, digest: null }],
  ])('takes %s apart and puts it together again', (text, reference) => {
    expect(parseReference(text, 'image-uri')).toEqual(reference);
    expect(formatReference(reference)).toBe(text);
  });

  it('names every problem of a text at once', () => {
    const parse = () => parseReference('-bad.io/Acme/a..b:.t@sha256:12', 'image-uri');
    expect(parse).toThrow(UserError);
    expect(parse).toThrow(/5 problems/);
    expect(parse).toThrow(/registry "-bad.io"/);
    expect(parse).toThrow(/write "acme"/);
    expect(parse).toThrow(/part "a\.\.b"/);
    expect(parse).toThrow(/tag "\.t"/);
    expect(parse).toThrow(/digest "sha256:12"/);
  });

  it('does not guess a registry', () => {
    expect(() => parseReference('acme/churn:v1', 'image-uri')).toThrow(
      /has no registry\. Write the full name, .*; on Docker Hub it would be docker\.io\/acme\/churn\.$/,
    );
  });

  it('refuses a name that is too long', () => {
    expect(() => parseReference(`ghcr.io/${'a'.repeat(256)}`, 'image-uri')).toThrow(/256 characters; 255/);
  });
});

describe('resolveRepository', () => {
  it.each([
    ['churn', 'ghcr.io/acme', 'ghcr.io/acme/churn'],
    ['churn', 'localhost:5000', 'localhost:5000/churn'],
    ['ghcr.io/acme/churn', null, 'ghcr.io/acme/churn'],
    ['ghcr.io/acme/churn', 'ghcr.io/acme', 'ghcr.io/acme/churn'],
    ['ghcr.io/acme/churn', 'ghcr.io', 'ghcr.io/acme/churn'],
    ['acme/churn', 'docker.io', 'docker.io/acme/churn'],
    ['churn', 'docker.io', 'docker.io/library/churn'],
  ])('repository %s with registry %s is %s', (repository, registry, expected) => {
    const { name, problems } = resolveRepository({ repository, registry });
    expect(problems).toEqual([]);
    expect(name && formatReference(name)).toBe(expected);
  });

  it.each([
    ['churn:v1', 'ghcr.io', 'repository', /has a tag or a digest/],
    ['churn', 'https://ghcr.io/acme/', 'registry', /is a URL/],
    ['churn', 'ghcr.io/', 'registry', /ends in a slash/],
    ['churn', 'acme', 'registry', /does not start with a host name/],
    ['quay.io/acme/churn', 'ghcr.io', 'repository', /names a registry other/],
    ['ghcr.io.evil/churn', 'ghcr.io', 'repository', /names a registry other/],
    ['Churn', 'ghcr.io', 'repository', /write "churn"/],
    ['a//b', 'ghcr.io', 'repository', /empty part/],
    [
      'churn',
      'ghcr.io/Acme',
      'registry',
      /^"ghcr\.io\/Acme" contains capital letters in "Acme": write "acme"/,
    ],
    ['churn', '-x.io/acme', 'registry', /which is not a host name/],
    ['a'.repeat(200), `ghcr.io/${'b'.repeat(100)}`, 'repository', /301 characters; 255 are allowed/],
  ])('repository %s with registry %s is a problem of %s', (repository, registry, where, message) => {
    const { name, problems } = resolveRepository({ repository, registry });
    expect(name).toBeNull();
    expect(problems).toEqual([expect.objectContaining({ where, message: expect.stringMatching(message) })]);
  });
});

it('leaves the registry open where nothing names one', () => {
  const { name, problems } = resolveRepository({ repository: 'acme/churn', registry: null });
  expect({ name, problems }).toEqual({ name: { registry: '', repository: 'acme/churn' }, problems: [] });
});

it('names each tag that is none', () => {
  expect(imageTagProblems('image-tags', ['v1', '-x', 'a b'])).toHaveLength(2);
});
