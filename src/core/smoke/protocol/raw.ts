/**
 * Each case is a whole body, sent as it is: a text, `{"file": path}`, `{"base64": bytes}`; anything else is sent as JSON.
 * The answer is taken as it is, too: JSON, or else a text.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isRecord, parseJson, writeJson, type JsonValue } from '../../exact-json.ts';
import { messageOf, UserError } from '../../errors.ts';
import type { InvokeAnswer } from '../../targets.ts';
import { failed, readText, type Decoded } from '../decode.ts';
import type { Protocol, ProtocolOptions } from './protocol.ts';

export function rawProtocol({ contentType, folder }: ProtocolOptions): Protocol {
  return {
    name: 'raw',
    maxRows: 1,
    encode: async ([row = null]) => {
      const { content, isJson } = await contentOf(row, folder);
      return {
        content,
        contentType: contentType ?? (isJson ? 'application/json' : 'application/octet-stream'),
      };
    },
    decode: decodeRaw,
    malformed: null,
    noRows: null,
  };
}

async function contentOf(row: JsonValue, folder: string) {
  if (typeof row === 'string') return { content: row, isJson: false };
  if (isRecord(row) && Object.keys(row).length === 1) {
    if (typeof row.base64 === 'string') return { content: Buffer.from(row.base64, 'base64'), isJson: false };
    if (typeof row.file === 'string')
      return { content: await read(resolve(folder, row.file)), isJson: false };
  }
  return { content: writeJson(row), isJson: true };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UserError(`The cases name a file that cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

function decodeRaw(answer: InvokeAnswer): Decoded {
  const { text, failure } = readText(answer);
  if (text === null) return failed(failure);
  const document = documentOf(text);
  // One case is one row: each field of the answer is what that row gets.
  const fields = isRecord(document)
    ? Object.fromEntries(Object.entries(document).map(([name, value]) => [name, [value]]))
    : { predictions: [document] };
  return { fields, document, shapes: null, failure: null };
}

function documentOf(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
