import { UserError } from '../../core/errors.ts';
import type { ContainerEngine } from '../../core/image/container-engine.ts';
import type { PushImagePorts } from './ports.ts';
import type { ImageJob } from './prepare.ts';

/** The engine keeps the context once as it is sent and once as a layer; base image and RUN steps come on top. */
const CONTEXT_COPIES = 2;
const REST_BYTES = 1e9;

/** Said before a long build, not at its end. @throws UserError if there is not enough space. */
export async function checkDisk(
  { name, storage }: ContainerEngine,
  job: ImageJob,
  ports: PushImagePorts,
): Promise<void> {
  const free = storage === null ? null : await ports.freeBytes(storage);
  const needed = CONTEXT_COPIES * job.contextBytes + REST_BYTES;
  if (free === null || free >= needed) return;
  throw new UserError(
    `There is not enough space to build the image: ${gigabytes(free)} are free in ${storage}, where ${name} keeps images, and a context of ${gigabytes(job.contextBytes)} needs about ${gigabytes(needed)}. Free some space before this step (docker system prune), or leave files out of the context in .dockerignore. Nothing was built.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
