/** package-model behind a proxy: AWS's own host names, which lead nowhere from here, and a certificate authority. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates, missingForCertificates } from '../beds/certificates.ts';
import { startConnectProxy, type ConnectProxy } from '../beds/connect-proxy.ts';
import { close, missingForS3, REGION, startS3Bed, type S3Bed } from '../beds/s3-bed.ts';
import {
  BUCKET,
  hashesBelow,
  extracted,
  modelFiles,
  packageModel,
  withFolder,
  writeFiles,
} from './support.ts';

const missing = (await missingForS3()) ?? missingForCertificates();
if (missing !== null) console.log(`package-model behind a proxy: ${missing}`);

const HOSTS = [`${BUCKET}.s3.${REGION}.amazonaws.com`, `api.sagemaker.${REGION}.amazonaws.com`];

describe.skipIf(missing !== null)(`package-model behind a proxy ${missing ?? ''}`, () => {
  let bed: S3Bed;
  let proxy: ConnectProxy;
  let workspace: string;
  let env: Record<string, string>;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    bed = await startS3Bed();
    stops.push(() => bed.stop());
    await bed.aws('s3', 'mb', `s3://${BUCKET}`);
    workspace = await mkdtemp(join(tmpdir(), 'package-proxy-'));
    stops.push(() => rm(workspace, { recursive: true, force: true }));
    await writeFiles(join(workspace, 'm'), modelFiles(20));
    const { caFile, key, cert } = makeCertificates(workspace, HOSTS);
    const server = createServer({ key, cert }, (request, response) => bed.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => close(server));
    proxy = await startConnectProxy((server.address() as AddressInfo).port);
    stops.push(() => proxy.stop());
    const { AWS_ENDPOINT_URL: _, ...credentials } = bed.env;
    env = { ...credentials, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: caFile };
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('uploads and registers through it, and nowhere else', async () => {
    const { exitCode, log, outputs } = await packageModel({ env }, workspace, {
      'model-package-group': 'churn',
    });
    expect(exitCode, log).toBe(0);
    expect(outputs['model-package-arn']).toMatch(/model-package\/churn\/1$/);
    expect(new Set(proxy.hosts)).toEqual(new Set(HOSTS.map((host) => `${host}:443`)));
    expect(log).not.toContain('proxy-password');
    // With TLS the bodies are not hashed once more for the signature.
    const part = bed.asked.find(({ query }) => query.has('partNumber'));
    expect(part?.headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD');
    await withFolder(async (folder) => {
      await bed.aws('s3', 'cp', outputs['model-data-url'] ?? '', join(folder, 'x.tar.gz'), '--quiet');
      const input = await hashesBelow(join(workspace, 'm'));
      for (const output of Object.values(await extracted(join(folder, 'x.tar.gz'))))
        expect(output).toEqual(input);
    });
  });

  it('fails without the proxy, and without the authority', async () => {
    const { HTTPS_PROXY: _, ...direct } = env;
    const noProxy = await packageModel({ env: direct }, workspace, {});
    expect(noProxy.exitCode).toBe(1);
    const { NODE_EXTRA_CA_CERTS: __, ...noAuthority } = env;
    const untrusted = await packageModel({ env: noAuthority }, workspace, {});
    expect(untrusted.exitCode).toBe(1);
    expect(untrusted.error).toMatch(/certificate/i);
  });
});
