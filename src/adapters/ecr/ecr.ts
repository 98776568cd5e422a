/** ECR and STS by the AWS SDK. */
import type { ImageScanFindings } from '@aws-sdk/client-ecr';
import { createAwsClients, type AwsClients } from '../../clouds/aws/clients.ts';
import { ecrRegistryOf, parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { partitionOf } from '../../clouds/aws/partitions.ts';
import { codeOf, isMissing, saidBy } from '../../clouds/aws/errors.ts';
import { awsTags } from '../../clouds/aws/tags.ts';
import { UpstreamError } from '../../core/errors.ts';
import {
  lifecyclePolicy,
  pullPolicy,
  type Ecr,
  type EcrRegistry,
  type EcrRepository,
  type Login,
} from '../../core/image/ecr.ts';
import type { Finding, ScanState } from '../../core/image/scan.ts';

export interface EcrOptions {
  readonly signal: AbortSignal;
  /** Called with every password, so it can be hidden from logs. */
  readonly onPassword?: (password: string) => void;
  /** Further settings of the clients, such as their endpoint. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export function createEcr(options: EcrOptions): Ecr {
  const ecr = new EcrOfAccount(options);
  return {
    registryAt: parseEcrHost,
    ownRegistry: (region) => ecr.ownRegistry(region),
    login: (registry) => ecr.login(registry),
    repository: (registry, repository) => ecr.repository(registry, repository),
    createRepository: (...parameters) => ecr.createRepository(...parameters),
    scanState: (registry, repository, digest) => ecr.scanState(registry, repository, digest),
    startScan: (registry, repository, digest) => ecr.startScan(registry, repository, digest),
  };
}

/** The policy that push-image needs. */
const GUIDE = 'docs/iam/push-image-ecr.json';

class EcrOfAccount {
  readonly #options: EcrOptions;
  readonly #onPassword: (password: string) => void;
  readonly #clients = new Map<string, AwsClients>();
  readonly #logins = new Map<string, Promise<Login>>();

  constructor(options: EcrOptions) {
    this.#options = options;
    this.#onPassword = options.onPassword ?? (() => undefined);
  }

  async ownRegistry(region: string): Promise<EcrRegistry> {
    const clients = this.#in(region);
    const sts = await clients.sts();
    const { Account } = await clients.call('sts:GetCallerIdentity', (http) =>
      sts.getCallerIdentity({}, http),
    );
    if (Account === undefined)
      throw new UpstreamError('AWS', 'AWS STS named no account for the credentials.');
    return ecrRegistryOf(Account, region);
  }

  /** Asked for once in a run. */
  login(registry: EcrRegistry): Promise<Login> {
    const known = this.#logins.get(registry.region);
    if (known !== undefined) return known;
    const login = this.#login(registry);
    this.#logins.set(registry.region, login);
    return login;
  }

  /** One token opens every registry of the region that the credentials may use, also of other accounts. */
  async #login({ region, host }: EcrRegistry): Promise<Login> {
    const clients = this.#in(region);
    const ecr = await clients.ecr();
    const { authorizationData } = await clients.call(
      { operation: 'ecr:GetAuthorizationToken', on: host },
      (http) => ecr.getAuthorizationToken({}, http),
    );
    const token = authorizationData?.[0]?.authorizationToken ?? '';
    const decoded = Buffer.from(token, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon < 1) throw new UpstreamError('AWS', `AWS returned no login for ${host}. Run this step again.`);
    const password = decoded.slice(colon + 1);
    this.#onPassword(password);
    return { username: decoded.slice(0, colon), password };
  }

  async repository({ account, region }: EcrRegistry, repository: string): Promise<EcrRepository | null> {
    const clients = this.#in(region);
    const ecr = await clients.ecr();
    const input = { registryId: account, repositoryNames: [repository] };
    try {
      const answer = await clients.call({ operation: 'ecr:DescribeRepositories', on: repository }, (http) =>
        ecr.describeRepositories(input, http),
      );
      return factsOf(answer.repositories?.[0]);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async createRepository(
    registry: EcrRegistry,
    repository: string,
    tags: ReadonlyMap<string, string>,
    pulledBy: string | null,
  ): Promise<EcrRepository> {
    const clients = this.#in(registry.region);
    const ecr = await clients.ecr();
    const place = { registryId: registry.account, repositoryName: repository };
    const created = await this.#create(registry, repository, tags);
    const policy = { ...place, lifecyclePolicyText: JSON.stringify(lifecyclePolicy()) };
    await clients.call({ operation: 'ecr:PutLifecyclePolicy', on: repository }, (http) =>
      ecr.putLifecyclePolicy(policy, http),
    );
    if (pulledBy !== null) await this.#letPull(registry, repository, pulledBy);
    return created ?? (await this.repository(registry, repository)) ?? { immutableTags: false };
  }

  async #letPull(registry: EcrRegistry, repository: string, service: string): Promise<void> {
    const { account, region } = registry;
    const clients = this.#in(region);
    const ecr = await clients.ecr();
    const policyText = JSON.stringify(pullPolicy(service, registry, partitionOf(region).name));
    await clients.call({ operation: 'ecr:SetRepositoryPolicy', on: repository }, (http) =>
      ecr.setRepositoryPolicy({ registryId: account, repositoryName: repository, policyText }, http),
    );
  }

  /** null if another run has made it. */
  async #create(
    { account, region }: EcrRegistry,
    repository: string,
    tags: ReadonlyMap<string, string>,
  ): Promise<EcrRepository | null> {
    const clients = this.#in(region);
    const ecr = await clients.ecr();
    const input = {
      registryId: account,
      repositoryName: repository,
      imageTagMutability: 'IMMUTABLE' as const,
      imageScanningConfiguration: { scanOnPush: true },
      tags: awsTags(tags),
    };
    try {
      const answer = await clients.call({ operation: 'ecr:CreateRepository', on: repository }, (http) =>
        ecr.createRepository(input, http),
      );
      return factsOf(answer.repository);
    } catch (error) {
      if (codeOf(error) === 'RepositoryAlreadyExistsException') return null;
      throw error;
    }
  }

  async scanState({ account, region }: EcrRegistry, repository: string, digest: string) {
    const clients = this.#in(region);
    const ecr = await clients.ecr();
    const input = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
    try {
      const answer = await clients.call(
        { operation: 'ecr:DescribeImageScanFindings', on: `${repository}@${digest}` },
        (http) => ecr.describeImageScanFindings(input, http),
      );
      return scanStateOf(answer.imageScanStatus ?? {}, answer.imageScanFindings);
    } catch (error) {
      if (codeOf(error) === 'ScanNotFoundException') return null;
      throw error;
    }
  }

  async startScan({ account, region }: EcrRegistry, repository: string, digest: string) {
    // The SDK takes the limit of one scan a day for throttling, and would come back for seconds.
    const clients = this.#in(region, 2);
    const ecr = await clients.ecr();
    const input = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
    try {
      await clients.call({ operation: 'ecr:StartImageScan', on: `${repository}@${digest}` }, (http) =>
        ecr.startImageScan(input, http),
      );
      return null;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'UnsupportedImageTypeException') {
        return { status: 'impossible' as const, detail: saidBy(error), counts: {}, findings: [] };
      }
      // Once in 24 hours; and with enhanced scanning the platform scans by itself.
      const enhanced = code === 'ValidationException' && /enhanced|disabled/i.test(saidBy(error));
      if (code === 'LimitExceededException' || enhanced) return null;
      throw error;
    }
  }

  /** Clients for a region. */
  #in(region: string, maxAttempts?: number): AwsClients {
    const key = `${region} ${maxAttempts ?? ''}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const attempts = maxAttempts === undefined ? {} : { maxAttempts };
    const { signal, config } = this.#options;
    const clients = createAwsClients({ region, signal, guide: GUIDE, config: { ...attempts, ...config } });
    this.#clients.set(key, clients);
    return clients;
  }
}

function factsOf(repository: { imageTagMutability?: string | undefined } | undefined): EcrRepository {
  return { immutableTags: repository?.imageTagMutability === 'IMMUTABLE' };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html; ACTIVE is enhanced scanning's "done". */
const DONE = new Set(['COMPLETE', 'ACTIVE']);
const RUNNING = new Set(['IN_PROGRESS', 'PENDING']);

function scanStateOf(
  { status = 'unknown', description = '' }: { status?: string | undefined; description?: string | undefined },
  found: ImageScanFindings | undefined,
): ScanState {
  const running = RUNNING.has(status) ? 'running' : 'impossible';
  return {
    status: DONE.has(status) ? 'done' : running,
    detail: description === '' ? status : `${status}: ${description}`,
    counts: found?.findingSeverityCounts ?? {},
    findings: [...basicFindings(found), ...enhancedFindings(found)],
  };
}

function basicFindings(found: ImageScanFindings | undefined): Finding[] {
  return (found?.findings ?? []).map(({ name = '', severity = '', uri = '', attributes = [] }) => {
    const value = (wanted: string) => attributes.find(({ key }) => key === wanted)?.value ?? '';
    return {
      name,
      severity,
      url: uri,
      package: `${value('package_name')} ${value('package_version')}`.trim(),
    };
  });
}

function enhancedFindings(found: ImageScanFindings | undefined): Finding[] {
  return (found?.enhancedFindings ?? []).map(({ title = '', severity = '', packageVulnerabilityDetails }) => {
    const [first] = packageVulnerabilityDetails?.vulnerablePackages ?? [];
    return {
      name: packageVulnerabilityDetails?.vulnerabilityId ?? title,
      severity,
      url: packageVulnerabilityDetails?.sourceUrl ?? '',
      package: `${first?.name ?? ''} ${first?.version ?? ''}`.trim(),
    };
  });
}
