/** Before going back: whether what an old version is made of still exists. */
import { messageOf, UserError, type Problem } from '../../core/errors.ts';
import { isDenied, isMissing } from '../../clouds/aws/errors.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { parseReference } from '../../core/image/reference.ts';
import type { Session } from './session.ts';
import { containerOf, modelSpecOf, modelUrlOf, textAt } from './specs.ts';

/** What is asked for a region's bucket by name. */
const S3 = /^s3:\/\/([^/]+)\/(.+)$/;

/** @throws UserError that names everything that is gone. What may not be looked at is logged as not checked. */
export async function checkStillThere(endpoint: string, version: string, session: Session): Promise<void> {
  const { reads } = session;
  const config = await reads.config(version);
  const modelName = config?.ProductionVariants?.[0]?.ModelName;
  const model = modelName === undefined ? null : await reads.model(modelName);
  const problems: Problem[] = [];
  const gone = (what: string) =>
    problems.push({
      where: 'to-version',
      message: `${version} cannot serve ${endpoint} again: ${what} no longer exists.`,
    });
  if (config === null) gone(`its config ${version}`);
  if (config !== null && model === null) gone(`its model ${modelName ?? '(none)'}`);
  if (model !== null) {
    const spec = { model: modelSpecOf(model) };
    await attempt(session, `the image of ${version}`, gone, () =>
      checkImage(textAt(containerOf(spec), 'Image'), session),
    );
    await attempt(session, `the archive of ${version}`, gone, () => checkArchive(modelUrlOf(spec), session));
  }
  if (problems.length > 0) throw UserError.of(problems);
}

async function attempt(
  { options }: Session,
  what: string,
  gone: (what: string) => void,
  check: () => Promise<string | null>,
): Promise<void> {
  try {
    const missing = await check();
    if (missing !== null) gone(missing);
  } catch (error) {
    if (!isDenied(error)) throw error;
    options.log.warning(`Not checked: whether ${what} still exists. ${messageOf(error)}`);
  }
}

/** @returns what is missing; null if nothing is */
async function checkImage(image: string | null, { clients }: Session): Promise<string | null> {
  if (image === null) return null;
  const { registry, repository: repositoryName, tag, digest } = parseReference(image, 'image');
  const place = parseEcrHost(registry);
  if (place === null) return null;
  const ecr = await clients.ecr(place.region);
  const imageId = digest === null ? { imageTag: tag ?? 'latest' } : { imageDigest: digest };
  return exists(`its image ${image}`, () =>
    clients.call('ecr:DescribeImages', () =>
      ecr.describeImages({ registryId: place.account, repositoryName, imageIds: [imageId] }),
    ),
  );
}

async function checkArchive(url: string | null, { clients }: Session): Promise<string | null> {
  const [, Bucket, Key] = S3.exec(url ?? '') ?? [];
  if (Bucket === undefined || Key === undefined) return null;
  const s3 = await clients.s3();
  if (Key.endsWith('/')) {
    // Files by themselves: the place does not exist if nothing is below it.
    const { Contents = [] } = await clients.call('s3:ListBucket', () =>
      s3.listObjectsV2({ Bucket, Prefix: Key, MaxKeys: 1 }),
    );
    return Contents.length === 0 ? `its archive ${url ?? ''}` : null;
  }
  return exists(`its archive ${url ?? ''}`, () =>
    clients.call('s3:GetObject', () => s3.headObject({ Bucket, Key })),
  );
}

async function exists(what: string, look: () => Promise<unknown>): Promise<string | null> {
  try {
    await look();
    return null;
  } catch (error) {
    if (isMissing(error)) return what;
    throw error;
  }
}
