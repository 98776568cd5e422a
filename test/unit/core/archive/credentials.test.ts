import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  beginsLikeKey,
  CREDENTIAL_MARK,
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

  const ofContent = Object.entries(CREDENTIALS).filter(
    ([path, text]) => credentialIn(path, Buffer.from(text)) !== null,
  );
  const more: [string, string][] = [
    ['.npmrc', '//registry.example/:_password=abc'],
    ['.env', `GITHUB=ghs_${'a'.repeat(36)}`],
    ['.env', `GITHUB=github_pat_${'a'.repeat(40)}`],
    ['.env', `SLACK=xoxb-${'1'.repeat(24)}`],
    ['.env', 'AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE'],
    ['.env', `AWS_SECRET_ACCESS_KEY=${'a'.repeat(40)}`],
    ['key.json', '{"type": "external_account", "credential_source": {}}'],
  ];

  it.each([...ofContent, ...more])('%s has the mark that tells it from thousands of files', (path, text) => {
    expect(credentialIn(path, Buffer.from(text))).not.toBeNull();
    expect(CREDENTIAL_MARK.test(Buffer.from(text).toString('latin1'))).toBe(true);
  });

  it.each(['pkcs8', 'sec1'] as const)('is one in %s, with a passphrase and without', (type) => {
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const plain = { type, format: 'pem' } as const;
    for (const form of [plain, { ...plain, cipher: 'aes-256-cbc', passphrase: 'secret' }])
      for (const mark of ['', '\uFEFF'])
        expect(beginsLikeKey(Buffer.from(`${mark}${key.export(form).toString()}`))).toBe(true);
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
