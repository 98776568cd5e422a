import { treeBytes } from '../../core/archive/content-tree.ts';
import type { LeftOut } from '../../core/archive/exclusions.ts';
import type { ArchiveManifest } from '../../core/archive/manifest.ts';
import { code, details, escapeMarkdown, table } from '../../core/markdown.ts';
import type { TensorSignature } from '../../core/model-session.ts';
import type { ReleaseRecord } from '../../core/release/release-record.ts';
import { show } from './signature.ts';

export interface SummaryFacts {
  readonly name: string;
  readonly manifest: ArchiveManifest;
  readonly release: ReleaseRecord;
  readonly releaseDigest: string;
  readonly reused: boolean;
  readonly leftOut: readonly LeftOut[];
}

const MOST_LEFT_OUT = 50;

/** The block of the job summary. */
export function summaryOf({ name, manifest, release, releaseDigest, reused, leftOut }: SummaryFacts): string {
  const { digest, bytes, files, sha256, signature } = manifest;
  const { model, reference } = release;
  const tensors = (list: readonly TensorSignature[]) =>
    list.map((tensor) => code(`${tensor.name}: ${show(tensor)}`)).join('\n');
  const rows: string[][] = [
    ['Model', escapeMarkdown(name)],
    ['Digest', code(digest)],
    ['Archive', `${formatBytes(bytes)}, sha256 ${code(sha256)}`],
    ['Files', `${files.length} with ${formatBytes(treeBytes(files))}`],
    ['Framework', escapeMarkdown([model.framework, model.frameworkVersion ?? ''].join(' ').trim())],
    ...(signature
      ? [
          ['Inputs', tensors(signature.inputs)],
          ['Outputs', tensors(signature.outputs)],
        ]
      : []),
    ['Reference', reference === null ? 'none' : code(reference.digest)],
    ['Reused', reused ? 'yes: the store had this content, nothing was packed' : 'no'],
    ['Release record', code(releaseDigest)],
  ];
  return [`### package-model`, table(['', ''], rows), ...leftOutBlock(leftOut)].join('\n\n');
}

function leftOutBlock(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.slice(0, MOST_LEFT_OUT).map(({ path, reason }) => [code(path), reason]);
  const rest = leftOut.length - rows.length;
  const more = rest > 0 ? `\n\n… and ${rest} more` : '';
  return [details(`Left out (${leftOut.length})`, table(['Path', 'Why'], rows) + more)];
}

/** Such as `12.3 MB`; a MB is a million bytes. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
