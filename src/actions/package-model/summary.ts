import { treeBytes } from '../../core/archive/content-tree.ts';
import type { LeftOut } from '../../core/archive/exclusions.ts';
import type { ArchiveManifest } from '../../documents/manifest.ts';
import { formatBytes } from '../../core/bytes.ts';
import { code, details, escapeMarkdown, table } from '../../core/markdown.ts';
import type { DeclaredTensor } from '../../core/onnx-reader.ts';
import type { ArchiveFinding } from '../../core/platform.ts';
import type { ReleaseRecord } from '../../documents/release-record.ts';
import { show } from './signature.ts';

export interface SummaryFacts {
  readonly name: string;
  readonly url: string;
  readonly manifest: ArchiveManifest;
  readonly release: ReleaseRecord;
  readonly releaseDigest: string;
  readonly reused: boolean;
  readonly leftOut: readonly LeftOut[];
  readonly findings: readonly ArchiveFinding[];
  /** ARN and state in the Model Registry; '' if it was not registered. */
  readonly registered: string;
}

const MOST_LEFT_OUT = 50;

const MOST_METRICS = 10;

/** Which model of MLflow it is, and what was measured of it. */
function mlflowRows({ model: { mlflow } }: ReleaseRecord): string[][] {
  if (mlflow === undefined) return [];
  const { model, alias, runId, metrics } = mlflow;
  const name = [
    model,
    alias === null ? null : `asked for as @${alias}`,
    runId === null ? null : `run ${runId}`,
  ];
  const measured = Object.entries(metrics).slice(0, MOST_METRICS);
  return [
    ['MLflow', escapeMarkdown(name.filter((part) => part !== null).join(', ') || 'a logged model')],
    ...(measured.length === 0
      ? []
      : [['Metrics in MLflow', measured.map(([key, value]) => code(`${key} ${value}`)).join('\n')]]),
  ];
}

/** The block of the job summary. */
export function summaryOf(facts: SummaryFacts): string {
  const { name, url, manifest, release, releaseDigest, reused, leftOut, findings, registered } = facts;
  const { digest, bytes, files, sha256, signature } = manifest;
  const { model, reference } = release;
  const tensors = (list: readonly DeclaredTensor[]) =>
    list.map((tensor) => code(`${tensor.name}: ${show(tensor)}`)).join('\n');
  const rows: string[][] = [
    ['Model', escapeMarkdown(name)],
    ['Digest', code(digest)],
    ['Where', code(url)],
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
    ...(model.signedBy === undefined ? [] : [['Signed by', escapeMarkdown(model.signedBy)]]),
    ...mlflowRows(release),
    ['Reused', reused ? 'yes: the store already had this content' : 'no'],
    ['Release record', code(releaseDigest)],
    ...(registered === '' ? [] : [['Model Registry', code(registered)]]),
  ];
  const blocks = [
    `### package-model`,
    table(['', ''], rows),
    ...findingsBlock(findings),
    ...leftOutBlock(leftOut),
  ];
  return blocks.join('\n\n');
}

function findingsBlock(findings: readonly ArchiveFinding[]): string[] {
  if (findings.length === 0) return [];
  return [['**Layout**', ...findings.map(({ message }) => `- ${escapeMarkdown(message)}`)].join('\n')];
}

function leftOutBlock(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.slice(0, MOST_LEFT_OUT).map(({ path, reason }) => [code(path), reason]);
  const rest = leftOut.length - rows.length;
  const more = rest > 0 ? `\n\n… and ${rest} more` : '';
  return [details(`Left out (${leftOut.length})`, table(['Path', 'Why'], rows) + more)];
}
