/**
 * The port that every platform implements, and the words it speaks.
 */
import { shortDigest } from './canonical-json.ts';
import { UpstreamError } from './errors.ts';
import type { FailurePage } from './failure-pages.ts';
import type { Desired, Origin, Plan } from '../documents/plan.ts';
import type { PriceList } from './cost/price-list.ts';

/** How a deployment ended. `outcome` of deploy-endpoint is always one of these. */
export const OUTCOMES = [
  'planned',
  'unchanged',
  'staged',
  'deployed',
  'promoted',
  'discarded',
  'rolled-back',
  'failed',
  'timed-out',
  'cancelled',
  'needs-human',
  'torn-down',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One version that serves, served, or waits as a candidate. */
export interface VersionInfo {
  /** Content id: the same bytes and settings give the same version. */
  readonly version: string;
  readonly modelDigest: string;
  readonly imageDigest: string | null;
  readonly referenceDigest: string | null;
  readonly referenceUrl: string | null;
  readonly planDigest: string | null;
  /** Digest of its newest release record; null if it has none. */
  readonly release: string | null;
  readonly deployedAt: string;
  /** Read back as serving what was asked for. */
  readonly served: boolean;
  /** A smoke test passed on it. */
  readonly verified: boolean;
  /** When it was last rolled back from, ISO 8601; absent or null if it never was. */
  readonly withdrawnAt?: string | null;
}

export interface CandidateInfo extends VersionInfo {
  readonly name: string;
  readonly url: string;
  readonly expiresAt: string;
  /** What the platform says of it, such as `Creating`; absent if it says nothing. */
  readonly state?: string;
}

/** A page of the platform's console. */
export interface ConsoleLink {
  readonly title: string;
  readonly url: string;
}

export type EndpointStatus = 'absent' | 'serving' | 'not-serving';

export interface EndpointDescription {
  readonly endpoint: string;
  readonly status: EndpointStatus;
  /** One sentence: why it does not serve, what it waits for; '' if there is nothing to say. */
  readonly detail: string;
  /** The address at which the live version takes a POST. */
  readonly url: string | null;
  readonly arn: string | null;
  readonly live: VersionInfo | null;
  /** The version that a rollback without `to-version` goes to; null if there is none. */
  readonly previous: VersionInfo | null;
  readonly candidates: readonly CandidateInfo[];
  /** Newest first, with the live one. */
  readonly versions: readonly VersionInfo[];
}

/** A version for people: a digest by its first digits, a name whole. */
export function shortVersion(version: string): string {
  return /^[0-9a-f]{64}$/.test(version) ? shortDigest(version) : version;
}

/** A request, resolved as far as it can be without asking the platform. */
export interface DeploymentRequest {
  readonly endpoint: string;
  readonly desired: Desired;
  readonly sources: Plan['sources'];
  readonly environmentName: string | null;
  /** owner/name of the repository that asks; '' outside a workflow. */
  readonly repository: string;
  /** What built the release; absent if no record was given. */
  readonly origin?: Origin;
  readonly commit: string;
  readonly run: string;
}

/** What an operation made true, read back from the platform. */
export interface DeploymentResult {
  readonly outcome: Outcome;
  /** One sentence for people. */
  readonly message: string;
  readonly description: EndpointDescription;
  readonly candidate: CandidateInfo | null;
  /** Of docs/failures, if the cause of a failure is known. */
  readonly page?: FailurePage | undefined;
  /** It is as asked, and yet nobody should pass over the message. */
  readonly warns?: true;
}

export interface DeploymentTarget {
  readonly name: string;
  /** Reads only. @throws UserError for a request that this platform cannot fulfil, with all problems at once. */
  plan(request: DeploymentRequest): Promise<Plan>;
  /** Of the units that a plan's cost names; absent for a platform that bills nothing. */
  prices?: PriceList;
  /**
   * Tries out whether the planned model can be served; absent if nothing but the platform can tell. Changes nothing.
   * @throws UserError if it cannot.
   */
  rehearse?(plan: Plan): Promise<void>;
  /** Starts the candidate beside what serves; no traffic moves. */
  stage(plan: Plan): Promise<DeploymentResult>;
  /** Makes the planned version serve, without a candidate. */
  deploy(plan: Plan): Promise<DeploymentResult>;
  /** Makes the plan's candidate serve. */
  promote(plan: Plan): Promise<DeploymentResult>;
  /** Removes the plan's candidate; the live version was not touched. */
  discard(plan: Plan): Promise<DeploymentResult>;
  /**
   * @param version to go back to; null for the newest verified one before the one that is left
   * @param from the version to leave: if another one serves by then, nothing is changed; null or absent for the one
   * that serves
   */
  rollback(endpoint: string, version: string | null, from?: string | null): Promise<DeploymentResult>;
  teardown(endpoint: string): Promise<DeploymentResult>;
  /**
   * Removes the endpoint's candidates that have expired, which runs that died have left: only those of this repository,
   * and of that environment if one is given; none that a change in progress needs.
   * Outcome: `discarded` if any was removed, `unchanged` if none had to be, `failed` if one could not be.
   */
  reap(endpoint: string, environment: string | null): Promise<DeploymentResult>;
  describe(endpoint: string): Promise<EndpointDescription>;
  /** Where people look at it, without asking whether it is there; empty if the platform has no console. */
  links(endpoint: string): readonly ConsoleLink[];
  /** Notes the newest release record of a version, so whatever is found out about it continues that record. */
  noteRelease(endpoint: string, version: string, release: string): Promise<void>;
  /** Notes that a smoke test passed on a version, so a rollback can go back to it. */
  markVerified(endpoint: string, version: string): Promise<void>;
  /** The last lines that the endpoint (or its candidate) logged; '' if there are none. */
  logs(endpoint: string, lines: number): Promise<string>;
  /** Notes that a version was rolled back from, if something other than `rollback` did that; absent if nothing can. */
  noteWithdrawn?(endpoint: string, version: string): Promise<void>;
  /**
   * After a job that was cancelled: waits for a program that the step left running. @returns in sentences how it ended; none
   * if nothing was left
   */
  settle?(): Promise<readonly string[]>;
  /** The file of variables that the last plan wrote; absent for a platform that writes none. */
  variablesFile?(): string | null;
  /** How to call the endpoint, or the candidate of that name. */
  invoker(endpoint: string, candidate: string | null): Promise<EndpointInvoker>;
}

export interface InvokeAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** From the request's first byte to the answer's last, in milliseconds. */
  readonly latencyMs: number;
  /** The version that answered, if the platform says so. */
  readonly version: string | null;
  /** How much of the latency the platform says that it took itself, in milliseconds; absent if it does not tell. */
  readonly platformMs?: number | null;
  /** How often the client sent the request again before this answer. */
  readonly retries?: number;
}

/** Of a platform that starts environments when requests come. */
export interface EnvironmentsSeen {
  /** Requests that waited for a new environment, those of the warm-up among them. */
  readonly coldStarts: number;
  /** The longest of those waits, in milliseconds; null if there was none. */
  readonly longestStartMs: number | null;
  /** The most memory that any of them used, in MB; null if it is not known. */
  readonly mostMemoryMb: number | null;
  /** What each of them has, in MB; null if it is not known. */
  readonly memoryMb: number | null;
}

export interface EndpointInvoker {
  /** Where the requests go, for messages. */
  readonly url: string;
  /** The largest body that the platform takes, in bytes; absent if nobody knows. */
  readonly bodyBytes?: number;
  /** What the platform has said of the environments that answered so far; absent for a platform that has none. */
  environments?(): EnvironmentsSeen;
  /** Sends one request; any HTTP status is an answer. @throws UpstreamError if there is no answer. */
  invoke(body: Uint8Array | string, contentType: string, signal: AbortSignal): Promise<InvokeAnswer>;
}

/** There was no answer, although the client sent the request again. */
export class NoAnswerError extends UpstreamError {
  /** How often it did. */
  readonly retries: number;

  constructor(system: string, message: string, options: { cause: unknown; retries: number }) {
    super(system, message, options);
    this.retries = options.retries;
  }
}

/** There was an answer, but more of it than anybody reads. */
export class AnswerTooLargeError extends UpstreamError {}

/** A wait was over before what was waited for came true; what is true now has to be read back. */
export class TimedOutError extends UpstreamError {
  override readonly page: FailurePage = 'timed-out';
}
