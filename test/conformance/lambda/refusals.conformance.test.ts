/**
 * What the fake of Lambda refuses, asked of LocalStack and MiniStack as well. LocalStack's answers are compared by its own
 * project with AWS's. Where one of the two is known to take what AWS refuses, it is said, and shown that it still does.
 */
import { Lambda, type LambdaServiceException } from '@aws-sdk/client-lambda';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import { startLocalStack, startMiniStack, whyNoLocalStack, type Emulator } from '../beds/localstack-bed.ts';

const missing = whyNoLocalStack();
if (missing !== null) console.log(`the refusals of Lambda: ${missing}`);

const account = '123456789012';
const region = 'eu-west-1';
const FN = { FunctionName: 'churn' };
const STALE = { ...FN, RevisionId: '11111111-1111-4111-8111-111111111111' };
const arn = (qualifier: string) => `arn:aws:lambda:${region}:${account}:function:churn:${qualifier}`;
const weights = (FunctionVersion: string, AdditionalVersionWeights: Record<string, number>) => ({
  ...FN,
  Name: 'other',
  FunctionVersion,
  RoutingConfig: { AdditionalVersionWeights },
});
const permission = {
  ...FN,
  Qualifier: 'live',
  StatementId: 'api',
  Action: 'lambda:InvokeFunction',
  Principal: 'apigateway.amazonaws.com',
};

interface Party {
  readonly lambda: Lambda;
  readonly images: readonly [string, string];
  readonly role: string;
  /** Until nothing is under way. */
  readonly settle: () => Promise<void>;
}

interface Case {
  readonly name: string;
  readonly before?: (party: Party) => Promise<unknown>;
  readonly ask: (party: Party) => Promise<unknown>;
  readonly after?: (party: Party) => Promise<unknown>;
  /** Status and code, as AWS answers. */
  readonly refused: string;
  /** Why LocalStack is known to differ; absent where it does not. */
  readonly localStackDiffers?: string;
  readonly miniStackDiffers?: string;
}

const put = (Qualifier: string) => (party: Party) =>
  party.lambda.putProvisionedConcurrencyConfig({ ...FN, Qualifier, ProvisionedConcurrentExecutions: 1 });
/** When it is there: LocalStack fails where it is still being made. */
const remove =
  (Qualifier: string) =>
  async ({ lambda, settle }: Party) => {
    await settle();
    while ((await lambda.getProvisionedConcurrencyConfig({ ...FN, Qualifier })).Status === 'IN_PROGRESS')
      await wait(100);
    await lambda.deleteProvisionedConcurrencyConfig({ ...FN, Qualifier });
  };
const NO_CHECK = 'it takes it';

/** One after the other, on versions 1 and 2 and the alias `live` of version 1. */
const CASES: readonly Case[] = [
  {
    name: 'new code with another revision',
    ask: ({ lambda, images: [ImageUri] }) => lambda.updateFunctionCode({ ...STALE, ImageUri }),
    refused: '412 PreconditionFailedException',
  },
  {
    name: 'new settings with another revision',
    ask: ({ lambda }) => lambda.updateFunctionConfiguration({ ...STALE, MemorySize: 512 }),
    refused: '412 PreconditionFailedException',
  },
  {
    name: 'a version with another revision',
    ask: ({ lambda }) => lambda.publishVersion(STALE),
    refused: '412 PreconditionFailedException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'a version of another image',
    ask: ({ lambda }) => lambda.publishVersion({ ...FN, CodeSha256: '3'.repeat(64) }),
    refused: '400 InvalidParameterValueException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'an alias moved with another revision',
    ask: ({ lambda }) => lambda.updateAlias({ ...STALE, Name: 'live', FunctionVersion: '2' }),
    refused: '412 PreconditionFailedException',
  },
  {
    name: 'new settings while the code is being updated',
    before: ({ lambda, images: [ImageUri] }) => lambda.updateFunctionCode({ ...FN, ImageUri }),
    ask: ({ lambda }) => lambda.updateFunctionConfiguration({ ...FN, Timeout: 9 }),
    after: ({ settle }) => settle(),
    refused: '409 ResourceConflictException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'two weights',
    ask: ({ lambda }) => lambda.createAlias(weights('1', { 2: 0.1, 3: 0.1 })),
    refused: '400 InvalidParameterValueException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'a weight above 1',
    ask: ({ lambda }) => lambda.createAlias(weights('1', { 2: 1.5 })),
    refused: '400 ValidationException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'a weight of a version that is not there',
    ask: ({ lambda }) => lambda.createAlias(weights('1', { 9: 0.5 })),
    refused: '404 ResourceNotFoundException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'a weight beside $LATEST',
    ask: ({ lambda }) => lambda.createAlias(weights('$LATEST', { 1: 0.5 })),
    refused: '400 InvalidParameterValueException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'provisioned concurrency of $LATEST',
    ask: put('$LATEST'),
    refused: '400 InvalidParameterValueException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'provisioned concurrency of an alias whose version has its own',
    before: put('1'),
    ask: put('live'),
    after: remove('1'),
    refused: '409 ResourceConflictException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'provisioned concurrency that is not there',
    ask: ({ lambda }) => lambda.getProvisionedConcurrencyConfig({ ...FN, Qualifier: '2' }),
    refused: '404 ProvisionedConcurrencyConfigNotFoundException',
  },
  {
    name: 'provisioned concurrency of a version whose alias has it',
    before: put('live'),
    ask: put('1'),
    // LocalStack cannot find it again to remove it: it answers with an error of its own.
    after: (party) => remove('live')(party).catch(() => null),
    refused: '409 ResourceConflictException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'tags on an alias',
    ask: ({ lambda }) => lambda.tagResource({ Resource: arn('live'), Tags: { a: 'b' } }),
    refused: '400 InvalidParameterValueException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'tags on a version',
    ask: ({ lambda }) => lambda.tagResource({ Resource: arn('1'), Tags: { a: 'b' } }),
    refused: '400 InvalidParameterValueException',
    miniStackDiffers: NO_CHECK,
  },
  {
    name: 'a permission twice',
    before: ({ lambda }) => lambda.addPermission(permission),
    ask: ({ lambda }) => lambda.addPermission(permission),
    refused: '409 ResourceConflictException',
  },
  {
    name: 'the policy of the function, where its alias has one',
    ask: ({ lambda }) => lambda.getPolicy(FN),
    refused: '404 ResourceNotFoundException',
    miniStackDiffers: 'it has one policy for the function and its aliases',
  },
  {
    name: 'a version that an alias names, deleted',
    ask: ({ lambda }) => lambda.deleteFunction({ ...FN, Qualifier: '1' }),
    refused: '409 ResourceConflictException',
    localStackDiffers: 'it deletes it',
  },
  {
    name: 'a function of a name that there is',
    ask: (party) => create(party),
    refused: '409 ResourceConflictException',
  },
  {
    name: 'a call of a version that is not there',
    ask: ({ lambda }) => lambda.invoke({ ...FN, Qualifier: '9' }),
    refused: '404 ResourceNotFoundException',
  },
];

/** Asked of the fake alone: nobody here knows it. */
const ON_THE_FAKE_ALONE: readonly Case[] = [
  {
    name: 'a version while the code is being updated',
    before: ({ lambda, images: [, ImageUri] }) => lambda.updateFunctionCode({ ...FN, ImageUri }),
    ask: ({ lambda }) => lambda.publishVersion(FN),
    after: ({ settle }) => settle(),
    refused: '409 ResourceConflictException',
  },
  {
    name: 'provisioned concurrency of an alias with weights',
    before: ({ lambda }) => lambda.createAlias(weights('1', { 2: 0.5 })),
    ask: put('other'),
    after: ({ lambda }) => lambda.deleteAlias({ ...FN, Name: 'other' }),
    refused: '400 InvalidParameterValueException',
  },
];

async function create({ lambda, images: [ImageUri], role }: Party): Promise<unknown> {
  return lambda.createFunction({ ...FN, Role: role, PackageType: 'Image', Code: { ImageUri } });
}

async function furnish(party: Party): Promise<void> {
  const { lambda, images, settle } = party;
  await create(party);
  await settle();
  await lambda.publishVersion({ ...FN, Description: 'one' });
  await settle();
  await lambda.updateFunctionCode({ ...FN, ImageUri: images[1] });
  await settle();
  await lambda.publishVersion({ ...FN, Description: 'two' });
  await settle();
  await lambda.createAlias({ ...FN, Name: 'live', FunctionVersion: '1' });
}

async function outcome({ before, ask, after }: Case, party: Party): Promise<string> {
  await before?.(party);
  const said = await ask(party).then(
    () => 'taken',
    (error: unknown) => {
      const { $metadata, name } = error as LambdaServiceException;
      return `${$metadata.httpStatusCode ?? ''} ${name}`;
    },
  );
  await after?.(party);
  return said;
}

function clientOf(endpoint: string): Lambda {
  return new Lambda({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'secret' },
  });
}

describe.skipIf(missing !== null)(`Lambda 6: what the fake refuses ${missing ?? ''}`, () => {
  const emulators: Emulator[] = [];
  let aws: FakeAws;
  let fake: Party;
  let localStack: Party;
  let miniStack: Party;

  beforeAll(async () => {
    aws = await FakeAws.start({ neighbours: 'none', account, region });
    const images = ['one', 'two'].map((tag) => {
      const { uri, digest } = aws.pushImage('churn-serving', tag);
      return uri.replace(/:\w+$/, `@${digest}`);
    });
    const shared = {
      images: images as unknown as Party['images'],
      role: aws.addRole('fn', ['lambda.amazonaws.com']),
    };
    const settle = () => {
      aws.advance(600_000);
      return Promise.resolve();
    };
    fake = { ...shared, lambda: new Lambda(aws.client), settle };
    emulators.push(await startLocalStack(), await startMiniStack());
    const others = emulators.map(({ url }): Party => {
      const lambda = clientOf(url);
      return { ...shared, lambda, settle: () => settled(lambda) };
    });
    [localStack, miniStack] = others as [Party, Party];
    for (const party of [fake, localStack, miniStack]) await furnish(party);
  }, 400_000);

  afterAll(async () => {
    await aws.close();
    for (const emulator of emulators) await emulator.stop();
  });

  test.each(CASES.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const { refused, localStackDiffers, miniStackDiffers } = each;
    expect(await outcome(each, fake)).toBe(refused);
    const others = [
      ['LocalStack', localStack, localStackDiffers],
      ['MiniStack', miniStack, miniStackDiffers],
    ] as const;
    expect(others.some(([, , differs]) => differs === undefined)).toBe(true);
    for (const [name, party, differs] of others) {
      const theirs = await outcome(each, party);
      if (differs === undefined) expect(theirs, name).toBe(refused);
      else expect(theirs, `${name} no longer differs: ${differs}`).not.toBe(refused);
    }
  });

  test.each(ON_THE_FAKE_ALONE.map((each) => [each.name, each] as const))(
    '%s (nobody else here knows it: LocalStack and MiniStack take it)',
    async (_, each) => {
      expect(await outcome(each, fake)).toBe(each.refused);
    },
  );
});

/** The others have clocks of their own. */
async function settled(lambda: Lambda): Promise<void> {
  for (;;) {
    const { State, LastUpdateStatus } = await lambda.getFunctionConfiguration(FN);
    if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return;
    await wait(100);
  }
}
