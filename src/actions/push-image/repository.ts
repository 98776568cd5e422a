/** The repository in ECR: looked at, created on request, and logged in to. Other registries have nothing of this. */
import { UserError } from '../../core/errors.ts';
import type { ContainerEngine } from '../../core/image/container-engine.ts';
import type { EcrRepository } from '../../core/image/ecr.ts';
import { formatReference } from '../../core/image/reference.ts';
import type { PushImagePorts } from './ports.ts';
import type { PushImageInputs } from './inputs.ts';
import type { ImageJob } from './prepare.ts';

/** null for a registry that is not ECR's; `missing` if it will be created. */
export type RepositoryFacts = EcrRepository | 'missing' | null;

/** Reads only. @throws UserError for a repository that is missing and not to be created. */
export async function findRepository(
  job: ImageJob,
  inputs: PushImageInputs,
  ports: PushImagePorts,
): Promise<RepositoryFacts> {
  if (job.ecr === null) return null;
  const { repository } = job.name;
  const found = await ports.ecr.repository(job.ecr, repository);
  const { account, region } = job.ecr;
  if (found === null && !inputs.createRepository) {
    const message = `There is no ECR repository "${repository}" in the account ${account}, region ${region}.`;
    const fix = 'Set create-repository: true to create it, or check repository, registry and aws-region.';
    throw UserError.of([{ where: 'repository', message, fix }]);
  }
  if (found?.immutableTags && job.build.cache?.kind === 'registry') {
    const message = `"registry" needs a tag that can be moved, and the tags of ${repository} are immutable.`;
    throw UserError.of([{ where: 'cache', message, fix: 'Set cache: gha, or cache: none.' }]);
  }
  return found ?? 'missing';
}

export async function createRepository(job: ImageJob, ports: PushImagePorts): Promise<void> {
  if (job.ecr === null) return;
  const pulls = job.rules.pulledBy === null ? '' : `, and a policy that lets ${job.rules.title} pull`;
  await ports.ecr.createRepository(job.ecr, job.name.repository, job.resourceTags, job.rules.pulledBy);
  ports.log.notice(
    `Created the ECR repository ${formatReference(job.name)}: scan on push, immutable tags, and a lifecycle policy that keeps deployed images${pulls}.`,
  );
}

/** Runs `body` with the engine logged in to the registry of a cloud; elsewhere the job has logged in before this step. */
export async function loggedIn<T>(
  { ecr, name }: ImageJob,
  engine: ContainerEngine,
  ports: PushImagePorts,
  body: () => Promise<T>,
): Promise<T> {
  const login = ecr === null ? await ports.cloudLogin(name) : await ports.ecr.login(ecr);
  if (login === null) return body();
  const host = ecr?.host ?? name.registry;
  await engine.login(host, login);
  try {
    return await body();
  } finally {
    // The token opens the registry for hours; a cancelled run has no time for it, and the runner ends with the job.
    if (!ports.signal.aborted) await engine.logout(host);
  }
}
