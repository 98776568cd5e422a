/** Calls that change something: each can be made again, whatever became of it the first time. */
import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  SageMaker,
  UpdateEndpointInput,
} from '@aws-sdk/client-sagemaker';
import { codeOf, isMissing, saidBy } from '../../clouds/aws/errors.ts';
import { lookAgain, type Session } from './session.ts';
import type { TagList } from '../../clouds/aws/tags.ts';

/** What was made may not be seen at once by the next call. */
const UNSEEN_MS = 60_000;
const UNSEEN_PAUSE_MS = 2_000;

/** Makes a call again for a short while if it does not find what was made just now. */
async function whileUnseen<T>(session: Session, make: () => Promise<T>): Promise<T> {
  const { clock, signal } = session.options;
  const deadline = clock.monotonic() + UNSEEN_MS;
  for (;;) {
    try {
      return await make();
    } catch (error) {
      if (!isMissing(error) || clock.monotonic() >= deadline) throw error;
      await clock.sleep(UNSEEN_PAUSE_MS, signal);
    }
  }
}

/** If the answer of an earlier attempt was lost, or another run was faster. */
export function exists(error: unknown): boolean {
  return isValidation(error) && /already exist/i.test(saidBy(error));
}

export function isInProgress(error: unknown): boolean {
  return isValidation(error) && /in-progress|in progress/i.test(saidBy(error));
}

function isValidation(error: unknown): boolean {
  return codeOf(error) === 'ValidationException';
}

/** One call; what was read before it may not be true after it, even if it fails. */
async function change(
  session: Session,
  action: string,
  send: (sageMaker: SageMaker) => Promise<unknown>,
): Promise<void> {
  const { clients } = session;
  const sageMaker = await clients.sageMaker();
  try {
    await clients.call(`sagemaker:${action}`, () => send(sageMaker));
  } finally {
    lookAgain(session);
  }
}

/** @returns false if AWS refuses for the reason that makes the call needless */
async function unless(reason: (error: unknown) => boolean, make: () => Promise<void>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (reason(error)) return false;
    throw error;
  }
}

/** @returns false if it is there already, even if this very call has made it without our hearing of it */
export async function createModel(session: Session, input: CreateModelInput): Promise<boolean> {
  return unless(exists, () => change(session, 'CreateModel', (sageMaker) => sageMaker.createModel(input)));
}

export async function createConfig(session: Session, input: CreateEndpointConfigInput): Promise<boolean> {
  const make = () =>
    change(session, 'CreateEndpointConfig', (sageMaker) => sageMaker.createEndpointConfig(input));
  return unless(exists, () => whileUnseen(session, make));
}

export async function createEndpoint(
  session: Session,
  endpoint: string,
  config: string,
  tags: TagList,
): Promise<boolean> {
  const input = { EndpointName: endpoint, EndpointConfigName: config, Tags: tags };
  const make = () => change(session, 'CreateEndpoint', (sageMaker) => sageMaker.createEndpoint(input));
  return unless(exists, () => whileUnseen(session, make));
}

/** @returns false if a change is in progress, which may be this very one */
export async function updateEndpoint(session: Session, input: UpdateEndpointInput): Promise<boolean> {
  const make = () => change(session, 'UpdateEndpoint', (sageMaker) => sageMaker.updateEndpoint(input));
  return unless(isInProgress, () => whileUnseen(session, make));
}

export async function setInstanceCount(
  session: Session,
  endpoint: string,
  variant: string,
  count: number,
): Promise<boolean> {
  const input = {
    EndpointName: endpoint,
    DesiredWeightsAndCapacities: [{ VariantName: variant, DesiredInstanceCount: count }],
  };
  return unless(isInProgress, () =>
    change(session, 'UpdateEndpointWeightsAndCapacities', (sageMaker) =>
      sageMaker.updateEndpointWeightsAndCapacities(input),
    ),
  );
}

/** @returns false if it is gone already; while something else is in progress, it is not deleted */
export async function deleteEndpoint(session: Session, endpoint: string): Promise<boolean> {
  const input = { EndpointName: endpoint };
  return unless(isMissing, () =>
    change(session, 'DeleteEndpoint', (sageMaker) => sageMaker.deleteEndpoint(input)),
  );
}

export async function deleteConfig(session: Session, name: string): Promise<boolean> {
  const input = { EndpointConfigName: name };
  return unless(isMissing, () =>
    change(session, 'DeleteEndpointConfig', (sageMaker) => sageMaker.deleteEndpointConfig(input)),
  );
}

export async function deleteModel(session: Session, name: string): Promise<boolean> {
  return unless(isMissing, () =>
    change(session, 'DeleteModel', (sageMaker) => sageMaker.deleteModel({ ModelName: name })),
  );
}

/** Adds what is not there as it shall be. @returns false if nothing had to be added */
export async function addTags(session: Session, arn: string, tags: TagList): Promise<boolean> {
  const known = await session.reads.tags(arn);
  const missing = tags.filter(({ Key, Value }) => known.get(Key) !== Value);
  if (missing.length === 0) return false;
  await change(session, 'AddTags', (sageMaker) => sageMaker.addTags({ ResourceArn: arn, Tags: missing }));
  return true;
}
