import { readFile } from 'node:fs/promises';
import { shortDigest } from '../../../core/canonical-json.ts';
import { answerRequest, type MediaType } from '../../../core/inference/serve.ts';
import type { ModelSession, OpenSession } from '../../../core/model-session.ts';
import type { Layout } from '../layout.ts';
import { findModelFile } from '../model-file.ts';

export type { MediaType };

/** A model in memory. It is closed only when its last request is answered. */
export class LoadedModel {
  readonly version: string;
  readonly #session: ModelSession;
  #running = 0;
  #retired = false;

  constructor(version: string, session: ModelSession) {
    this.version = version;
    this.#session = session;
  }

  /** The answer as JSON. @throws UserError for a body that does not fit the model. */
  async answer(body: string, type: MediaType): Promise<string> {
    this.#running++;
    try {
      return await answerRequest(this.#session, body, type);
    } finally {
      this.#running--;
      await this.#closeWhenIdle();
    }
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

/** @throws UserError for files that cannot be served. */
export async function loadModel(
  layout: Layout,
  version: string,
  openSession: OpenSession,
): Promise<LoadedModel> {
  const file = await findModelFile(layout.versionDir(version));
  const label = `the model of version ${shortDigest(version)}`;
  return new LoadedModel(version, await openSession(await readFile(file), { label, runtime: 'auto' }));
}
