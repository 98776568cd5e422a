/** The flags that docker, buildx, podman and buildah have in common. */
import type { BuildRequest } from '../../core/image/container-engine.ts';

export function commonFlags(request: BuildRequest): string[] {
  return [
    '--file',
    request.dockerfile,
    '--platform',
    request.platform,
    '--tag',
    request.reference,
    ...(request.network === 'default' ? [] : ['--network', request.network]),
    ...[...request.args].flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    // https://docs.docker.com/build/concepts/context/#named-contexts
    ...(request.model === null ? [] : ['--build-context', `model=${request.model}`]),
    ...[...request.labels].flatMap(([name, value]) => ['--label', `${name}=${value}`]),
  ];
}

/** Secrets go by variables of the engine's process, so no argument and no file ever holds one. */
export function secretFlags(secrets: ReadonlyMap<string, string>): {
  flags: string[];
  env: Record<string, string>;
} {
  const numbered = [...secrets].map(([id, value], index) => ({
    id,
    value,
    variable: `ML_DEPLOY_BUILD_SECRET_${index}`,
  }));
  return {
    flags: numbered.flatMap(({ id, variable }) => ['--secret', `id=${id},env=${variable}`]),
    env: Object.fromEntries(numbered.map(({ variable, value }) => [variable, value])),
  };
}
