/** What is wrong with the files of a model wherever it is served. Nothing here is an error. */
import type { ArchiveFinding } from '../platform.ts';
import { exclusionOfPath } from './exclusions.ts';
import { names } from './file-names.ts';
import { detectFramework, modelPaths } from './framework.ts';
import type { ModelSource } from './source.ts';

export function archiveFindings(source: ModelSource): ArchiveFinding[] {
  return [archiveInside(source), filesOfMacOs(source)].filter((finding) => finding !== null);
}

/** Only the outer archive is unpacked by whoever serves it. */
function archiveInside({ tree, ready }: ModelSource): ArchiveFinding | null {
  const archives = modelPaths(tree).filter((path) => /\.(tar|tgz|tar\.(gz|bz2|xz|zst))$/i.test(path));
  const [first] = archives;
  if (first === undefined || detectFramework(tree).because !== null) return null;
  const fix = ready
    ? `Give ${names([first])} of it`
    : `Give it as model-path, with ${names([first])} at its end`;
  return {
    rule: 'archive-inside',
    message:
      `The model is an archive inside the archive (${names(archives)}): it is not unpacked when it is served, ` +
      `and no model is found. ${fix}, or unpack it first.`,
  };
}

/** In an archive they cannot be left out; on Linux they are files like any other. */
function filesOfMacOs({ tree, ready }: ModelSource): ArchiveFinding | null {
  const found = tree.map(({ path }) => path).filter((path) => /(^|\/)(\._[^/]*$|__MACOSX\/)/.test(path));
  if (!ready || found.length === 0 || found.some((path) => exclusionOfPath(path) !== 'clutter')) return null;
  return {
    rule: 'files-of-macos',
    message:
      `The archive has files that macOS added (${names(found)}): on Linux they are beside the model, and a container ` +
      'that loads all files of a type loads them as models. Give the folder instead of the archive, or pack it ' +
      'with COPYFILE_DISABLE=1 tar --no-xattrs.',
  };
}
