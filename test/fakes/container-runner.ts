/** An engine whose containers are small HTTP servers in this process. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  ContainerRunner,
  ContainerSpec,
  RunningContainer,
} from '../../src/core/image/container-runner.ts';
import { UserError } from '../../src/core/errors.ts';

/** What a container of an image does: answer, never get healthy, or end at once. */
export type FakeImage = 'serves' | 'unhealthy' | 'ends';

interface Started {
  readonly spec: ContainerSpec;
  readonly server: Server;
  ended: boolean;
}

export class FakeRunner implements ContainerRunner {
  readonly name = 'docker 0';
  /** By reference. */
  readonly images = new Map<string, FakeImage>();
  readonly fetched: string[] = [];
  readonly containers = new Map<string, Started>();
  /** Removes nothing, as where the process that should have was killed. */
  frozen = false;
  /** Everything that was ever started. */
  readonly specs: ContainerSpec[] = [];

  fetch(image: string): Promise<void> {
    this.fetched.push(image);
    return this.images.has(image)
      ? Promise.resolve()
      : Promise.reject(new UserError(`there is no image ${image}`));
  }

  async run(spec: ContainerSpec): Promise<RunningContainer> {
    const kind = this.images.get(spec.image) ?? 'ends';
    const label = spec.environment.get('LABEL') ?? '0';
    const server = createServer((request, response) => {
      if (kind === 'unhealthy') response.writeHead(500).end();
      else if (request.url === '/ping') response.end();
      else {
        const { accept = '', 'content-type': type = '' } = request.headers;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ predictions: [Number(label)], accept, type }));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const started: Started = { spec, server, ended: kind === 'ends' };
    if (!existsSync(spec.mount.source)) throw new Error('the mounted folder is not there');
    this.containers.set(spec.name, started);
    this.specs.push(spec);
    return {
      name: spec.name,
      port,
      exitCode: () => Promise.resolve(started.ended ? 3 : null),
      logs: () =>
        Promise.resolve(`starting\ncould not load the model of ${spec.image} with ${variablesOf(spec)}`),
      remove: () => this.#remove(spec.name),
    };
  }

  async removeAll(labels: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const names = [...this.containers.values()]
      .filter(({ spec }) => [...labels].every(([name, value]) => spec.labels.get(name) === value))
      .map(({ spec }) => spec.name);
    for (const name of names) await this.#remove(name);
    return names;
  }

  /** As when the program in it crashes. */
  async crash(name: string): Promise<void> {
    const started = this.containers.get(name);
    if (started === undefined) throw new Error(`there is no container ${name}`);
    started.ended = true;
    started.server.closeAllConnections();
    await new Promise((resolve) => started.server.close(resolve));
  }

  async #remove(name: string): Promise<void> {
    if (this.frozen) return;
    const started = this.containers.get(name);
    this.containers.delete(name);
    started?.server.closeAllConnections();
    await new Promise((resolve) => started?.server.close(resolve) ?? resolve(null));
  }
}

/** As programs do that print their configuration. */
function variablesOf({ environment }: ContainerSpec): string {
  return JSON.stringify(Object.fromEntries(environment));
}
