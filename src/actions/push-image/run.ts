import { adviceOf, messageOf, OutcomeError, UserError, type Problem } from '../../core/errors.ts';
import type { ContainerEngine } from '../../core/image/container-engine.ts';
import { undeployable } from '../../core/image/deployable.ts';
import { modelLabelProblems } from '../../core/image/model-label.ts';
import { readImage, type PublishedImage } from '../../core/image/published-image.ts';
import { formatReference } from '../../core/image/reference.ts';
import { poll } from '../../core/poll.ts';
import { checkDisk } from './disk.ts';
import { setImageTags, tagsThatCannotMove } from './image-tags.ts';
import type { PushImagePorts } from './ports.ts';
import type { PushImageInputs } from './inputs.ts';
import { prepare, type ImageJob } from './prepare.ts';
import { createRepository, findRepository, loggedIn, type RepositoryFacts } from './repository.ts';
import { scanImage } from './scan.ts';
import { summaryOf } from './summary.ts';

/** How long a registry may take to show what was pushed. */
const READ_BACK_MS = 60_000;

/** Builds, pushes and verifies an image, or finds that all of it was done before. */
export async function run(inputs: PushImageInputs, ports: PushImagePorts): Promise<void> {
  const job = await prepare(inputs, ports);
  try {
    await make(job, inputs, ports);
  } finally {
    await job.close();
  }
}

async function make(job: ImageJob, inputs: PushImageInputs, ports: PushImagePorts): Promise<void> {
  const { report } = ports;
  report.output('repository', formatReference(job.name));
  report.output('tag', job.tag);
  report.output('scan-findings', '');
  const repository = await findRepository(job, inputs, ports);
  const { engine, existing } = await lookAround(job, repository, ports);
  await tagsThatCannotMove(job, existing, repository, ports);
  const { image, builtWith } =
    existing === null
      ? await buildAndPush(job, engine, repository, ports)
      : reuse(job, existing, inputs, ports);
  report.output('media-type', image.manifest.mediaType);
  report.output('image-digest', image.manifest.digest);
  report.output('reused', builtWith === null);
  if (builtWith !== null) verify(job, image);
  const scan = await scanImage(job, image, inputs, ports);
  report.output('image-uri', formatReference({ ...job.name, digest: image.manifest.digest }));
  const moved = await setImageTags(job, image, ports);
  report.summary(summaryOf({ job, image, builtWith, moved, scan, created: repository === 'missing' }));
}

type Around =
  | { readonly engine: ContainerEngine | null; readonly existing: PublishedImage }
  | { readonly engine: ContainerEngine; readonly existing: null };

/** Asks the registry and the engine at the same time; an image that is there needs no engine. */
async function lookAround(
  job: ImageJob,
  repository: RepositoryFacts,
  ports: PushImagePorts,
): Promise<Around> {
  const look = () => readImage(ports.registry, job.name, job.tag);
  const [engine, existing] = await Promise.allSettled([
    ports.findEngine(),
    repository === 'missing' ? null : look(),
  ]);
  if (existing.status === 'fulfilled' && existing.value !== null) {
    return { engine: engine.status === 'fulfilled' ? engine.value : null, existing: existing.value };
  }
  if (engine.status === 'rejected') {
    if (existing.status === 'rejected') ports.log.warning(messageOf(existing.reason));
    throw engine.reason;
  }
  if (existing.status === 'rejected') throw existing.reason;
  return { engine: engine.value, existing: null };
}

interface Result {
  readonly image: PublishedImage;
  /** The engine's name; null if the image was there. */
  readonly builtWith: string | null;
}

/** @throws UserError if the image must not be used; nothing has been changed then. */
function reuse(job: ImageJob, image: PublishedImage, inputs: PushImageInputs, ports: PushImagePorts): Result {
  const reference = job.build.reference;
  if (inputs.ifExists === 'fail') {
    const message = `${reference} is there already, with the same content.`;
    throw UserError.of([{ where: 'if-exists', message, fix: 'Set if-exists: reuse to use it.' }]);
  }
  const problems = problemsOf(image, job);
  if (problems.length > 0) {
    ports.report.output('media-type', image.manifest.mediaType);
    throw new UserError(
      `${reference} has this content, but ${job.rules.title} would refuse it; it was not pushed by push-image.\n${lines(problems)}\nThen push it under this tag, or delete the tag and run this step again.`,
      { problems },
    );
  }
  ports.log.info(`${reference} already exists with the same content: nothing to build or push.`);
  return { image, builtWith: null };
}

async function buildAndPush(
  job: ImageJob,
  engine: ContainerEngine,
  repository: RepositoryFacts,
  ports: PushImagePorts,
): Promise<Result> {
  const { reference } = job.build;
  // Whatever can be said before anything is changed.
  engine.check(job.build);
  await checkDisk(engine, job, ports);
  if (repository === 'missing') await createRepository(job, ports);
  return loggedIn(job, engine, ports, async () => {
    ports.log.info(`Building with ${engine.name}.`);
    await ports.log.group(`Build ${reference}`, () => engine.build(job.build));
    try {
      await ports.log.group(`Push ${reference}`, () => engine.push(reference));
    } catch (error) {
      const other = await pushedByAnother(job, ports);
      if (other === null) throw error;
      ports.log.info(`Another run pushed ${reference} in the meantime; its image is used.`);
      return { image: other, builtWith: null };
    }
    return { image: await readBack(job, ports), builtWith: engine.name };
  });
}

/** Where tags are immutable, the second of two runs cannot push: the first one's image has the same content. */
async function pushedByAnother(job: ImageJob, ports: PushImagePorts): Promise<PublishedImage | null> {
  if (ports.signal.aborted) return null;
  try {
    const image = await readImage(ports.registry, job.name, job.tag);
    const usable = image !== null && problemsOf(image, job).length === 0;
    return usable ? image : null;
  } catch {
    // The failed push says it better.
    return null;
  }
}

async function readBack(job: ImageJob, ports: PushImagePorts): Promise<PublishedImage> {
  const { state } = await poll({
    check: () => readImage(ports.registry, job.name, job.tag),
    done: (image) => image !== null,
    key: (image) => (image === null ? 'missing' : 'there'),
    onChange: (image) => {
      if (image === null) ports.log.info('The registry does not show the image yet.');
    },
    intervalMs: ports.pollMs,
    timeoutMs: READ_BACK_MS,
    clock: ports.clock,
    signal: ports.signal,
  });
  if (state !== null) return state;
  throw new OutcomeError(
    `${job.build.reference} was pushed, but ${job.name.registry} does not have it after ${READ_BACK_MS / 1000} s. Check what the registry does with pushed images.`,
  );
}

/** @throws OutcomeError if what was pushed is not what was asked for. */
function verify(job: ImageJob, image: PublishedImage): void {
  const problems = problemsOf(image, job);
  if (problems.length === 0) return;
  throw new OutcomeError(
    `${job.build.reference} was pushed, but ${job.rules.title} would refuse it.\n${lines(problems)}\nThen delete that tag in the registry and run this step again. No other tag was set.`,
    { page: 'oci-manifest' },
  );
}

function problemsOf(image: PublishedImage, { rules, build, modelDigest }: ImageJob): Problem[] {
  const ofModel = modelDigest === null ? [] : modelLabelProblems(image.labels, modelDigest);
  return [...undeployable(image, rules, build.platform), ...ofModel];
}

function lines(problems: readonly Problem[]): string {
  return problems.map((problem) => `  - ${adviceOf(problem)}`).join('\n');
}
