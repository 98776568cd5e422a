/** podman and buildah, which take the same flags. */
import { UserError } from '../../core/errors.ts';
import type { BuildRequest, ContainerEngine } from '../../core/image/container-engine.ts';
import { commonFlags, secretFlags } from './build-flags.ts';
import { buildFailed, logIn, push, start, type EngineTools, type Program } from './program.ts';

export function podmanEngine(
  tools: EngineTools,
  program: Program,
  { version, storage }: { readonly version: string; readonly storage: string | null },
): ContainerEngine {
  return {
    name: `${program.name} ${version}`.trim(),
    storage,
    check: (request) => refuseWhatIsMissing(program, request),
    login: (registry, login) => logIn(tools, program, registry, login, tlsFlags(`${registry}/`)),
    logout: async (registry) => {
      await start(tools, program, ['logout', registry]);
    },
    build: (request) => build(tools, program, request),
    push: (reference) => push(tools, program, ['push', ...tlsFlags(reference), reference], reference),
  };
}

async function build(tools: EngineTools, program: Program, request: BuildRequest): Promise<void> {
  refuseWhatIsMissing(program, request);
  const secrets = secretFlags(request.secrets);
  const args = [
    'build',
    // Docker media types, whatever the target: every registry and platform takes them.
    ...['--format', 'docker'],
    // Named explicitly, so a .containerignore does not change what the content tag covers.
    ...(request.ignoreFile === null ? [] : ['--ignorefile', request.ignoreFile]),
    ...commonFlags(request),
    ...secrets.flags,
    request.context,
  ];
  const result = await start(tools, program, args, { show: true, env: secrets.env });
  if (result.exitCode === 0) return;
  const { platform } = request;
  throw buildFailed({ result, program, platform, secrets: [...request.secrets.values()] });
}

function refuseWhatIsMissing({ name }: Program, { cache }: BuildRequest): void {
  if (cache === null) return;
  const message = `"${cache.kind}" needs docker with buildx, and ${name} is used here.`;
  throw UserError.of([{ where: 'cache', message, fix: 'Install docker with buildx, or set cache: none.' }]);
}

/** Docker uses plain http with registries on this machine; podman and buildah need an option for it. */
function tlsFlags(reference: string): string[] {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\//.test(reference) ? ['--tls-verify=false'] : [];
}
