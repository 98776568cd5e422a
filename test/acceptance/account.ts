/** What the looks of undecided-*.ts have of a real account: its clients, the endpoint that serves there, and time that passes. */
import type { AwsClients } from '../../src/clouds/aws/clients.ts';

/** What every look has. */
export interface Place {
  readonly clients: AwsClients;
  /** In service. */
  readonly endpoint: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Of SageMaker; its endpoint runs on instances. */
export interface Account extends Place {
  readonly executionRole: string;
  readonly repository: string;
  readonly bucket: string;
  /** Of objects, without a slash at its end. */
  readonly prefix: string;
  /** An image of AWS's with a SOCI index; '' for none. */
  readonly sociImage: string;
  /** '' for none. */
  readonly kmsKeyId: string;
}

/** One question of "Not decided without an account", and what decides it. */
export interface Look<Where extends Place = Account> {
  readonly number: number;
  /** As the page of the target asks it. */
  readonly question: string;
  /** @returns what AWS did; whatever is made is removed again. @throws where it cannot be tried */
  readonly decide: (place: Where) => Promise<string>;
}

/** `taken`, or AWS's words. A refusal is an answer; a missing permission is none. */
export async function answerOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'taken';
  } catch (error) {
    const { name, message } = error as Error;
    if (/AccessDenied|not authorized/.test(`${name} ${message}`)) throw error;
    return `refused: ${name}: ${message}`;
  }
}

/** As `answerOf`, for looks that ask what is allowed: a missing permission is an answer, too. */
export async function fullAnswerOf(call: Promise<unknown>): Promise<string> {
  return answerOf(call).catch((error: unknown) => `denied: ${(error as Error).message}`);
}

const PAUSE_MS = 15_000;
const LONGEST_MS = 45 * 60_000;

/** @returns whether it came true in time */
export async function until(
  place: Pick<Place, 'sleep'>,
  isTrue: () => Promise<boolean>,
  longestMs = LONGEST_MS,
): Promise<boolean> {
  for (let passed = 0; passed <= longestMs; passed += PAUSE_MS) {
    if (await isTrue()) return true;
    await place.sleep(PAUSE_MS);
  }
  return false;
}

export async function describe({ clients, endpoint }: Account) {
  return (await clients.sageMaker()).describeEndpoint({ EndpointName: endpoint });
}

export async function settled(account: Account): Promise<void> {
  await until(account, async () => !((await describe(account)).EndpointStatus ?? '').endsWith('ing'));
}

/**
 * Brings the endpoint onto a copy of its config, changed, and back.
 * @param update the rest of UpdateEndpoint
 * @returns AWS's answer to UpdateEndpoint, and what `look` saw when it had ended
 */
export async function onAnotherConfig(
  account: Account,
  change: (variant: object) => object,
  update: object,
  look: () => Promise<string> = () => Promise.resolve(''),
): Promise<string> {
  const sageMaker = await account.clients.sageMaker();
  const before = (await describe(account)).EndpointConfigName ?? '';
  const config = await sageMaker.describeEndpointConfig({ EndpointConfigName: before });
  const EndpointConfigName = `${account.endpoint}-${Date.now().toString(16).padStart(16, '0')}`;
  const ProductionVariants = (config.ProductionVariants ?? []).map((variant) => change(variant) as never);
  await sageMaker.createEndpointConfig({ EndpointConfigName, ProductionVariants });
  const EndpointName = account.endpoint;
  try {
    const answer = await answerOf(sageMaker.updateEndpoint({ EndpointName, EndpointConfigName, ...update }));
    await settled(account);
    const seen = answer === 'taken' ? await look() : '';
    const now = await describe(account);
    if (now.EndpointConfigName !== before) {
      await sageMaker.updateEndpoint({ EndpointName, EndpointConfigName: before });
      await settled(account);
    }
    return `${answer} ${seen}`.trim();
  } finally {
    await sageMaker.deleteEndpointConfig({ EndpointConfigName });
  }
}
