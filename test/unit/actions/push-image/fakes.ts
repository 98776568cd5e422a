import type { ContainerEngine } from '../../../../src/core/image/container-engine.ts';
import { ecrRegistryOf, parseEcrHost } from '../../../../src/clouds/aws/ecr-registry.ts';
import type { Ecr, EcrRegistry, EcrRepository } from '../../../../src/core/image/ecr.ts';
import type { ScanState } from '../../../../src/core/image/scan.ts';

export function fakeEngine(change: Partial<ContainerEngine> = {}): ContainerEngine {
  return {
    name: 'docker 1 with buildx 2',
    storage: '/var/lib/docker',
    check: () => undefined,
    login: () => Promise.resolve(),
    logout: () => Promise.resolve(),
    build: () => Promise.resolve(),
    push: () => Promise.resolve(),
    ...change,
  };
}

export const ACCOUNT = '123456789012';

/** ECR in memory; every call is written down. */
export class MemoryEcr implements Ecr {
  readonly calls: string[] = [];
  readonly repositories = new Map<string, EcrRepository>();
  readonly tags = new Map<string, ReadonlyMap<string, string>>();
  /** What scanState answers, one after the other; the last one stays. */
  scans: (ScanState | null)[] = [];

  registryAt = parseEcrHost;

  ownRegistry(region: string): Promise<EcrRegistry> {
    this.calls.push(`identity ${region}`);
    return Promise.resolve(ecrRegistryOf(ACCOUNT, region));
  }

  login({ host }: EcrRegistry) {
    this.calls.push(`login ${host}`);
    return Promise.resolve({ username: 'AWS', password: 'token' });
  }

  repository({ host }: EcrRegistry, repository: string) {
    this.calls.push(`describe ${host}/${repository}`);
    return Promise.resolve(this.repositories.get(repository) ?? null);
  }

  createRepository(
    { host }: EcrRegistry,
    repository: string,
    tags: ReadonlyMap<string, string>,
    pulledBy: string | null,
  ) {
    this.calls.push(`create ${host}/${repository}${pulledBy === null ? '' : ` for ${pulledBy}`}`);
    this.tags.set(repository, tags);
    const made = { immutableTags: true };
    this.repositories.set(repository, made);
    return Promise.resolve(made);
  }

  scanState() {
    this.calls.push('scan state');
    const [state] = this.scans.length > 1 ? this.scans.splice(0, 1) : this.scans;
    return Promise.resolve(state ?? null);
  }

  /** What startScan answers. */
  scanRefusal: ScanState | null = null;

  startScan() {
    this.calls.push('start scan');
    return Promise.resolve(this.scanRefusal);
  }
}
