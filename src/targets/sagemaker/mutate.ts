/** Calls that change something: each can be made again, whatever became of it the first time. */
import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  UpdateEndpointInput,
} from '@aws-sdk/client-sagemaker';
import { messageOf } from '../../core/errors.ts';
import { isMissing, isValidation } from './aws-errors.ts';
import type { Session } from './session.ts';
import type { TagList } from './tags.ts';

/** What was made may not be seen at once by the next call. */
const UNSEEN_MS = 60_000;
const UNSEEN_PAUSE_MS = 2_000;

/** Makes a call again for a short while where it does not find what was made just now. */
export async function whileUnseen<T>(session: Session, make: () => Promise<T>): Promise<T> {
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

/** Where the answer of an earlier attempt was lost, or another run was faster. */
function exists(error: unknown): boolean {
  return isValidation(error) && /already exist/i.test(messageOf(error));
}

export function isInProgress(error: unknown): boolean {
  return isValidation(error) && /in-progress|in progress/i.test(messageOf(error));
}

async function created(make: () => Promise<unknown>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (exists(error)) return false;
    throw error;
  }
}

async function removed(make: () => Promise<unknown>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** @returns false where it is there already, also where this very call has made it without our hearing of it */
export async function createModel(session: Session, input: CreateModelInput): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const done = await created(() =>
    session.clients.call('sagemaker:CreateModel', () => sageMaker.createModel(input)),
  );
  session.reads.forget();
  return done;
}

export async function createConfig(session: Session, input: CreateEndpointConfigInput): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const make = () =>
    session.clients.call('sagemaker:CreateEndpointConfig', () => sageMaker.createEndpointConfig(input));
  const done = await created(() => whileUnseen(session, make));
  session.reads.forget();
  return done;
}

export async function createEndpoint(
  session: Session,
  endpoint: string,
  config: string,
  tags: TagList,
): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const input = { EndpointName: endpoint, EndpointConfigName: config, Tags: tags };
  const make = () => session.clients.call('sagemaker:CreateEndpoint', () => sageMaker.createEndpoint(input));
  const done = await created(() => whileUnseen(session, make));
  session.reads.forget();
  return done;
}

/** @returns false where a change is under way, which may be this very one */
export async function updateEndpoint(session: Session, input: UpdateEndpointInput): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const make = () => session.clients.call('sagemaker:UpdateEndpoint', () => sageMaker.updateEndpoint(input));
  try {
    await whileUnseen(session, make);
    return true;
  } catch (error) {
    if (isInProgress(error)) return false;
    throw error;
  } finally {
    session.reads.forget();
  }
}

export async function setInstanceCount(
  session: Session,
  endpoint: string,
  variant: string,
  count: number,
): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const input = {
    EndpointName: endpoint,
    DesiredWeightsAndCapacities: [{ VariantName: variant, DesiredInstanceCount: count }],
  };
  try {
    await session.clients.call('sagemaker:UpdateEndpointWeightsAndCapacities', () =>
      sageMaker.updateEndpointWeightsAndCapacities(input),
    );
    return true;
  } catch (error) {
    if (isInProgress(error)) return false;
    throw error;
  } finally {
    session.reads.forget();
  }
}

/** @returns false where it is gone already; while something else is under way, it is not deleted */
export async function deleteEndpoint(session: Session, endpoint: string): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const done = await removed(() =>
    session.clients.call('sagemaker:DeleteEndpoint', () =>
      sageMaker.deleteEndpoint({ EndpointName: endpoint }),
    ),
  );
  session.reads.forget();
  return done;
}

export async function deleteConfig(session: Session, name: string): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const done = await removed(() =>
    session.clients.call('sagemaker:DeleteEndpointConfig', () =>
      sageMaker.deleteEndpointConfig({ EndpointConfigName: name }),
    ),
  );
  session.reads.forget();
  return done;
}

export async function deleteModel(session: Session, name: string): Promise<boolean> {
  const sageMaker = await session.clients.sageMaker();
  const done = await removed(() =>
    session.clients.call('sagemaker:DeleteModel', () => sageMaker.deleteModel({ ModelName: name })),
  );
  session.reads.forget();
  return done;
}

/** Adds what is not there as it shall be. */
export async function addTags(session: Session, arn: string, tags: TagList): Promise<void> {
  const known = await session.reads.tags(arn);
  const missing = tags.filter(({ Key, Value }) => known.get(Key) !== Value);
  if (missing.length === 0) return;
  const sageMaker = await session.clients.sageMaker();
  await session.clients.call('sagemaker:AddTags', () =>
    sageMaker.addTags({ ResourceArn: arn, Tags: missing }),
  );
  session.reads.forget();
}
