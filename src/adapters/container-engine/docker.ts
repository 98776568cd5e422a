/** docker, with what it has: buildx, the BuildKit of clients before 23, or the classic builder. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { BuildRequest, ContainerEngine, LayerCache } from '../../core/image/container-engine.ts';
import { commonFlags, secretFlags } from './build-flags.ts';
import { buildFailed, logIn, push, start, type EngineTools, type Program } from './program.ts';

/** What is used of `docker info --format '{{json .}}'`. */
export interface DockerInfo {
  readonly ServerVersion?: string;
  readonly DockerRootDir?: string;
  readonly ServerErrors?: readonly string[] | null;
  readonly ClientInfo?: {
    readonly Version?: string;
    readonly Plugins?:
      readonly { readonly Name: string; readonly Version?: string; readonly Err?: unknown }[] | null;
  };
}

type Builder =
  | { readonly kind: 'buildx'; readonly version: string }
  | { readonly kind: 'buildkit' }
  | { readonly kind: 'classic' };

const BUILDER_NAMES = { buildkit: 'its own BuildKit', classic: 'the classic builder' } as const;
const INSTALL_BUILDX = 'Install buildx (docker/setup-buildx-action, or the package docker-buildx-plugin)';

export function dockerEngine(tools: EngineTools, program: Program, info: DockerInfo): ContainerEngine {
  const builder = builderOf(info);
  const with_ = builder.kind === 'buildx' ? `buildx ${builder.version}` : BUILDER_NAMES[builder.kind];
  return {
    name: `docker ${info.ServerVersion ?? ''} with ${with_}`,
    storage: info.DockerRootDir ?? null,
    check: (request) => refuseWhatIsMissing(builder, request),
    login: (registry, login) => logIn(tools, program, registry, login),
    logout: async (registry) => {
      await start(tools, program, ['logout', registry]);
    },
    build: (request) => build(tools, program, builder, request),
    push: (reference) => push(tools, program, ['push', reference], reference),
  };
}

/**
 * The plug-in buildx if it is there and whole. Clients before 23 bring BuildKit themselves, and their info gives
 * no version; later ones without buildx have the classic builder only.
 * https://docs.docker.com/engine/release-notes/23.0/#2300 (buildx and BuildKit by default)
 */
function builderOf(info: DockerInfo): Builder {
  const buildx = info.ClientInfo?.Plugins?.find(({ Name, Err }) => Name === 'buildx' && !Err);
  if (buildx) return { kind: 'buildx', version: (buildx.Version ?? '').replace(/^v/, '') };
  return info.ClientInfo !== undefined && info.ClientInfo.Version === undefined
    ? { kind: 'buildkit' }
    : { kind: 'classic' };
}

async function build(
  tools: EngineTools,
  program: Program,
  builder: Builder,
  request: BuildRequest,
): Promise<void> {
  refuseWhatIsMissing(builder, request);
  const secrets = secretFlags(request.secrets);
  const args = [
    ...(builder.kind === 'buildx'
      ? [
          ...['buildx', 'build', ...outputFlags(builder.version, request), ...cacheFlags(request.cache)],
          // Builders of their own want to hear it twice.
          ...(request.network === 'host' ? ['--allow', 'network.host'] : []),
        ]
      : ['build']),
    ...commonFlags(request),
    ...proxyFlags(tools.proxyVariables ?? [], request),
    ...secrets.flags,
    request.context,
  ];
  const env = { ...secrets.env, DOCKER_BUILDKIT: builder.kind === 'classic' ? '0' : '1' };
  const result = await start(tools, program, args, { show: true, env });
  if (result.exitCode === 0) return;
  const { platform } = request;
  throw buildFailed({ result, program, platform, secrets: [...request.secrets.values()] });
}

/** https://docs.docker.com/build/cache/backends/ */
function cacheFlags(cache: LayerCache | null): string[] {
  if (cache === null) return [];
  if (cache.kind === 'gha') {
    const scope = `type=gha,scope=${cache.scope}`;
    return ['--cache-from', scope, '--cache-to', `${scope},mode=max`];
  }
  const from = `type=registry,ref=${cache.reference}`;
  // One manifest of an image, because ECR does not take the index that is the default of older versions.
  return ['--cache-from', from, '--cache-to', `${from},mode=max,image-manifest=true,oci-mediatypes=true`];
}

/**
 * Docker does not hand the client's proxy to RUN steps by itself. Named without a value, it takes the value from the
 * environment, so a password in it is in no argument; these names leave no trace in the image.
 * https://docs.docker.com/build/building/variables/#proxy-arguments
 */
function proxyFlags(names: readonly string[], { args }: BuildRequest): string[] {
  return names.filter((name) => !args.has(name)).flatMap((name) => ['--build-arg', name]);
}

/**
 * buildx adds a provenance attestation by default, which turns the image into an index.
 * https://docs.docker.com/build/metadata/attestations/
 */
function outputFlags(version: string, request: BuildRequest): string[] {
  if (!request.singleDockerManifest) return ['--load'];
  const attestations = knowsAttestations(version) ? ['--provenance=false', '--sbom=false'] : [];
  return [...attestations, '--output', 'type=docker,oci-mediatypes=false'];
}

/** Since buildx 0.10; a build without a version is taken for a new one. */
function knowsAttestations(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || Number(major) > 0 || version.startsWith('0.0.')) return true;
  return Number(minor) >= 10;
}

function refuseWhatIsMissing(builder: Builder, request: BuildRequest): void {
  const problems = [];
  if (request.cache !== null && builder.kind !== 'buildx') {
    problems.push({
      where: 'cache',
      message: `"${request.cache.kind}" needs buildx, and this docker has ${BUILDER_NAMES[builder.kind]}.`,
      fix: `${INSTALL_BUILDX}, or set cache: none.`,
    });
  }
  if (request.model !== null && builder.kind !== 'buildx') {
    problems.push({
      where: 'model-path',
      message: `A model for the build needs buildx, and this docker has ${BUILDER_NAMES[builder.kind]}.`,
      fix: `${INSTALL_BUILDX}, or use podman.`,
    });
  }
  if (builder.kind === 'classic') problems.push(...beyondClassic(request));
  if (problems.length > 0) throw UserError.of(problems);
}

function beyondClassic(request: BuildRequest): Problem[] {
  const problems: Problem[] = [];
  if (request.secrets.size > 0) {
    problems.push({
      where: 'build-secrets',
      message: 'Docker without buildx cannot keep build secrets out of the image.',
      fix: `${INSTALL_BUILDX}, or use podman.`,
    });
  }
  if (request.ignoreFile !== null && request.ignoreFile === `${request.dockerfile}.dockerignore`) {
    problems.push({
      where: 'dockerfile',
      message: `Docker without buildx does not read ${request.ignoreFile}.`,
      fix: `${INSTALL_BUILDX}, or move the rules to .dockerignore in the context.`,
    });
  }
  return problems;
}
