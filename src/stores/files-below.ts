import { basename } from 'node:path/posix';
import type { RemoteFile } from '../core/archive/remote-model.ts';

/**
 * Of the objects whose names begin like a prefix, the one that has this name and those in the folder of this name, with
 * their paths in it: no neighbours, such as `output` beside `out/`.
 */
export function filesBelow(
  objects: readonly { readonly key: string; readonly size: number }[],
  prefix: string,
  urlOf: (key: string) => string,
): RemoteFile[] {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  return objects
    .filter(({ key }) => key === prefix || key.startsWith(folder))
    .map(({ key, size }) => ({
      path: key === prefix ? basename(prefix) : key.slice(folder.length),
      url: urlOf(key),
      size,
    }))
    .filter(({ path }) => path !== '');
}
