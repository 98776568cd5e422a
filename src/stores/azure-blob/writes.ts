/** Writing to Azure Blob. Keys are whole here: the store's prefix is in them. */
import { createHash, randomUUID } from 'node:crypto';
import { AzureFailure } from '../../clouds/azure/errors.ts';
import { factsOf, WRITTEN_BY } from './reads.ts';
import type { BlobCall, BlobSession } from './session.ts';

/** Writes happen only if there is no blob, unless they are to replace one. */
export interface WriteMode {
  readonly replace: boolean;
}

/** Returns false if it was there already. */
export async function putBlob(
  session: BlobSession,
  key: string,
  bytes: Uint8Array,
  mode: WriteMode,
): Promise<boolean> {
  return unlessThere(session, key, mode, (conditions) => ({
    operation: 'Put Blob',
    method: 'PUT',
    key,
    headers: { ...conditions, ...checked(bytes), 'x-ms-blob-type': 'BlockBlob' },
    body: bytes,
    needs: 'write',
  }));
}

/** A part that nobody sees until it is in a list; Azure forgets it after a week, or with the next write of this blob. */
export async function putBlock(
  session: BlobSession,
  key: string,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  await session.call({
    operation: 'Put Block',
    method: 'PUT',
    key,
    query: { comp: 'block', blockid: id },
    headers: checked(bytes),
    body: bytes,
    needs: 'write',
  });
}

/** Makes the blob of its parts. Returns false if another run was faster. */
export async function putBlockList(
  session: BlobSession,
  key: string,
  ids: readonly string[],
  mode: WriteMode,
): Promise<boolean> {
  const items = ids.map((id) => `<Latest>${id}</Latest>`).join('');
  return unlessThere(session, key, mode, (conditions) => ({
    operation: 'Put Block List',
    method: 'PUT',
    key,
    query: { comp: 'blocklist' },
    headers: { ...conditions, 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${items}</BlockList>`,
    needs: 'write',
  }));
}

/** All IDs of one blob are of one length; the writer's own part keeps two runs apart that send parts of one blob. */
export function blockIds(): (number: number) => string {
  const writer = randomUUID();
  return (number) => Buffer.from(`${writer}-${String(number).padStart(5, '0')}`).toString('base64');
}

/** Azure computes it too, and refuses what does not arrive as it was sent. */
function checked(bytes: Uint8Array): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-md5': createHash('md5').update(bytes).digest('base64'),
  };
}

/** What says that a blob is there: of a Put Blob, and of a Put Block List. */
const THERE: ReadonlySet<string> = new Set(['BlobAlreadyExists', 'ConditionNotMet', 'TargetConditionNotMet']);

/**
 * Runs a conditional write. An answer may be lost on its way: the write that is sent again then finds its own blob, which
 * it knows by the name that it wrote with it.
 */
async function unlessThere(
  session: BlobSession,
  key: string,
  { replace }: WriteMode,
  write: (conditions: Readonly<Record<string, string>>) => BlobCall,
): Promise<boolean> {
  const name = randomUUID();
  let sendings = 1;
  const call = write({ [WRITTEN_BY]: name, ...(replace ? {} : { 'if-none-match': '*' }) });
  try {
    const { body } = await session.call({
      ...call,
      onRepeat: () => {
        sendings++;
      },
    });
    await body?.cancel();
    return true;
  } catch (error) {
    const isThere = error instanceof AzureFailure && THERE.has(error.code);
    if (replace || !isThere) throw error;
    return sendings > 1 && (await factsOf(session, key))?.writtenBy === name;
  }
}
