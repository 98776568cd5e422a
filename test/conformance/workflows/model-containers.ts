/** What containers of a stand-in do: they open the model that lies in their folder, by ONNX Runtime, and answer as it does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { createSessionOpener } from '../../../src/adapters/onnx/open-session.ts';
import { answerRequest } from '../../../src/core/inference/serve.ts';
import type { ModelSession } from '../../../src/core/model-session.ts';
import { MemoryLogger } from '../../fakes/ports.ts';

const SWAPPED = readFileSync(join(root, 'test/acceptance/swapped.py'), 'utf8');

export function openModel(bytes: Uint8Array, label: string): Promise<ModelSession> {
  const open = createSessionOpener({
    moduleRoots: [root],
    exec: () => Promise.reject(new Error('starts nothing')),
    log: new MemoryLogger(),
  });
  return open(bytes, { label, runtime: 'auto' });
}

export async function answerOf(
  session: ModelSession,
  text: string,
): Promise<{ status: number; body: string }> {
  try {
    const body = await answerRequest(session, text, 'application/json');
    return { status: 200, body: Buffer.from(body).toString('utf8') };
  } catch (error) {
    return { status: 400, body: JSON.stringify({ error: String(error) }) };
  }
}

export interface ModelContainers {
  answer(folder: string, request: string): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

/** @param read a file below a folder, as the stand-in for a store has it */
export function startContainers(read: (folder: string, path: string) => Buffer | undefined): ModelContainers {
  const sessions = new Map<string, Promise<ModelSession>>();
  /** Whose code swaps two features answers as the model does that was trained so. */
  const sessionOf = (folder: string) => {
    const code = read(folder, 'code/inference.py')?.toString() ?? '';
    const swapped = join(root, 'model/releases/bad-swapped/archive/model.onnx');
    const bytes = code.includes(SWAPPED) ? readFileSync(swapped) : read(folder, 'model.onnx');
    if (bytes === undefined) throw new Error(`There is no model.onnx below ${folder}.`);
    return openModel(bytes, folder);
  };
  return {
    answer: async (folder, request) => {
      const session = sessions.get(folder) ?? sessionOf(folder);
      sessions.set(folder, session);
      return answerOf(await session, request);
    },
    close: async () => {
      for (const session of sessions.values()) await (await session).close();
    },
  };
}
