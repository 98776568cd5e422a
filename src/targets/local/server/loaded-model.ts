import { readFile } from 'node:fs/promises';
import { shortDigest } from '../../../core/canonical-json.ts';
import { answerOf } from '../../../core/inference/answer.ts';
import { instancesOfCsv } from '../../../core/inference/csv.ts';
import { feedsOfInstances } from '../../../core/inference/instances.ts';
import { UserError } from '../../../core/errors.ts';
import type { ModelSession, OpenSession } from '../../../core/model-session.ts';
import type { Layout } from '../layout.ts';
import { findModelFile } from '../model-file.ts';

export type MediaType = 'application/json' | 'text/csv';

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

  /** @throws UserError for a body that does not fit the model. */
  async answer(body: string, type: MediaType): Promise<Record<string, unknown>> {
    this.#running++;
    try {
      const { signature } = this.#session;
      const instances = type === 'text/csv' ? instancesOfCsv(body, signature) : instancesOfJson(body);
      return answerOf(await this.#session.run(feedsOfInstances(instances, signature)), signature);
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

function instancesOfJson(body: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new UserError(`The body is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const instances = typeof value === 'object' && value !== null ? (value as Body).instances : undefined;
  if (Array.isArray(instances)) return instances;
  throw new UserError('The body must be a JSON object with "instances", a list of rows.');
}

interface Body {
  readonly instances?: unknown;
}
