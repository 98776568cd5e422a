/** Amazon ECR: its rules for names, and the port to what it offers beside the registry API. */
import type { Problem } from '../errors.ts';
import type { ScanState } from './scan.ts';

/** A registry of ECR: that of one account in one region. */
export interface EcrRegistry {
  readonly host: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (repositoryName) */
const REPOSITORY = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** What ECR refuses and other registries take. */
export function ecrNameProblems(repository: string): Problem[] {
  if (repository.length >= 2 && repository.length <= 256 && REPOSITORY.test(repository)) return [];
  const message = `"${repository}" is not a valid name for an ECR repository.`;
  const fix =
    'Use 2 to 256 lower-case letters and digits, with single . _ or - between them, and / between parts.';
  return [{ where: 'repository', message, fix }];
}

export interface EcrRepository {
  /** Whether no tag can be moved, with no exception. */
  readonly immutableTags: boolean;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * What is used of ECR and STS. Every method that asks AWS
 * @throws UpstreamError that says which credentials or which permission is missing, or what AWS said.
 */
export interface Ecr {
  /** What a host name says; null for a registry that is not ECR's. */
  registryAt(host: string): EcrRegistry | null;
  /** The registry of the account that the credentials belong to. */
  ownRegistry(region: string): Promise<EcrRegistry>;
  /** For `docker login`; lasts 12 hours. */
  login(registry: EcrRegistry): Promise<Login>;
  /** null if there is none. */
  repository(registry: EcrRegistry, repository: string): Promise<EcrRepository | null>;
  /**
   * One that another run has made in the meantime is as good. Its lifecycle policy is set too.
   * @param pulledBy the service that its policy lets pull, such as `lambda.amazonaws.com`; null for none
   */
  createRepository(
    registry: EcrRegistry,
    repository: string,
    tags: ReadonlyMap<string, string>,
    pulledBy: string | null,
  ): Promise<EcrRepository>;
  /** null if the image was never scanned. */
  scanState(registry: EcrRegistry, repository: string, digest: string): Promise<ScanState | null>;
  /**
   * Asks for a scan; if the platform scans by itself, or has done so today, that is as good. Gives null, or why an image
   * of this kind cannot be scanned at all.
   */
  startScan(registry: EcrRegistry, repository: string, digest: string): Promise<ScanState | null>;
}

/**
 * Lets functions of the registry's own account run images of a repository.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (Amazon ECR permissions)
 */
export function pullPolicy(service: string, { account, region }: EcrRegistry, partition: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'MlDeployPull',
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          StringLike: { 'aws:sourceArn': `arn:${partition}:lambda:${region}:${account}:function:*` },
        },
      },
    ],
  };
}

/** Tags with this prefix mark images that are deployed; nothing else may use it. */
export const DEPLOYED_TAG_PREFIX = 'deployed-';

/** The tag that keeps a deployed image; by its digest, so setting it twice is the same as once. */
export function deployedTag(digest: string): string {
  return `${DEPLOYED_TAG_PREFIX}${digest.replace(/^sha256:/, '').slice(0, 16)}`;
}

export function isDeployedTag(tag: string): boolean {
  return tag.startsWith(DEPLOYED_TAG_PREFIX);
}

/** What became of the wish to keep a deployed image. */
export type Kept =
  /** It has its tag now. */
  | 'kept'
  /** It had its tag before. */
  | 'kept-before'
  /** Nothing in the repository would delete it, or not because of a tag. */
  | 'needless';

/**
 * Whether a lifecycle policy (its JSON) spares images by the tag for deployed ones, as the one that we set does. Policies
 * of other people that name the prefix, as a list or as a pattern, do so too.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function sparesDeployed(policyText: string): boolean {
  let policy: { rules?: unknown };
  try {
    policy = JSON.parse(policyText) as typeof policy;
  } catch {
    return false;
  }
  const rules = Array.isArray(policy.rules) ? (policy.rules as LifecycleRule[]) : [];
  return rules.some(({ selection: { tagPrefixList, tagPatternList } = {} }) =>
    [tagPrefixList, tagPatternList].flat().some((text) => text?.startsWith(DEPLOYED_TAG_PREFIX)),
  );
}

interface LifecycleRule {
  readonly selection?: { readonly tagPrefixList?: string[]; readonly tagPatternList?: string[] };
}

const CENTURY_DAYS = 36_500;
const UNTAGGED_DAYS = 14;
const CONTENT_DAYS = 180;

/**
 * The lifecycle policy of a repository that we make. An image that a rule matches is never expired by a rule of lower
 * priority, so the first rule, which never comes true, shields what is deployed.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html (evaluation rules)
 */
export function lifecyclePolicy(): object {
  const tagged = (prefix: string, days: number) => ({
    tagStatus: 'tagged',
    tagPrefixList: [prefix],
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: days,
  });
  const untagged = {
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: UNTAGGED_DAYS,
  };
  const rule = (rulePriority: number, description: string, selection: object) => ({
    rulePriority,
    description,
    selection,
    action: { type: 'expire' },
  });
  return {
    rules: [
      rule(1, 'Deployed images stay', tagged(DEPLOYED_TAG_PREFIX, CENTURY_DAYS)),
      rule(2, 'Images that were never deployed', tagged('content-', CONTENT_DAYS)),
      rule(3, 'Images without a tag', untagged),
    ],
  };
}
