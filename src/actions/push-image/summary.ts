import { mediaTypeNames } from '../../core/image/manifest.ts';
import type { PublishedImage } from '../../core/image/published-image.ts';
import { formatReference } from '../../core/image/reference.ts';
import { code, escapeMarkdown, table } from '../../core/markdown.ts';
import type { ImageJob } from './prepare.ts';

/** `builtWith` is null for a reused image; `moved` are the tags that were set now. */
export function summaryOf(
  job: ImageJob,
  image: PublishedImage,
  builtWith: string | null,
  moved: readonly string[],
): string {
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
  ];
  const title = builtWith === null ? 'Image reused' : 'Image pushed and verified';
  return `### ${title}\n\n${table(['', ''], rows)}`;
}
