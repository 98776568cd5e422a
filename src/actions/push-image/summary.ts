import { mediaTypeNames } from '../../core/image/manifest.ts';
import type { PublishedImage } from '../../core/image/published-image.ts';
import { formatReference } from '../../core/image/reference.ts';
import { sortedCounts, type Finding, type ScanState } from '../../core/image/scan.ts';
import { code, details, escapeMarkdown, table } from '../../core/markdown.ts';
import type { ImageJob } from './prepare.ts';

export interface Done {
  readonly job: ImageJob;
  readonly image: PublishedImage;
  /** The engine's name; null for a reused image. */
  readonly builtWith: string | null;
  /** The further tags that were set now. */
  readonly moved: readonly string[];
  readonly scan: ScanState | null;
  /** Whether the repository was created now. */
  readonly created: boolean;
}

export function summaryOf({ job, image, builtWith, moved, scan, created }: Done): string {
  const { mediaType, digest } = image.manifest;
  const tags = job.imageTags.map((tag) => `${code(tag)}${moved.includes(tag) ? '' : ' (as before)'}`);
  const rows = [
    ['Image', code(formatReference({ ...job.name, digest }))],
    ['Content tag', code(job.tag)],
    ...(tags.length > 0 ? [['Further tags', tags.join(', ')]] : []),
    ['Manifest', `${mediaTypeNames[mediaType] ?? 'unknown'} (${code(mediaType)})`],
    ['Platform', image.platforms.map(code).join(', ')],
    ...(image.bytes === null ? [] : [['Compressed size', `${(image.bytes / 1e6).toFixed(1)} MB`]]),
    ['For', escapeMarkdown(job.forTarget)],
    ['Built', builtWith === null ? 'no: the same content was there' : `with ${escapeMarkdown(builtWith)}`],
    ...(created ? [['Repository', 'created now: scan on push, immutable tags, lifecycle policy']] : []),
  ];
  const title = builtWith === null ? 'Image reused' : 'Image pushed and verified';
  const parts = [`### ${title}`, table(['', ''], rows), ...(scan === null ? [] : [scanSummaryOf(scan)])];
  return parts.join('\n\n');
}

const SHOWN = 50;

/** Findings by severity, and the first of them one by one. */
export function scanSummaryOf(scan: ScanState): string {
  const counts = sortedCounts(scan.counts);
  if (counts.length === 0) return '#### Scan\n\nNothing was found.';
  const bySeverity = table(
    counts.map(([severity]) => escapeMarkdown(severity)),
    [counts.map(([, count]) => String(count))],
  );
  const shown = scan.findings.slice(0, SHOWN);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const list = table(['', 'Severity', 'Package'], shown.map(rowOf));
  const folded = shown.length > 0 ? [details(`${shown.length} of ${total} findings`, list)] : [];
  return ['#### Scan', bySeverity, ...folded].join('\n\n');
}

function rowOf({ name, severity, package: what, url }: Finding): string[] {
  const isLink = /^https:\/\/[^\s()<>]+$/.test(url);
  const shown = isLink ? `[${escapeMarkdown(name)}](${url})` : escapeMarkdown(name);
  return [shown, escapeMarkdown(severity), code(what)];
}
