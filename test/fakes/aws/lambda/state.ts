/** What Lambda keeps: functions, their versions and aliases, and what hangs on them. */
import type {
  CreateFunctionCommandInput,
  FunctionUrlAuthType,
  LastUpdateStatus,
  LastUpdateStatusReasonCode,
  ProvisionedConcurrencyStatusEnum,
  State,
  StateReasonCode,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../errors.ts';
import type { World } from '../world.ts';

/** What a version has of its own, and an update of the function changes; the image by digest. */
export type Settings = Omit<
  CreateFunctionCommandInput,
  'FunctionName' | 'Code' | 'Publish' | 'Tags' | 'Description'
>;

export interface Version {
  /** `$LATEST`, or digits. */
  readonly number: string;
  settings: Settings;
  imageUri: string;
  /** Of the image's manifest, without `sha256:`. */
  codeSha256: string;
  description: string;
  revision: string;
  modified: Date;
  state: State;
  stateReason: string | undefined;
  stateCode: StateReasonCode | undefined;
  update: LastUpdateStatus;
  updateReason: string | undefined;
  updateCode: LastUpdateStatusReasonCode | undefined;
  /** How many of its environments have started: the first call of one is a cold start. */
  warm: number;
}

export interface Alias {
  readonly name: string;
  version: string;
  weights: Readonly<Record<string, number>>;
  description: string;
  revision: string;
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: object | string;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: object;
}

export interface Provisioned {
  requested: number;
  status: ProvisionedConcurrencyStatusEnum;
  reason: string | undefined;
  modified: Date;
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly latest: Version;
  readonly published: Version[];
  lastNumber: number;
  readonly aliases: Map<string, Alias>;
  /** By qualifier; '' for the function itself. */
  readonly policies: Map<string, Statement[]>;
  tags: Record<string, string>;
  /** By qualifier. */
  readonly provisioned: Map<string, Provisioned>;
  /** By alias; '' for the function itself. */
  readonly urls: Map<string, FunctionUrl>;
}

export interface FunctionUrl {
  authType: FunctionUrlAuthType;
  readonly url: string;
  readonly created: Date;
}

/** What happens with an image: by its digest, without `sha256:`. */
export interface ImageFate {
  /** A new function, an update or a version with it ends so. */
  readonly refused?: { readonly code: LastUpdateStatusReasonCode; readonly reason: string };
  /** It starts no environment: the lines that its code leaves. */
  readonly initError?: readonly string[];
}

export interface Invocation {
  readonly functionName: string;
  readonly version: string;
  /** Without `sha256:`. */
  readonly image: string;
  readonly event: unknown;
}

export interface Returned {
  readonly payload: unknown;
  /** The code threw, or ended. */
  readonly error?: 'Unhandled' | 'Handled';
  readonly logs?: readonly string[];
}

export type Handler = (invocation: Invocation) => Returned | Promise<Returned>;

/** One invocation that was counted, as the metrics know it. */
export interface Counted {
  readonly at: Date;
  /** `churn:live` where an alias was asked, else `churn:7`. */
  readonly resource: string;
  readonly functionName: string;
  readonly version: string;
  readonly error: boolean;
  /** Milliseconds. */
  readonly duration: number;
}

/** In milliseconds of the fake's time. */
export interface LambdaDurations {
  readonly create: number;
  readonly update: number;
  readonly publish: number;
  readonly provision: number;
}

export interface LambdaState {
  readonly world: World;
  readonly functions: Map<string, LambdaFunction>;
  readonly images: Map<string, ImageFate>;
  readonly counted: Counted[];
  handler: Handler;
  durations: LambdaDurations;
  /** How many looks at a new alias find nothing yet. */
  aliasLag: number;
  readonly unseen: Map<string, number>;
  /** How many environments of the account may be provisioned. */
  unreserved: number;
  /** What the registry says of an image: null where it is not there, undefined where nothing is known of its repository. */
  readonly image: (uri: string) => { readonly digest: string; readonly mediaType: string } | null | undefined;
  readonly log: (group: string, stream: string, lines: readonly string[]) => void;
}

export function createLambdaState(
  world: World,
  { image, log }: Pick<LambdaState, 'image' | 'log'>,
): LambdaState {
  return {
    world,
    functions: new Map(),
    images: new Map(),
    counted: [],
    handler: ({ event }) => ({ payload: event }),
    durations: { create: 20_000, update: 5000, publish: 2000, provision: 60_000 },
    aliasLag: 0,
    unseen: new Map(),
    unreserved: 1000,
    image,
    log,
  };
}

export const invalid = (message: string) => new AwsError('InvalidParameterValueException', message, 400);
export const conflict = (message: string) => new AwsError('ResourceConflictException', message, 409);
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message, 404);

/** By name, or by ARN with or without a qualifier. */
export function nameIn(reference: string): string {
  const [, ofArn] = /:function:([^:]+)/.exec(reference) ?? [];
  return ofArn ?? reference.split(':')[0] ?? reference;
}

export function functionOf(state: LambdaState, reference = ''): LambdaFunction {
  const name = nameIn(reference);
  const found = state.functions.get(name);
  if (found !== undefined) return found;
  throw notFound(`Function not found: ${state.world.arn('lambda', `function:${name}`)}`);
}

/** @param qualifier `$LATEST`, a number, or an alias, which leads to its own version; absent for `$LATEST` */
export function versionOf(fn: LambdaFunction, qualifier?: string): Version {
  if (qualifier === undefined || qualifier === '$LATEST') return fn.latest;
  const number = fn.aliases.get(qualifier)?.version ?? qualifier;
  if (number === '$LATEST') return fn.latest;
  const found = fn.published.find((version) => version.number === number);
  if (found !== undefined) return found;
  throw notFound(`Function not found: ${fn.arn}:${qualifier}`);
}

export function newRevision(world: World): string {
  return world.id('00000000-0000-4000-8000-0000');
}

export function checkRevision(given: string | undefined, revision: string, call: string): void {
  if (given === undefined || given === revision) return;
  throw new AwsError(
    'PreconditionFailedException',
    `The RevisionId provided does not match the latest RevisionId. Call the ${call} API to retrieve the latest RevisionId`,
    412,
  );
}
