/** Finds the container engine of this machine, and makes sure that it answers. */
import { UserError } from '../../core/errors.ts';
import type { ContainerEngine, FindEngine } from '../../core/image/container-engine.ts';
import type { Which } from '../../core/ports.ts';
import { dockerEngine, type DockerInfo } from './docker.ts';
import { podmanEngine } from './podman.ts';
import { start, tail, type EngineTools, type Program } from './program.ts';

/** What came of asking one program: an engine, or its own words for why not. */
type Answer = { readonly engine: ContainerEngine } | { readonly trouble: string };

interface Candidate {
  readonly program: string;
  readonly ask: (tools: EngineTools, program: Program) => Promise<Answer>;
  /** What to do if it is there but does not answer. */
  readonly fix: string;
}

const CANDIDATES: readonly Candidate[] = [
  {
    program: 'docker',
    ask: askDocker,
    fix: 'Start the daemon (sudo systemctl start docker), let this user reach its socket, or set DOCKER_HOST.',
  },
  { program: 'podman', ask: askPodman, fix: 'See whether `podman info` works for this user.' },
  { program: 'buildah', ask: askBuildah, fix: 'See whether `buildah info` works for this user.' },
];

/** Asks docker, podman and buildah in this order; the first that answers is used. */
export function engineFinder(tools: EngineTools & { readonly which: Which }): FindEngine {
  return async () => {
    const troubles: string[] = [];
    for (const { program: name, ask, fix } of CANDIDATES) {
      const path = await tools.which(name);
      if (path === null) continue;
      const answer = await ask(tools, { name, path });
      if ('engine' in answer) return answer.engine;
      troubles.push(`${name} is installed, but does not answer: ${sentence(answer.trouble)} ${fix}`);
    }
    throw new UserError(troubles.length > 0 ? troubles.join('\n') : NOTHING_FOUND, { page: 'image-build' });
  };
}

const NOTHING_FOUND =
  'There is no container engine to build the image with: none of docker, podman and buildah is on the PATH. Run this job on a runner with Docker (runs-on: ubuntu-latest has it), or install docker or podman before this step.';

async function askDocker(tools: EngineTools, program: Program): Promise<Answer> {
  const result = await start(tools, program, ['info', '--format', '{{json .}}']);
  const info = parseInfo(result.stdout);
  // The package podman-docker puts podman under docker's name.
  if (info !== null && 'host' in info) return { engine: podmanOf(tools, program, info) };
  const docker = info as DockerInfo | null;
  const errors = docker?.ServerErrors?.join(' ') ?? '';
  if (result.exitCode === 0 && docker?.ServerVersion) return { engine: dockerEngine(tools, program, docker) };
  return { trouble: errors || tail(result.stderr, 1) || `exit code ${result.exitCode}` };
}

async function askPodman(tools: EngineTools, program: Program): Promise<Answer> {
  const result = await start(tools, program, ['info', '--format', 'json']);
  const info = parseInfo(result.stdout);
  if (result.exitCode === 0 && info !== null) return { engine: podmanOf(tools, program, info) };
  return { trouble: tail(result.stderr, 1) || `exit code ${result.exitCode}` };
}

async function askBuildah(tools: EngineTools, program: Program): Promise<Answer> {
  const result = await start(tools, program, ['info']);
  if (result.exitCode !== 0) return { trouble: tail(result.stderr, 1) || `exit code ${result.exitCode}` };
  const version = await start(tools, program, ['--version']);
  const number = /version (\S+)/.exec(version.stdout)?.[1] ?? '';
  return {
    engine: podmanEngine(tools, program, { version: number, storage: graphRoot(parseInfo(result.stdout)) }),
  };
}

function podmanOf(tools: EngineTools, program: Program, info: Record<string, unknown>): ContainerEngine {
  const { Version } = (info.version ?? {}) as { Version?: string };
  const facts = { version: Version ?? '', storage: graphRoot(info) };
  return podmanEngine(tools, { name: 'podman', path: program.path }, facts);
}

/** Where podman and buildah keep images; null if they do not say. */
function graphRoot(info: Record<string, unknown> | null): string | null {
  const { graphRoot: podman, GraphRoot: buildah } = (info?.store ?? {}) as Record<string, unknown>;
  const root = podman ?? buildah;
  return typeof root === 'string' ? root : null;
}

function parseInfo(stdout: string): Record<string, unknown> | null {
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
