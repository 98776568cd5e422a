/**
 * Makes a published version of the planned content. `$LATEST` is one work area for everybody, and code and
 * configuration are two calls: each is guarded by the revision that was read, and only what was read back completely is
 * published.
 */
import type { FunctionConfiguration, GetFunctionResponse, Lambda } from '@aws-sdk/client-lambda';
import { poll } from '../../core/poll.ts';
import { plannedEnvironment } from '../../core/plan/planned-environment.ts';
import { isOwnTag, ownTags } from '../../deployment/kept/tags.ts';
import { storeOfPlan } from '../../core/smoke/release-store.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import { writeMade } from './ledger.ts';
import { missingOf, readProvisions, remove, type Provisions } from './around/provisioned.ts';
import { aroundOf } from './around/wanted.ts';
import { POLL_MS, TAG, type LambdaTargetOptions } from './options.ts';
import type { Probe } from './probe.ts';
import type { Reads } from './reads.ts';
import { failureOf, settled } from './settled.ts';
import { servingOf } from './serving.ts';
import { differing, environmentOf, sameEnvironment, specOf, type Settings } from './spec.ts';
import { idOf, type Version } from './versions.ts';

/** What a version is made of, and what it takes to make it. */
export interface Making {
  readonly plan: Plan;
  readonly reads: Reads;
  readonly options: LambdaTargetOptions;
  readonly probe: Probe;
  /** For this command. */
  readonly sent: Sent;
  /** Reads again. */
  readonly versions: () => Promise<readonly Version[]>;
}

/** One call that changes something; the same step is repeated until the version exists. */
export async function makeVersion(making: Making): Promise<Performed> {
  const { plan, reads, options, sent } = making;
  const known = (await making.versions()).find(({ id }) => id === plan.version);
  if (known !== undefined && known.found.State !== 'Failed') return provide(known.number, making);
  const found = await settled(plan.endpoint, reads, options);
  if (found === null) return create(making);
  const { Configuration = {} } = found;
  const broken = failureOf(Configuration);
  if (Configuration.State === 'Failed') return startOver(found, broken, making);
  if (lacksTags(plan, found)) {
    const Tags = await missingTags(found, making);
    return update('TagResource', making, (lambda) =>
      lambda.tagResource({ Resource: Configuration.FunctionArn, Tags }),
    );
  }
  const { imageUri, settings } = specOf(plan.desired);
  const { Architectures, ...wanted } = settings;
  const sha = imageUri.split('@sha256:')[1];
  if (Configuration.CodeSha256 !== sha) {
    const before = afterSent(sent, 'UpdateFunctionCode', Configuration, broken);
    if (before !== null) return before;
    return update('UpdateFunctionCode', making, (lambda) =>
      lambda.updateFunctionCode({
        ...guard(plan, Configuration),
        ImageUri: imageUri,
        ...(Architectures === undefined ? {} : { Architectures }),
      }),
    );
  }
  const changed = differing(wanted, Configuration);
  const values = { given: options.environment, key: options.environmentKey };
  const environment = await plannedEnvironment(plan, values, async () => {
    const serving = await reads.fn((await reads.live())?.FunctionVersion);
    return environmentOf(serving?.Configuration ?? {});
  });
  if (environment === null) return { is: 'lost' };
  const isSameEnvironment = sameEnvironment(Configuration, environment);
  if (Object.keys(changed).length > 0 || !isSameEnvironment) {
    const cause = notTaken(Configuration, changed);
    const before = afterSent(sent, 'UpdateFunctionConfiguration', Configuration, cause);
    if (before !== null) return before;
    return update('UpdateFunctionConfiguration', making, (lambda) =>
      lambda.updateFunctionConfiguration({
        ...guard(plan, Configuration),
        ...changed,
        ...(isSameEnvironment ? {} : { Environment: { Variables: Object.fromEntries(environment) } }),
      }),
    );
  }
  return publish(Configuration, making);
}

/** Whether tags are to be set on the function: that it is ours, and where the references of its releases are. */
export function lacksTags(plan: Plan, { Tags = {} }: GetFunctionResponse): boolean {
  const store = storeOfPlan(plan);
  return Tags[TAG.endpoint] !== plan.endpoint || (store !== null && Tags[TAG.store] !== store);
}

/** Tags of others stay, whatever the input tags says. */
async function missingTags({ Tags = {} }: GetFunctionResponse, { plan, reads, options, versions }: Making) {
  const store = storeOfPlan(plan);
  const stored = store === null ? {} : { [TAG.store]: store };
  if (Tags[TAG.endpoint] === plan.endpoint) return stored;
  const known = await versions();
  const { version } = servingOf(await reads.live(), (number) => idOf(number, known));
  const own = Object.entries(ownTags(plan.endpoint, options));
  const free = own.filter(([key]) => isOwnTag(key) || Tags[key] === undefined);
  return { ...Object.fromEntries(free), [TAG.adopted]: version ?? '-', ...stored };
}

/** A function whose creation failed cannot be changed: what an earlier run left is deleted, and it is created again. */
async function startOver(
  { Tags = {} }: GetFunctionResponse,
  cause: string,
  { plan: { endpoint }, reads, options, sent }: Making,
): Promise<Performed> {
  const isUsed = (await reads.versions()).length > 0 || (await reads.aliases()).length > 0;
  const isMadeHere = Tags[TAG.endpoint] === endpoint && Tags[TAG.adopted] === undefined;
  if (sent.has('CreateFunction') || isUsed || !isMadeHere) return { is: 'refused', cause };
  const { clients, log } = options;
  log.info(`The function ${endpoint} could not be made before (${cause}), and is made anew.`);
  const lambda = await clients.lambda();
  await clients.call({ operation: 'lambda:DeleteFunction', on: endpoint }, (http) =>
    lambda.deleteFunction({ FunctionName: endpoint }, http),
  );
  return again('versions');
}

/** How often this command may send each update: the same update would always have the same result. */
export type Sent = Map<string, number>;

/**
 * An update that was sent before and has no effect: it failed, or another run has changed the function since.
 * @returns null if it has not been sent yet
 */
function afterSent(sent: Sent, call: string, found: FunctionConfiguration, cause: string): Performed | null {
  const times = sent.get(call) ?? 0;
  if (times === 0) return null;
  if (found.LastUpdateStatus === 'Failed' || times > MOST_SENT) return { is: 'refused', cause };
  sent.set(call, times + 1);
  return { is: 'lost' };
}

/** So often another run can undo it, before it counts as a setting that AWS writes differently. */
const MOST_SENT = 3;

function notTaken(found: FunctionConfiguration, changed: Settings): string {
  if (found.LastUpdateStatus === 'Failed') return failureOf(found);
  return `Lambda accepted the settings, and has others: ${Object.keys(changed).join(', ')}.`;
}

function guard({ endpoint }: Plan, { RevisionId }: FunctionConfiguration) {
  return { FunctionName: endpoint, ...(RevisionId === undefined ? {} : { RevisionId }) };
}

async function create({ plan, options, sent }: Making): Promise<Performed> {
  const store = storeOfPlan(plan);
  const { clients, environment } = options;
  const { imageUri, settings } = specOf(plan.desired);
  const { Role = '', ...rest } = settings;
  const lambda = await clients.lambda();
  await clients.call({ operation: 'lambda:CreateFunction', on: plan.endpoint, needs: CREATE_NEEDS }, (http) =>
    lambda.createFunction(
      {
        FunctionName: plan.endpoint,
        PackageType: 'Image',
        Code: { ImageUri: imageUri },
        Role,
        ...rest,
        ...(environment.size === 0 ? {} : { Environment: { Variables: Object.fromEntries(environment) } }),
        Tags: {
          ...ownTags(plan.endpoint, options),
          ...(store === null ? {} : { [TAG.store]: store }),
        },
      },
      http,
    ),
  );
  sent.set('CreateFunction', 1);
  return again('versions');
}

const CREATE_NEEDS = ['lambda:CreateFunction', 'iam:PassRole', 'lambda:TagResource'];

async function update(
  name: string,
  { plan, options: { clients }, sent }: Making,
  make: (lambda: Lambda) => Promise<unknown>,
): Promise<Performed> {
  const lambda = await clients.lambda();
  await clients.call({ operation: `lambda:${name}`, on: plan.endpoint }, () => make(lambda));
  sent.set(name, (sent.get(name) ?? 0) + 1);
  return again('versions');
}

/**
 * Publishes exactly what was read: another change in between has another revision, and another image another digest.
 */
async function publish(
  found: FunctionConfiguration,
  { plan, reads, options, probe }: Making,
): Promise<Performed> {
  const { clients } = options;
  const { model: modelDigest, reference } = plan.desired;
  const Description = writeMade({
    version: plan.version,
    modelDigest,
    referenceDigest: reference ?? null,
    planDigest: plan.digest,
  });
  const lambda = await clients.lambda();
  const { Version = '' } = await clients.call(
    { operation: 'lambda:PublishVersion', on: plan.endpoint },
    (http) =>
      lambda.publishVersion(
        {
          ...guard(plan, found),
          Description,
          ...(found.CodeSha256 === undefined ? {} : { CodeSha256: found.CodeSha256 }),
        },
        http,
      ),
  );
  const made = await settled(plan.endpoint, reads, options, Version);
  const { Configuration = {} } = made ?? {};
  if (Configuration.State === 'Failed') return { is: 'refused', cause: failureOf(Configuration) };
  return (await probe.answers(Version)) ? done('versions') : probe.refusal();
}

/** The environments that have to be started before it serves: on the version, and never on the alias. */
async function provide(number: string, { plan, reads, options, sent, probe }: Making): Promise<Performed> {
  const { provisioned: wanted } = aroundOf(plan.desired);
  if (wanted === undefined) return done('versions');
  const { clients } = options;
  const { endpoint: on } = plan;
  const read = () => readProvisions(on, reads, options);
  const due = missingOf(number, wanted, await read());
  if (due !== null) {
    await clients.call({ operation: due.operation, on }, due.make);
    sent.set(due.operation, 1);
    return again('versions');
  }
  const { configs } = await allocated(number, read, options, on);
  const { Status, StatusReason = 'Lambda gives no reason.' } = configs.get(number) ?? {};
  if (Status === 'READY') return done('versions');
  if (Status !== 'FAILED') return again('versions');
  const failed = remove(number, await read());
  await clients.call({ operation: failed.operation, on }, failed.make);
  // What an earlier run left says nothing about this version.
  if (!sent.has('lambda:PutProvisionedConcurrencyConfig')) return again('versions');
  const last = probe.tail.at(-1);
  return {
    is: 'refused',
    cause: `Its provisioned concurrency cannot be made: ${StatusReason}${last === undefined ? '' : ` (${last})`}`,
  };
}

async function allocated(
  number: string,
  read: () => Promise<Provisions>,
  { clock, signal, log, timeoutMs, pollMs }: LambdaTargetOptions,
  endpoint: string,
): Promise<Provisions> {
  const statusOf = ({ configs }: Provisions) => configs.get(number)?.Status;
  const { state } = await poll({
    check: read,
    done: (found) => statusOf(found) !== 'IN_PROGRESS',
    key: (found) => statusOf(found) ?? '',
    onChange: (found) => {
      if (statusOf(found) === 'IN_PROGRESS')
        log.info(`The environments of ${endpoint}:${number} are being started.`);
    },
    intervalMs: pollMs ?? POLL_MS,
    timeoutMs,
    clock,
    signal,
  });
  return state;
}
