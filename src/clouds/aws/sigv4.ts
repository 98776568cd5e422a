/** Signs requests with AWS credentials. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
import { createHash, createHmac, type Hash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsFailure, failureKind } from './errors.ts';

/** What a request needs to be signed; the answer are all headers to send. */
export type SignRequest = (request: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}) => Promise<Record<string, string>>;

export interface SignerOptions {
  readonly service: string;
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** @throws AwsFailure (when signing) if there are no credentials. */
export function createSigner({ service, region, credentials }: SignerOptions): SignRequest {
  const signer = new SignatureV4({
    service,
    region,
    sha256: NodeSha256,
    credentials: async () => {
      const { sessionToken, ...found } = await credentials().catch((error: unknown) => {
        const kind = failureKind(error) ?? 'no-credentials';
        throw new AwsFailure(kind, { operation: 'sigv4-service', on: service }, error);
      });
      return sessionToken === undefined ? found : { ...found, sessionToken };
    },
  });
  return async ({ url, headers, body }) => {
    const { protocol, hostname, host, pathname, searchParams } = new URL(url);
    const query = Object.fromEntries(
      [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
    );
    const signed = await signer.sign({
      method: 'POST',
      protocol,
      hostname,
      path: pathname,
      query,
      headers: { ...headers, host },
      body,
    });
    // fetch sets the host itself, to the same.
    const { host: _host, ...rest } = signed.headers;
    return rest;
  };
}

/** What a hash and a keyed hash have in common. */
type Digester = Pick<Hash | ReturnType<typeof createHmac>, 'update' | 'digest'>;

/** Node's own SHA-256 in the form that the signer takes. */
class NodeSha256 {
  readonly #secret: string | Uint8Array | null;
  #hash: Digester;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? null : bytesOf(secret);
    this.#hash = this.#create();
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#create();
  }

  #create(): Digester {
    return this.#secret === null ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
