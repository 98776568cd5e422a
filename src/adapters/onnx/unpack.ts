/** Unpacks what one platform needs of an npm package of ONNX Runtime. */

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** Every file of an npm package is under this directory. */
const ROOT = 'package/';

/** The code and the bindings of one platform; the packages hold those of all platforms, 300 MB together. */
export async function unpack(
  tarball: string,
  directory: string,
  target: { readonly platform: string; readonly arch: string },
): Promise<void> {
  const entries = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), entries);
  const writing = (async () => {
    for await (const entry of entries) {
      const { name, type } = entry.header;
      if (type === 'file' && isWanted(name, target))
        await write(entry, join(directory, name.slice(ROOT.length)));
      else entry.resume();
    }
  })();
  await Promise.all([reading, writing]);
}

async function write(content: AsyncIterable<unknown>, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await pipeline(content, createWriteStream(path));
}

/** Only names of known folders, without a way out of them. */
function isWanted(name: string, { platform, arch }: { platform: string; arch: string }): boolean {
  if (!name.startsWith(ROOT) || name.split('/').includes('..')) return false;
  const path = name.slice(ROOT.length);
  return (
    path === 'package.json' || path.startsWith('dist/') || path.startsWith(`bin/napi-v6/${platform}/${arch}/`)
  );
}
