/** ECR and STS by the AWS SDK, which is loaded with the first call. */
import type { ECRClient, ImageScanFindings } from '@aws-sdk/client-ecr';
import type { STSClient } from '@aws-sdk/client-sts';
import { UpstreamError } from '../../core/errors.ts';
import {
  ecrRegistryOf,
  lifecyclePolicy,
  type Ecr,
  type EcrRegistry,
  type EcrRepository,
  type Login,
} from '../../core/image/ecr.ts';
import type { Finding, ScanState } from '../../core/image/scan.ts';
import { awsError, nameOf } from './aws-errors.ts';

export interface EcrOptions {
  readonly signal: AbortSignal;
  /** Told of every password, so that it can be hidden from logs. */
  readonly onPassword?: (password: string) => void;
  /** Further settings of the clients, such as a requestHandler for a proxy. */
  readonly clientConfig?: () => Promise<object>;
}

type Sdk = typeof import('@aws-sdk/client-ecr');

export function createEcr(options: EcrOptions): Ecr {
  const ecr = new EcrOfAccount(options);
  return {
    ownRegistry: (region) => ecr.ownRegistry(region),
    login: (registry) => ecr.login(registry),
    repository: (registry, repository) => ecr.repository(registry, repository),
    createRepository: (registry, repository, tags) => ecr.createRepository(registry, repository, tags),
    scanState: (registry, repository, digest) => ecr.scanState(registry, repository, digest),
    startScan: (registry, repository, digest) => ecr.startScan(registry, repository, digest),
  };
}

/** The SDK's own retries, with its growing pauses, for throttling, dropped connections and trouble on the other side. */
const MAX_ATTEMPTS = 5;

class EcrOfAccount {
  readonly #signal: AbortSignal;
  readonly #onPassword: (password: string) => void;
  readonly #clientConfig: () => Promise<object>;
  readonly #clients = new Map<string, Promise<ECRClient>>();
  readonly #logins = new Map<string, Promise<Login>>();

  constructor({ signal, onPassword = () => undefined, clientConfig = globalAgents }: EcrOptions) {
    this.#signal = signal;
    this.#onPassword = onPassword;
    this.#clientConfig = clientConfig;
  }

  async ownRegistry(region: string): Promise<EcrRegistry> {
    const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const config = { region, maxAttempts: MAX_ATTEMPTS, ...(await this.#clientConfig()) };
    const client: STSClient = new STSClient(config);
    const { Account } = await this.#do('ask which account the credentials belong to', () =>
      client.send(new GetCallerIdentityCommand({}), this.#abort()),
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
    const { GetAuthorizationTokenCommand } = await sdk();
    const client = await this.#client(region);
    const { authorizationData } = await this.#do(`log in to ${host}`, () =>
      client.send(new GetAuthorizationTokenCommand({}), this.#abort()),
    );
    const token = authorizationData?.[0]?.authorizationToken ?? '';
    const decoded = Buffer.from(token, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon < 1) throw new UpstreamError('AWS', `AWS gave no login for ${host}. Run this step again.`);
    const password = decoded.slice(colon + 1);
    this.#onPassword(password);
    return { username: decoded.slice(0, colon), password };
  }

  async repository({ account, region }: EcrRegistry, repository: string): Promise<EcrRepository | null> {
    const { DescribeRepositoriesCommand } = await sdk();
    const client = await this.#client(region);
    const input = { registryId: account, repositoryNames: [repository] };
    return this.#do(`look at the repository ${repository}`, async () => {
      try {
        const answer = await client.send(new DescribeRepositoriesCommand(input), this.#abort());
        return factsOf(answer.repositories?.[0]);
      } catch (error) {
        if (nameOf(error) === 'RepositoryNotFoundException') return null;
        throw error;
      }
    });
  }

  async createRepository(
    registry: EcrRegistry,
    repository: string,
    tags: ReadonlyMap<string, string>,
  ): Promise<EcrRepository> {
    const { CreateRepositoryCommand, PutLifecyclePolicyCommand } = await sdk();
    const client = await this.#client(registry.region);
    const input = {
      registryId: registry.account,
      repositoryName: repository,
      imageTagMutability: 'IMMUTABLE' as const,
      imageScanningConfiguration: { scanOnPush: true },
      tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    };
    const created = await this.#do(`create the repository ${repository}`, async () => {
      try {
        return factsOf((await client.send(new CreateRepositoryCommand(input), this.#abort())).repository);
      } catch (error) {
        if (nameOf(error) === 'RepositoryAlreadyExistsException') return null;
        throw error;
      }
    });
    const policy = {
      registryId: registry.account,
      repositoryName: repository,
      lifecyclePolicyText: JSON.stringify(lifecyclePolicy()),
    };
    await this.#do(`set the lifecycle policy of the repository ${repository}`, () =>
      client.send(new PutLifecyclePolicyCommand(policy), this.#abort()),
    );
    return created ?? (await this.repository(registry, repository)) ?? { immutableTags: false };
  }

  async scanState({ account, region }: EcrRegistry, repository: string, digest: string) {
    const { DescribeImageScanFindingsCommand } = await sdk();
    const client = await this.#client(region);
    const input = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
    return this.#do(`read the scan of ${repository}@${digest}`, async () => {
      try {
        const answer = await client.send(new DescribeImageScanFindingsCommand(input), this.#abort());
        return scanStateOf(answer.imageScanStatus ?? {}, answer.imageScanFindings);
      } catch (error) {
        if (nameOf(error) === 'ScanNotFoundException') return null;
        throw error;
      }
    });
  }

  async startScan({ account, region }: EcrRegistry, repository: string, digest: string): Promise<void> {
    const { StartImageScanCommand } = await sdk();
    // The SDK takes the limit of one scan a day for throttling, and would come back for seconds.
    const client = await this.#client(region, 2);
    const input = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
    await this.#do(`scan ${repository}@${digest}`, async () => {
      try {
        await client.send(new StartImageScanCommand(input), this.#abort());
      } catch (error) {
        // Once in 24 hours; and with enhanced scanning the platform scans by itself.
        const enhanced = nameOf(error) === 'ValidationException' && /enhanced|disabled/i.test(String(error));
        if (nameOf(error) !== 'LimitExceededException' && !enhanced) throw error;
      }
    });
  }

  #client(region: string, maxAttempts = MAX_ATTEMPTS): Promise<ECRClient> {
    const key = `${region} ${maxAttempts}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const client = (async () => {
      const { ECRClient } = await sdk();
      return new ECRClient({ region, maxAttempts, ...(await this.#clientConfig()) });
    })();
    this.#clients.set(key, client);
    return client;
  }

  #abort(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#signal };
  }

  async #do<T>(doing: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw awsError(error, doing, this.#signal);
    }
  }
}

/** The SDK makes agents of its own otherwise, which know nothing of the proxy that the global ones are set to. */
async function globalAgents(): Promise<object> {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')]);
  return { requestHandler: { httpAgent: http.globalAgent, httpsAgent: https.globalAgent } };
}

function sdk(): Promise<Sdk> {
  return import('@aws-sdk/client-ecr');
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
