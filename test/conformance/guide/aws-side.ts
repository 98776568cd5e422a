/**
 * AWS as the guide knows it: IAM, STS and S3 are moto's, everything else is our fake's. A container of SageMaker's is the
 * sample's own server with the archive unpacked beside it, so that the pickled model and its code really answer.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import type { Invocation } from '../../fakes/aws/sagemaker/runtime.ts';
import { startMoto, type Moto } from '../aws-fake/aws-bed.ts';
import { freePort, startProcess, untilReady, type Process } from '../beds/processes.ts';
import { VENV } from '../beds/s3-bed.ts';
import { python } from '../python/python-bed.ts';

/** Neither the region nor the account of the examples, so that one that is left in a policy is found. */
export const REGION = 'eu-west-1';
export const ACCOUNT = '444455556666';
/** AWS's account for its scikit-learn images in that region: src/platforms/sagemaker/serving-images-data.ts */
export const IMAGE = { repository: 'sagemaker-scikit-learn', tag: '1.9-0-cpu-py3', account: '141502667606' };

export interface AwsSide {
  readonly aws: FakeAws;
  /** For the shell and every job; the credentials are the shell's alone. */
  readonly env: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
  /** Runs the AWS CLI; what it printed as JSON. */
  cli(...args: string[]): unknown;
  close(): Promise<void>;
}

export async function startAwsSide(folder: string): Promise<AwsSide> {
  process.env.MOTO_ACCOUNT_ID = ACCOUNT;
  const moto: Moto = await startMoto();
  delete process.env.MOTO_ACCOUNT_ID;
  // Each look at an endpoint takes a while, so that creations and updates come to their end.
  const perCall = { on: /:Describe/, milliseconds: 30_000 };
  const aws = await FakeAws.start({ account: ACCOUNT, region: REGION, perCall });
  aws.pushImage(IMAGE.repository, IMAGE.tag, { account: IMAGE.account });
  // A role of ours may not look into AWS's repositories; SageMaker itself pulls from there.
  aws.allows = ({ resource }) => !resource.includes(`:${IMAGE.account}:`);
  aws.quotas.endpointInstances.set('ml.m5.large', 4);
  const env = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_S3: moto.url,
    AWS_ENDPOINT_URL_IAM: moto.url,
    AWS_ENDPOINT_URL_STS: moto.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
  const cli = (...args: string[]) =>
    execFileSync(join(VENV, 'aws'), args, {
      env: { ...process.env, ...env, ...credentials, AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION },
      encoding: 'utf8',
    });
  const containers = new Containers(folder, (url, to) => void cli('s3', 'cp', '--quiet', url, to));
  aws.container = (invocation) => containers.answer(invocation);
  return {
    aws,
    env,
    credentials,
    cli: (...args: string[]): unknown => JSON.parse(cli(...args, '--output', 'json') || 'null'),
    close: async () => {
      await containers.stop();
      await aws.close();
      await moto.stop();
    },
  };
}

class Containers {
  readonly #folder: string;
  readonly #download: (url: string, to: string) => void;
  readonly #started = new Map<string, Promise<{ url: string; process: Process }>>();

  constructor(folder: string, download: (url: string, to: string) => void) {
    this.#folder = folder;
    this.#download = download;
  }

  async answer({ model, body, contentType, accept }: Invocation): Promise<{ status: number; body: Buffer }> {
    const archive = model.spec.PrimaryContainer?.ModelDataUrl ?? '';
    const container = this.#started.get(archive) ?? this.#start(archive);
    this.#started.set(archive, container);
    const { url } = await container;
    const headers = { 'content-type': contentType, accept };
    const answer = await fetch(`${url}/invocations`, { method: 'POST', headers, body: new Uint8Array(body) });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  }

  async #start(archive: string): Promise<{ url: string; process: Process }> {
    const folder = join(this.#folder, `container-${this.#started.size}`);
    mkdirSync(join(folder, 'model'), { recursive: true });
    this.#download(archive, join(folder, 'model.tar.gz'));
    execFileSync('tar', ['-xzf', join(folder, 'model.tar.gz'), '-C', join(folder, 'model')]);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const started = startProcess(python, [join(root, 'model/serve.py')], {
      log: join(folder, 'log'),
      env: { ...process.env, SM_MODEL_DIR: join(folder, 'model'), SAGEMAKER_BIND_TO_PORT: String(port) },
    });
    const isUp = () =>
      fetch(`${url}/ping`).then(
        ({ ok }) => ok,
        () => false,
      );
    await untilReady(started, isUp);
    return { url, process: started };
  }

  async stop(): Promise<void> {
    for (const container of this.#started.values()) await (await container).process.stop();
  }
}
