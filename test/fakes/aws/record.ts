/** Leaves what a fake was asked and answered for the conformance layer, which holds it against botocore. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RestAnswer } from './answer.ts';
import type { Call } from './calls.ts';

/** One line for each call; FAKE_AWS_RECORD names the folder. */
export function writeRecord(folder: string, calls: readonly Call[]): void {
  if (calls.length === 0) return;
  const lines = calls.map(({ service, action, input, output, acted, error, at }) =>
    JSON.stringify({
      service,
      action,
      input: marked(input),
      // What REST services answer is more than members.
      output: output instanceof RestAnswer ? null : marked(output ?? null),
      acted,
      error,
      at: at.toISOString(),
    }),
  );
  writeFileSync(join(folder, `${randomUUID()}.ndjson`), `${lines.join('\n')}\n`);
}

/** JSON that says which values are moments and bytes. */
function marked(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
}
