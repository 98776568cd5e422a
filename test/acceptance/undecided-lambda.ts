/** The questions of "Not decided without an account" in docs/lambda.md, each with what decides it on one. */
import { fullAnswerOf, until, type Look, type Place } from './account.ts';
import { createSigner, type SignerOptions } from '../../src/clouds/aws/sigv4.ts';
import { NOTHING_SEEN } from '../../src/deployment/rollout/watch.ts';
import { eventOf } from '../../src/platforms/lambda/event.ts';
import { invokeFunction } from '../../src/platforms/lambda/invoke.ts';
import { LIVE } from '../../src/platforms/lambda/names.ts';
import { readWatch } from '../../src/platforms/lambda/watch.ts';

export interface FunctionPlace extends Place {
  /** Of its API, as deploy-endpoint says it. */
  readonly url: string;
  /** One case, as a caller sends it. */
  readonly body: Uint8Array;
  /** @returns the headers of a POST of `body` to `url` that is signed */
  readonly sign: () => Promise<Record<string, string>>;
  readonly now: () => Date;
}

/** What the API takes: a request that the job's own credentials sign. */
export function signedBy({
  url,
  body,
  ...signing
}: Pick<FunctionPlace, 'url' | 'body'> & Omit<SignerOptions, 'service'>): FunctionPlace['sign'] {
  const sign = createSigner({ service: 'execute-api', ...signing });
  const headers = { 'content-type': 'application/json' };
  return async () => ({ ...headers, ...(await sign({ url, headers, body })) });
}

const PING = eventOf({ method: 'GET', path: '/ping' });
const LONGEST_MS = 15 * 60_000;

async function configuration({ clients, endpoint: FunctionName }: FunctionPlace, Qualifier?: string) {
  const { Configuration = {} } = await (await clients.lambda()).getFunction({ FunctionName, Qualifier });
  return Configuration;
}

/** Describes the work area anew, which is what makes a version of it a new one. */
async function describeLatest(place: FunctionPlace, Description: string): Promise<void> {
  const lambda = await place.clients.lambda();
  await lambda.updateFunctionConfiguration({ FunctionName: place.endpoint, Description });
  await until(place, async () => (await configuration(place)).LastUpdateStatus !== 'InProgress');
}

/** A version that no alias names, of what serves but for its description; gone again afterwards. */
async function withVersion<T>(place: FunctionPlace, use: (version: NewVersion) => Promise<T>): Promise<T> {
  const { endpoint: FunctionName, clients, now } = place;
  const lambda = await clients.lambda();
  const { Description: before = '' } = await configuration(place);
  const published = async () => {
    await describeLatest(place, `acceptance ${now().toISOString()}`);
    const { Version = '' } = await lambda.publishVersion({ FunctionName });
    return Version;
  };
  try {
    const number = await published();
    try {
      return await use({ number, published: now() });
    } finally {
      // The sixth look has removed it already.
      await fullAnswerOf(lambda.deleteFunction({ FunctionName, Qualifier: number }));
    }
  } finally {
    await describeLatest(place, before);
  }
}

interface NewVersion {
  readonly number: string;
  readonly published: Date;
}

async function isActive(place: FunctionPlace, number: string): Promise<boolean> {
  return (await configuration(place, number)).State === 'Active';
}

async function provision(place: FunctionPlace, Qualifier: string): Promise<void> {
  const lambda = await place.clients.lambda();
  const FunctionName = place.endpoint;
  await until(place, () => isActive(place, Qualifier));
  await lambda.putProvisionedConcurrencyConfig({
    FunctionName,
    Qualifier,
    ProvisionedConcurrentExecutions: 1,
  });
}

async function statusOf({ clients, endpoint: FunctionName }: FunctionPlace, number: string) {
  const lambda = await clients.lambda();
  const { ProvisionedConcurrencyConfigs: all = [] } = await lambda.listProvisionedConcurrencyConfigs({
    FunctionName,
  });
  return all.find(({ FunctionArn = '' }) => FunctionArn.endsWith(`:${number}`))?.Status ?? null;
}

async function withoutProvision({ clients, endpoint: FunctionName }: FunctionPlace, Qualifier: string) {
  await fullAnswerOf(
    (await clients.lambda()).deleteProvisionedConcurrencyConfig({ FunctionName, Qualifier }),
  );
}

const secondsSince = (since: Date, { now }: FunctionPlace) =>
  `${Math.round((now().getTime() - since.getTime()) / 1000)} s`;

async function status(place: FunctionPlace, headers: Record<string, string>): Promise<number> {
  const { url, body } = place;
  const answer = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
  await answer.arrayBuffer();
  return answer.status;
}

async function taggedApi({ clients, endpoint }: FunctionPlace): Promise<string> {
  const gateway = await clients.restGateway();
  const name = `${endpoint}-undecided`;
  let restApiId = '';
  const made = gateway.createRestApi({ name, tags: { 'ml-deploy:endpoint': name } });
  const answer = await fullAnswerOf(made.then(({ id = '' }) => (restApiId = id)));
  if (restApiId !== '') await gateway.deleteRestApi({ restApiId });
  return answer;
}

async function scalable(place: FunctionPlace, number: string): Promise<string> {
  const scaling = await place.clients.autoScaling();
  const target = {
    ServiceNamespace: 'lambda',
    ResourceId: `function:${place.endpoint}:${number}`,
    ScalableDimension: 'lambda:function:ProvisionedConcurrency',
  } as const;
  try {
    await provision(place, number);
    const answer = await fullAnswerOf(
      scaling.registerScalableTarget({ ...target, MinCapacity: 1, MaxCapacity: 1 }),
    );
    if (answer === 'taken') await scaling.deregisterScalableTarget(target);
    return answer;
  } finally {
    await withoutProvision(place, number);
  }
}

export const LAMBDA_LOOKS: readonly Look<FunctionPlace>[] = [
  {
    number: 1,
    question:
      'How long a version and provisioned concurrency take, and whether what was created is seen at once.',
    decide: (place) =>
      withVersion(place, async ({ number, published }) => {
        const seen = await fullAnswerOf(configuration(place, number));
        await until(place, () => isActive(place, number));
        const version = secondsSince(published, place);
        const asked = place.now();
        try {
          await provision(place, number);
          const first = (await statusOf(place, number)) ?? 'not seen';
          await until(place, async () => (await statusOf(place, number)) !== 'IN_PROGRESS');
          const last = `${(await statusOf(place, number)) ?? 'none'} after ${secondsSince(asked, place)}`;
          return `the version at once: ${seen}, Active after ${version}; provisioned concurrency at once: ${first}, ${last}`;
        } finally {
          await withoutProvision(place, number);
        }
      }),
  },
  {
    number: 2,
    question:
      'Whether API Gateway refuses an unsigned call with 403, and takes a signed one of this project’s smoke-test.',
    decide: async (place) => {
      if (place.url === '') throw new Error('ACCEPTANCE_URL is not set.');
      const json = { 'content-type': 'application/json' };
      return `unsigned: ${await status(place, json)}; signed: ${await status(place, await place.sign())}`;
    },
  },
  {
    number: 3,
    question:
      'Which actions and ARNs API Gateway (for the tags of a REST API: PUT on `/tags/*`) and Application Auto Scaling ask IAM for.',
    decide: (place) =>
      withVersion(
        place,
        async ({ number }) =>
          `a REST API with tags: ${await taggedApi(place)}; a scalable target: ${await scalable(place, number)}`,
      ),
  },
  {
    number: 4,
    question: 'What CloudWatch has of two versions under one alias during a canary, and how late.',
    decide: (place) =>
      withVersion(place, async ({ number }) => {
        const { clients, endpoint: FunctionName, now } = place;
        const lambda = await clients.lambda();
        await until(place, () => isActive(place, number));
        const { FunctionVersion: from = '' } = await lambda.getAlias({ FunctionName, Name: LIVE });
        const weigh = (AdditionalVersionWeights: Record<string, number>) =>
          lambda.updateAlias({ FunctionName, Name: LIVE, RoutingConfig: { AdditionalVersionWeights } });
        const since = new Date(now().getTime() - 60_000);
        await weigh({ [number]: 0.5 });
        try {
          const answered: (string | null)[] = [];
          for (let sent = 0; sent < 40; sent += 1) {
            const call = { FunctionName, Qualifier: LIVE, event: PING };
            answered.push((await invokeFunction(clients, call)).number);
          }
          const sent = now();
          const seen = async () => {
            const versions = { from, to: number, since };
            const watched = { endpoint: FunctionName, versions, alarms: [], own: NOTHING_SEEN.own };
            return readWatch(watched, { clients, clock: { now } });
          };
          const isAll = async () => {
            const { from: old, to } = await seen();
            return old.requests + to.requests >= 40 && to.requests > 0;
          };
          const found = await until(place, isAll, LONGEST_MS);
          const { from: old, to } = await seen();
          const counted = `CloudWatch has ${old.requests} of the old and ${to.requests} of the new one`;
          const late = `${found ? 'after' : 'and no more in'} ${secondsSince(sent, place)}`;
          return `${answered.filter((one) => one === number).length} of 40 answered by the new version; ${counted}, ${late}`;
        } finally {
          await weigh({});
        }
      }),
  },
  {
    number: 5,
    question:
      'Whether Lambda prepares the sample’s image within its limits (`GET /ping` within 10 seconds of a start).',
    decide: (place) =>
      withVersion(place, async ({ number }) => {
        await until(place, () => isActive(place, number));
        const call = { FunctionName: place.endpoint, Qualifier: number, event: PING };
        const { error, report } = await invokeFunction(place.clients, call);
        return `${error ?? 'answered'}; Init Duration ${report.initMs ?? '?'} ms, ${report.maxMemoryMb ?? '?'} of ${report.memoryMb ?? '?'} MB`;
      }),
  },
  {
    number: 6,
    question:
      'Whether a version that has provisioned concurrency can be deleted; here it is taken off first.',
    decide: (place) =>
      withVersion(place, async ({ number }) => {
        const { clients, endpoint: FunctionName } = place;
        try {
          await provision(place, number);
          await until(place, async () => (await statusOf(place, number)) !== 'IN_PROGRESS');
          const lambda = await clients.lambda();
          return await fullAnswerOf(lambda.deleteFunction({ FunctionName, Qualifier: number }));
        } finally {
          await withoutProvision(place, number);
        }
      }),
  },
];
