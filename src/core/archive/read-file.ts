import { open, type FileHandle } from 'node:fs/promises';

const CHUNK = 1024 * 1024;

/**
 * A file in large pieces, the next of which is read while one is looked at. Each piece is overwritten after the next
 * one was asked for: whoever keeps it has to copy it.
 *
 * @throws the file system's own error.
 */
export async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  let ahead: Promise<number> | null = null;
  try {
    let [now, next] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
    ahead = readInto(file, now);
    for (;;) {
      const bytes = await ahead;
      if (bytes === 0) return;
      ahead = readInto(file, next);
      yield now.subarray(0, bytes);
      [now, next] = [next, now];
    }
  } finally {
    // A handle must not be closed under a read that is in progress.
    await ahead?.catch(() => undefined);
    await file.close();
  }
}

function readInto(file: FileHandle, buffer: Buffer): Promise<number> {
  const reading = file.read(buffer, 0, buffer.length, null).then(({ bytesRead }) => bytesRead);
  // Looked at by the next turn; until then, a failure must not count as unhandled.
  reading.catch(() => undefined);
  return reading;
}
