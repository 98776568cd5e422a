/** A certificate authority of a test's own, by openssl. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** File with the authority's certificate. */
  readonly caFile: string;
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** What is missing, in words; null where it is there. */
export function missingForCertificates(): string | null {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'skipped: openssl is not installed';
  }
}

/** A certificate for these host names, in files of the folder. */
export function makeCertificates(folder: string, hosts: readonly string[]): Certificates {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const subject = (name: string) => ['-subj', `/CN=${name}`];
  openssl(
    ...[
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      ...subject('ml-deploy test authority'),
    ],
    ...['-keyout', at('ca.key'), '-out', at('ca.pem')],
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    ...subject('front'),
    '-keyout',
    at('key.pem'),
    '-out',
    at('csr'),
  );
  writeFileSync(at('names'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}\n`);
  openssl(
    ...['x509', '-req', '-days', '2', '-in', at('csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
    ...['-CAcreateserial', '-extfile', at('names'), '-out', at('cert.pem')],
  );
  return { caFile: at('ca.pem'), key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')) };
}
