import { UpstreamError } from '../../../../src/core/errors.ts';
import type {
  CandidateInfo,
  DeploymentResult,
  DeploymentTarget,
  EndpointDescription,
  EndpointInvoker,
  VersionInfo,
} from '../../../../src/core/targets.ts';

export const V1 = versionInfo('1'.repeat(64));
export const V2 = versionInfo('2'.repeat(64));

export function versionInfo(version: string, more: Partial<VersionInfo> = {}): VersionInfo {
  return {
    version,
    modelDigest: version,
    imageDigest: null,
    referenceDigest: null,
    referenceUrl: null,
    planDigest: null,
    release: null,
    deployedAt: '2026-01-01T00:00:00.000Z',
    served: true,
    verified: false,
    ...more,
  };
}

export function candidateInfo(name: string, version: VersionInfo): CandidateInfo {
  return { ...version, name, url: `http://fake/candidates/${name}`, expiresAt: '2026-02-01T00:00:00.000Z' };
}

/** An endpoint "churn" in memory, with the live version, the one before, and candidates. */
export class FakeTarget implements DeploymentTarget {
  readonly name = 'local';
  readonly calls: string[] = [];
  description: EndpointDescription;
  /** What a rollback does; by default what it should. */
  onRollback: () => void = () => {
    const { previous } = this.description;
    this.description = { ...this.description, live: previous, previous: null };
  };
  readonly #invokers: Readonly<Record<string, EndpointInvoker>>;

  /** @param invokers by candidate name; '' is the live version's. */
  constructor(
    description: Partial<EndpointDescription>,
    invokers: Readonly<Record<string, EndpointInvoker>>,
  ) {
    this.description = {
      endpoint: 'churn',
      status: 'serving',
      detail: '',
      url: 'http://fake',
      arn: null,
      live: V2,
      previous: V1,
      candidates: [],
      versions: [],
      ...description,
    };
    this.#invokers = invokers;
  }

  async describe(endpoint: string): Promise<EndpointDescription> {
    if (endpoint === this.description.endpoint) return this.description;
    return { ...this.description, endpoint, status: 'absent', live: null, previous: null, candidates: [] };
  }

  async invoker(_endpoint: string, candidate: string | null): Promise<EndpointInvoker> {
    const found = this.#invokers[candidate ?? ''];
    if (!found) throw new UpstreamError('fake', `no invoker for ${candidate ?? 'live'}`);
    return found;
  }

  async rollback(
    endpoint: string,
    version: string | null,
    from: string | null = null,
  ): Promise<DeploymentResult> {
    this.calls.push(`rollback ${endpoint} ${version ?? 'null'} from ${from?.slice(0, 4) ?? 'null'}`);
    this.onRollback();
    return { outcome: 'rolled-back', message: 'Done.', description: this.description, candidate: null };
  }

  async noteRelease(endpoint: string, version: string, release: string): Promise<void> {
    this.calls.push(`noteRelease ${endpoint} ${version.slice(0, 4)} ${release}`);
  }

  async markVerified(endpoint: string, version: string): Promise<void> {
    this.calls.push(`markVerified ${endpoint} ${version.slice(0, 4)}`);
  }

  plan = unused;
  stage = unused;
  deploy = unused;
  promote = unused;
  discard = unused;
  teardown = unused;
  reap = unused;
  links = () => [];
  logs = async () => '';
}

async function unused(): Promise<never> {
  throw new Error('A smoke test has no business here.');
}
