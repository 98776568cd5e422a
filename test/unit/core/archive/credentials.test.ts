import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  beginsLikeKey,
  credentialIn,
  credentialNamed,
  needsLook,
  privateKey,
} from '../../../../src/core/archive/credentials.ts';
import { exclusionOfPath } from '../../../../src/core/archive/exclusions.ts';
import { parseIgnoreRules } from '../../../../src/core/image/ignore-rules.ts';
import { CREDENTIALS, HARMLESS, KEY } from '../../../fixtures/credentials.ts';

const found = (path: string, text: string) => {
  const content = Buffer.from(text);
  if (beginsLikeKey(content)) return privateKey(path);
  return credentialNamed(path) ?? (needsLook(path, content.length) ? credentialIn(path, content) : null);
};

describe('a file of credentials', () => {
  it.each(Object.entries(CREDENTIALS))('%s is found', (path, text) => {
    expect(found(path, text)).not.toBeNull();
    expect(found(`deep/below/${path}`, text)).not.toBeNull();
  });

  it.each(Object.entries(CREDENTIALS))('%s: the line for .dockerignore keeps it out', (path, text) => {
    for (const place of [path, `deep/below/${path}`]) {
      const ignore = found(place, text)?.ignore ?? '';
      const { ignores } = parseIgnoreRules(`*\n!**\n${ignore}\n`);
      const parents = place.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
      expect(parents.some((path) => ignores(path))).toBe(true);
    }
  });

  it('is one in each form that openssl and ssh-keygen write', () => {
    const genpkey = (...args: string[]) =>
      execFileSync(
        'openssl',
        ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', ...args],
        {
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
    expect(beginsLikeKey(genpkey())).toBe(true);
    expect(beginsLikeKey(genpkey('-aes256', '-pass', 'pass:secret'))).toBe(true);
  });
});

describe('what only looks like one', () => {
  it.each(Object.entries(HARMLESS))('%s is none', (path, text) => {
    expect(found(path, text)).toBeNull();
  });

  it('a private key is found behind a certificate, and a word about one is not', () => {
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    expect(found('a.pem', certificate + KEY)).not.toBeNull();
    expect(found('notes.txt', `Put ${KEY} here`)).toBeNull();
  });

  it('nothing that a model needs is left out by its name', () => {
    for (const path of ['ca.pem', 'tokenizer.key', 'key.crt', 'config.json', 'special_tokens_map.json']) {
      expect(exclusionOfPath(path)).toBeNull();
    }
  });
});
