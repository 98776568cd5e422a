/** Runs containers by docker's command line, which podman takes too. */
import { createServer, type AddressInfo } from 'node:net';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { ContainerRunner, ContainerSpec, RunningContainer } from '../../core/image/container-runner.ts';
import type { ExecResult } from '../../core/ports.ts';
import { start, tail, type EngineTools, type Program } from './program.ts';

const LOOPBACK = '127.0.0.1';
/** SageMaker kills a container 30 seconds after it asked it to end. Here somebody waits for it. */
const STOP_SECONDS = 5;
const TAIL_LINES = 20;

/** What the client itself listens to; the container's values of these must not reach it. */
const OF_THE_CLIENT =
  /^(PATH|HOME|TMPDIR|XDG_.*|DOCKER_.*|CONTAINERS?_.*|REGISTRY_AUTH_FILE|.*_PROXY|LD_.*|GO.*|SSL_CERT_.*)$/i;

export function createRunner(tools: EngineTools, program: Program, name: string): ContainerRunner {
  const engine = new Engine(tools, program);
  return {
    name,
    fetch: (image) => engine.fetch(image),
    run: (spec) => engine.run(spec),
    removeAll: (labels) => engine.removeAll(labels),
  };
}

class Engine {
  readonly #tools: EngineTools;
  readonly #program: Program;
  #hasBridge: Promise<boolean> | null = null;

  constructor(tools: EngineTools, program: Program) {
    this.#tools = tools;
    this.#program = program;
  }

  async fetch(image: string): Promise<void> {
    const known = await this.#ask(['image', 'inspect', '--format', '{{.Id}}', image]);
    if (known.exitCode === 0) return;
    const pulled = await start(this.#tools, this.#program, ['pull', image], { show: true });
    if (pulled.exitCode !== 0) throw this.#pullFailed(image, pulled);
  }

  async run(spec: ContainerSpec): Promise<RunningContainer> {
    const onHost = !(await this.#bridged());
    const port = onHost ? await freePort() : spec.port;
    const environment = new Map([...spec.environment, [spec.portVariable, String(port)]]);
    const result = await this.#start(spec, environment, onHost);
    if (result.exitCode !== 0) {
      await this.#remove(spec.name);
      const said = tail(result.stderr, 1) || `exit code ${result.exitCode}`;
      throw new UpstreamError(
        this.#program.name,
        `${this.#program.name} could not start ${spec.image}: ${said}`,
        {
          detail: tail(result.stderr, TAIL_LINES),
        },
      );
    }
    const reached = onHost ? port : await this.#published(spec);
    return {
      name: spec.name,
      port: reached,
      exitCode: () => this.#exitCode(spec.name),
      logs: (lines) => this.#logs(spec.name, lines),
      remove: () => this.#remove(spec.name),
    };
  }

  async removeAll(labels: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const filters = [...labels].flatMap(([name, value]) => ['--filter', `label=${name}=${value}`]);
    const found = await this.#must(['ps', '--all', '--format', '{{.Names}}', ...filters]);
    const names = found.split('\n').filter((name) => name !== '');
    for (const name of names) await this.#remove(name);
    return names;
  }

  /** Values go by the client's environment or standard input, so they are in no argument. */
  #start(
    spec: ContainerSpec,
    environment: ReadonlyMap<string, string>,
    onHost: boolean,
  ): Promise<ExecResult> {
    const { source, target } = spec.mount;
    const byInput = [...environment].filter(([name]) => OF_THE_CLIENT.test(name));
    const byClient = [...environment].filter(([name]) => !OF_THE_CLIENT.test(name));
    const args = [
      ...['run', '--detach', '--pull', 'never', '--name', spec.name],
      ...[...spec.labels].flatMap(([name, value]) => ['--label', `${name}=${value}`]),
      ...['--mount', `type=bind,source=${source},target=${target},readonly`],
      ...(this.#program.name === 'podman' ? ['--security-opt', 'label=disable'] : []),
      ...(onHost ? ['--network', 'host'] : ['--publish', `${LOOPBACK}::${spec.port}`]),
      ...byClient.flatMap(([name]) => ['--env', name]),
      ...(byInput.length > 0 ? ['--env-file', '/dev/stdin'] : []),
      spec.image,
      ...spec.args,
    ];
    const input = byInput.map(([name, value]) => `${name}=${value}\n`).join('');
    return start(this.#tools, this.#program, args, {
      env: Object.fromEntries(byClient),
      ...(input === '' ? {} : { input }),
    });
  }

  /** Engines without a bridge network, such as one inside a container, share the machine's ports. */
  #bridged(): Promise<boolean> {
    if (this.#program.name === 'podman') return Promise.resolve(true);
    this.#hasBridge ??= this.#ask([
      'network',
      'ls',
      '--filter',
      'driver=bridge',
      '--format',
      '{{.Name}}',
    ]).then(({ exitCode, stdout }) => exitCode !== 0 || stdout.trim() !== '');
    return this.#hasBridge;
  }

  async #published({ name, port, image }: ContainerSpec): Promise<number> {
    const { stdout } = await this.#ask(['port', name, `${port}/tcp`]);
    const published = Number(/:(\d+)\s*$/m.exec(stdout)?.[1]);
    if (published > 0) return published;
    // One that has ended already no longer has a port; what it printed says why.
    const detail = await this.#logs(name, TAIL_LINES);
    await this.#remove(name);
    throw new UpstreamError(
      'container',
      `The container of ${image} ended as soon as it was started: ${tail(detail, 1) || '(it printed nothing)'}`,
      { detail },
    );
  }

  async #exitCode(name: string): Promise<number | null> {
    const { exitCode, stdout } = await this.#ask([
      ...['inspect', '--type', 'container', '--format', '{{.State.Running}} {{.State.ExitCode}}', name],
    ]);
    const [running, code] = stdout.trim().split(' ');
    if (exitCode !== 0) return -1;
    return running === 'true' ? null : Number(code);
  }

  async #logs(name: string, lines: number): Promise<string> {
    const { stdout, stderr } = await this.#ask(['logs', '--tail', String(lines), name]);
    return tail(`${stdout}\n${stderr}`, lines);
  }

  /** Also if the run is cancelled: a container must not outlive it. */
  async #remove(name: string): Promise<void> {
    const { exec } = this.#tools;
    const { path } = this.#program;
    await exec(path, ['stop', '--time', String(STOP_SECONDS), name]);
    const removed = await exec(path, ['rm', '--force', name]);
    if (removed.exitCode === 0 || /no such container|no container with name/i.test(removed.stderr)) return;
    throw new UpstreamError(
      this.#program.name,
      `${this.#program.name} could not remove the container ${name}: ${tail(removed.stderr, 1)}`,
    );
  }

  #pullFailed(image: string, { stdout, stderr, exitCode }: ExecResult): Error {
    const said = tail(stderr, 1) || tail(stdout, 1) || `exit code ${exitCode}`;
    const registry = image.split('/')[0] ?? image;
    const { name } = this.#program;
    if (/unauthorized|authentication required|no basic auth|denied|\b403\b/i.test(said)) {
      return new UserError(
        `${registry} did not let ${name} pull ${image}: ${said}. Log in before this step (${name} login ${registry}) with a user who can read there.`,
      );
    }
    if (/not found|manifest unknown|name unknown/i.test(said)) {
      return new UserError(`${registry} has no image ${image}: ${said}. Check image-uri.`);
    }
    return new UpstreamError(registry, `${name} could not pull ${image}: ${said}`, {
      detail: tail(`${stdout}\n${stderr}`, TAIL_LINES),
    });
  }

  #ask(args: readonly string[]): Promise<ExecResult> {
    return start(this.#tools, this.#program, args);
  }

  async #must(args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#ask(args);
    if (exitCode === 0) return stdout;
    const { name } = this.#program;
    throw new UpstreamError(
      name,
      `${name} ${args[0] ?? ''} failed: ${tail(stderr, 1) || `exit code ${exitCode}`}`,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
