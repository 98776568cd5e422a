/** The process that runs one model (see open-in-process.ts). It answers one request after the other until it is ended. */
import { messageOf, UserError } from '../../../core/errors.ts';
import type { ModelSession } from '../../../core/model-session.ts';
import { createSessionOpener } from '../open-session.ts';
import type { Answer, Failure, OpenRequest, RunRequest } from './messages.ts';

export function serveModel(): void {
  let session: ModelSession | undefined;
  const answer = async (request: OpenRequest | RunRequest): Promise<Answer> => {
    if ('open' in request) {
      session = await open(request);
      return { opened: { runtime: session.runtime, signature: session.signature } };
    }
    if (session === undefined) throw new Error('No model is open.');
    return { outputs: await session.run(request.feeds) };
  };
  process.on('message', (request: OpenRequest | RunRequest) => {
    void answer(request)
      .catch((error: unknown): Answer => ({ failure: failureOf(error) }))
      .then(say);
  });
  process.on('disconnect', () => process.exit());
}

function say(answer: Answer): void {
  process.send?.(answer);
}

async function open({ open: size, label, runtime, moduleRoots, toolCacheDir }: OpenRequest) {
  const opener = createSessionOpener({
    moduleRoots,
    toolCacheDir,
    // What `runtime: native` has to fetch is there before this process starts.
    exec: () => Promise.reject(new Error('The process of a model starts no programs.')),
    log: {
      info: (line) => say({ log: 'info', line }),
      debug: (line) => say({ log: 'debug', line }),
    },
  });
  return opener(await readModel(size), { label, runtime });
}

async function readModel(size: number): Promise<Uint8Array> {
  const model = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) at += chunk.copy(model, at);
  return model.subarray(0, at);
}

function failureOf(error: unknown): Failure {
  const isUser = error instanceof UserError;
  return { message: messageOf(error), isUser, problems: isUser ? error.problems : [] };
}
