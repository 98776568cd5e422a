import { expect, it } from 'vitest';
import { exclusionOf, exclusionOfPath } from '../../../../src/core/archive/exclusions.ts';

it.each(['__pycache__', '.git', '.ipynb_checkpoints', 'x.pyc', '.DS_Store', '.ml-deploy'])(
  'leaves out the clutter %s',
  (name) => expect(exclusionOf(name)).toBe('clutter'),
);

it.each([
  '.env',
  '.env.production',
  'server.pem',
  'tls.key',
  'id_rsa',
  'ID_ED25519',
  '.aws',
  '.ssh',
  '.netrc',
  'credentials',
  'credentials.json',
])('leaves out the secret %s', (name) => expect(exclusionOf(name)).toBe('secret'));

it.each([
  'model.onnx',
  'environment.yml',
  'id_rsa_features.csv',
  'credentials_model.pkl',
  'keys.json',
  'git',
])('keeps %s', (name) => expect(exclusionOf(name)).toBeNull());

it('looks at every name of a path', () => {
  expect(exclusionOfPath('a/.aws/config')).toBe('secret');
  expect(exclusionOfPath('a/b')).toBeNull();
});
