import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { contentDigest, contentTree } from '../../src/core/archive/content-tree.ts';

export interface FakeArchive {
  /** A .tar.gz. */
  readonly bytes: Buffer;
  /** Its model digest. */
  readonly digest: string;
}

/** A model archive of these files. */
export async function makeArchive(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<FakeArchive> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    tar.entry({ name, mode: 0o644, mtime: new Date(0) }, Buffer.from(content));
  }
  tar.finalize();
  const tree = contentTree(
    Object.entries(files).map(([path, content]) => ({
      path,
      mode: '644' as const,
      size: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  );
  return { bytes: gzipSync(await buffer(tar)), digest: contentDigest(tree) };
}
