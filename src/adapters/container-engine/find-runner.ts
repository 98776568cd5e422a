/** Finds the engine that runs containers on this machine: docker, or else podman. */
import { UserError } from '../../core/errors.ts';
import type { FindRunner } from '../../core/image/container-runner.ts';
import type { Which } from '../../core/ports.ts';
import { start, tail, type EngineTools, type Program } from './program.ts';
import { createRunner } from './runner.ts';

export function runnerFinder(tools: EngineTools & { readonly which: Which }): FindRunner {
  return async () => {
    const troubles: string[] = [];
    for (const name of ['docker', 'podman']) {
      const path = await tools.which(name);
      if (path === null) continue;
      const program = { name, path };
      const { version, trouble } = await ask(tools, program);
      if (version !== null) return createRunner(tools, program, `${name} ${version}`);
      troubles.push(`${name} is installed, but does not answer: ${trouble}`);
    }
    throw new UserError(
      troubles.length > 0
        ? `${troubles.join('\n')}\nStart it, or leave image-uri out to serve an ONNX model without a container.`
        : 'There is no container engine to run the image with: neither docker nor podman is on the PATH. Run this job on a runner with Docker (runs-on: ubuntu-latest has it), or leave image-uri out to serve an ONNX model without a container.',
    );
  };
}

async function ask(
  tools: EngineTools,
  program: Program,
): Promise<{ version: string; trouble: '' } | { version: null; trouble: string }> {
  const format = program.name === 'docker' ? '{{.Server.Version}}' : '{{.Client.Version}}';
  const result = await start(tools, program, ['version', '--format', format]);
  const version = result.stdout.trim();
  if (result.exitCode === 0 && version !== '') return { version, trouble: '' };
  return { version: null, trouble: tail(result.stderr, 1) || `exit code ${result.exitCode}` };
}
