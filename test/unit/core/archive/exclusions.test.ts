import { expect, it } from 'vitest';
import { exclusionOf, exclusionOfPath } from '../../../../src/core/archive/exclusions.ts';

it.each([
  ...['__pycache__', '.git', '.svn', '.ipynb_checkpoints', 'x.pyc', '.ml-deploy', '.cache', '.venv'],
  ...['.DS_Store', '._model.onnx', '._.DS_Store', '__MACOSX', '.AppleDouble', '.Spotlight-V100', '.Trashes'],
  ...['Thumbs.db', 'ehthumbs.db', 'desktop.ini', 'Desktop.ini', '$RECYCLE.BIN', 'System Volume Information'],
  ...['.directory', '.Trash-1000', '.nfs000000001', '.fuse_hidden0001'],
  ...['.inference.py.swp', 'x.swo', 'inference.py~', '#inference.py#', '.#inference.py', '.idea', '.vscode'],
])('leaves out the clutter %s', (name) => expect(exclusionOf(name)).toBe('clutter'));

it.each([
  '.env',
  '.env.production',
  'store.p12',
  'a.pfx',
  'gha-creds-0123.json',
  'application_default_credentials.json',
  'kubeconfig',
  '_netrc',
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
  '.dockerignore',
  '.gitattributes',
  'thumbs',
  'desktop.init',
  'a.swap',
  'MACOSX',
  '_model.onnx',
  '.model.onnx',
  'ca.pem',
  'tls.key',
  'git',
])('keeps %s', (name) => expect(exclusionOf(name)).toBeNull());

it('looks at every name of a path', () => {
  expect(exclusionOfPath('a/.aws/config')).toBe('secret');
  expect(exclusionOfPath('a/b')).toBeNull();
});
