import { readFile } from 'node:fs/promises';
import type { ContentTree } from '../../../core/archive/content-tree.ts';
import { sha256, shortDigest } from '../../../core/canonical-json.ts';
import { answerRequest, type MediaType } from '../../../core/inference/serve.ts';
import { UserError } from '../../../core/errors.ts';
import type { ModelSession, OpenSession } from '../../../core/model-session.ts';
import { filesBeside } from '../../../core/onnx-reader.ts';
import type { Layout } from '../layout.ts';
import { findModelFile } from '../model-file.ts';
import type { Backend, BackendAnswer, BackendRequest } from './backend.ts';

/** A model in memory. It is closed only when its last request is answered. */
export class LoadedModel implements Backend {
  readonly version: string;
  readonly #session: ModelSession;
  #running = 0;
  #retired = false;

  constructor(version: string, session: ModelSession) {
    this.version = version;
    this.#session = session;
  }

  async respond({ body, contentType }: BackendRequest): Promise<BackendAnswer> {
    const type = mediaType(contentType);
    if (type === null) {
      const given = contentType ?? 'none';
      return refused(415, `The content type ${given} is not supported; send application/json or text/csv.`);
    }
    this.#running++;
    try {
      return json(200, await answerRequest(this.#session, Buffer.from(body).toString('utf8'), type));
    } catch (error) {
      if (error instanceof UserError) return refused(400, error.message);
      throw error;
    } finally {
      this.#running--;
      await this.#closeWhenIdle();
    }
  }

  /** It is in this process, which answers. */
  trouble(): Promise<null> {
    return Promise.resolve(null);
  }

  logs(): Promise<string> {
    return Promise.resolve('');
  }

  /** No further request will come. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.#closeWhenIdle();
  }

  async #closeWhenIdle(): Promise<void> {
    if (this.#retired && this.#running === 0) await this.#session.close();
  }
}

/**
 * @param tree what its files were when they were checked
 * @throws UserError for files that cannot be served.
 */
export async function loadModel(
  layout: Layout,
  version: string,
  tree: ContentTree,
  openSession: OpenSession,
): Promise<LoadedModel> {
  const file = await findModelFile(layout.versionDir(version));
  const label = `the model of version ${shortDigest(version)}`;
  const bytes = await readFile(file);
  const digest = sha256(bytes);
  if (!tree.some((checked) => checked.sha256 === digest)) {
    throw new UserError(`${file} changed while it was read. Deploy it again.`, { page: 'artifact-changed' });
  }
  const session = await openSession(bytes, { label, runtime: 'auto', beside: filesBeside(file) });
  return new LoadedModel(version, session);
}

function mediaType(header: string | null): MediaType | null {
  const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' || type === 'text/csv' ? type : null;
}

function refused(status: number, error: string): BackendAnswer {
  return json(status, JSON.stringify({ error }));
}

function json(status: number, body: string): BackendAnswer {
  return { status, contentType: 'application/json', body: Buffer.from(body) };
}
