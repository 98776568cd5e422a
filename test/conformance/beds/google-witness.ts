/** Google's own client of Vertex AI, in a process of its own, and Google's types as a judge of requests. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../../scripts/lib/paths.ts';
import type { Asked } from '../../fakes/google/fake-google.ts';

export const PYTHON = join(root, 'build/conformance/venv-google/bin/python');

/** Why it is skipped; null where it is installed. */
export const missingWitness: string | null = existsSync(PYTHON)
  ? null
  : 'skipped: google-cloud-aiplatform is not installed (test/conformance/beds/install-google-aiplatform.sh)';

export type Labels = Readonly<Record<string, string>>;

/** In Google's words. */
export interface Read {
  /** Percent by the IDs of deployed models. */
  readonly traffic: Readonly<Record<string, number>>;
  readonly labels: Labels;
  readonly deployed: readonly { readonly id: string; readonly version: string; readonly number: string }[];
  readonly candidates: Readonly<Record<string, Labels>>;
  /** Labels by the numbers of the model's versions. */
  readonly versions: Readonly<Record<string, Labels>>;
}

export interface Witness {
  read(endpoint: string): Promise<Read>;
  /** Makes an endpoint with a model of each image, and gives every field of it. */
  make(endpoint: string, fields: object, images: readonly string[]): Promise<object>;
  /** Every field that Google's client knows of an endpoint. */
  whole(endpoint: string): Promise<object>;
  /** What of these requests Google's types do not take. */
  judge(asked: readonly Asked[]): Promise<readonly string[]>;
  close(): void;
}

/** @param address of the API. @param token that it takes */
export function startWitness(address: string, token: string, project: string, location: string): Witness {
  const script = join(root, 'test/conformance/google/witness.py');
  const child = spawn(PYTHON, [script, address, token, project, location], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <T>(asked: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(asked)}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error(`The witness ended at ${JSON.stringify(asked).slice(0, 200)}.`);
    return JSON.parse(line.value) as T;
  };
  return {
    read: (endpoint) => ask({ read: endpoint }),
    make: (endpoint, fields, images) => ask({ make: endpoint, fields, images }),
    whole: (endpoint) => ask({ whole: endpoint }),
    judge: (asked) =>
      ask({
        judge: asked.map(({ method, path, query, body }) => ({
          method,
          path: decodeURIComponent(path),
          query,
          body: body.toString(),
        })),
      }),
    close: () => child.stdin.end(),
  };
}
