/** The further tags of an image, beside its content tag. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { PublishedImage } from '../../core/image/published-image.ts';
import { formatReference } from '../../core/image/reference.ts';
import type { PushImagePorts } from './ports.ts';
import type { ImageJob } from './prepare.ts';
import type { RepositoryFacts } from './repository.ts';

/**
 * If tags are immutable, one that another image has cannot be set; this is checked before anything is built.
 * @throws UserError with all of them.
 */
export async function tagsThatCannotMove(
  job: ImageJob,
  existing: PublishedImage | null,
  repository: RepositoryFacts,
  ports: PushImagePorts,
): Promise<void> {
  if (repository === null || repository === 'missing' || !repository.immutableTags) return;
  const problems: Problem[] = [];
  for (const tag of job.imageTags) {
    const before = await ports.registry.manifest(job.name, tag);
    if (before === null || before.digest === existing?.manifest.digest) continue;
    const message = `"${tag}" is the image ${before.digest} already, and the tags of ${formatReference(job.name)} are immutable.`;
    const fix = 'Use a tag that is new with each release, such as its version, or leave it out.';
    problems.push({ where: 'image-tags', message, fix });
  }
  if (problems.length > 0) throw UserError.of(problems);
}

/** Lets the further tags point to the image; returns those that pointed elsewhere or nowhere before. */
export async function setImageTags(
  job: ImageJob,
  image: PublishedImage,
  { registry, log }: PushImagePorts,
): Promise<string[]> {
  const moved: string[] = [];
  for (const tag of job.imageTags) {
    const before = await registry.manifest(job.name, tag);
    if (before?.digest === image.manifest.digest) continue;
    await registry.tag(job.name, tag, image.manifest);
    moved.push(tag);
    log.info(`Tag ${tag}: ${before?.digest ?? 'nothing'} -> ${image.manifest.digest}`);
  }
  return moved;
}
