/** The same questions to the fake and to moto: the answers are the same, but where moto is known to be wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import { startMoto, whyNoAws, type Moto } from './aws-bed.ts';
import { cases, type Case } from './cases.ts';
import { clientsOf, type Clients } from './clients.ts';

const why = whyNoAws();
if (why !== null) console.log(`aws-fake: ${why}`);

const account = '123456789012';
const region = 'eu-west-1';

describe.skipIf(why !== null)('the AWS fake and moto', () => {
  let moto: Moto;
  let fake: FakeAws;
  let both: { fake: Clients; moto: Clients };
  beforeAll(async () => {
    moto = await startMoto();
    fake = await FakeAws.start({ neighbours: 'none', account, region });
    const role = fake.addRole('execution');
    const { uri: image } = fake.pushImage('churn', 'v1');
    fake.addBucket('models');
    both = {
      fake: clientsOf(fake.url, { account, region, image, role }),
      moto: clientsOf(moto.url, { account, region, image, role }),
    };
    await prepare(both.moto, fake);
  });
  afterAll(async () => {
    await fake.close();
    await moto.stop();
  });

  it.each(cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const [ours, theirs] = [await outcome(each, both.fake), await outcome(each, both.moto)];
    // What takes its time on AWS is done at once in moto.
    fake.advance(600_000);
    if (each.motoDiffers === undefined) expect(ours).toEqual(theirs);
    else expect(ours, `moto no longer differs: ${each.motoDiffers}`).not.toEqual(theirs);
  });
});

/** The same things in moto, which can make them itself. */
async function prepare({ iam, ecr, s3 }: Clients, fake: FakeAws): Promise<void> {
  await iam.createRole({ RoleName: 'execution', AssumeRolePolicyDocument: '{}' });
  await s3.createBucket({ Bucket: 'models', CreateBucketConfiguration: { LocationConstraint: region } });
  await ecr.createRepository({ repositoryName: 'churn' });
  const [image] = fake.ecr.repositories.get(`${account}/churn`) ?? [];
  await ecr.putImage({
    repositoryName: 'churn',
    imageTag: 'v1',
    imageDigest: image?.digest,
    imageManifest: image?.manifest ?? '',
    imageManifestMediaType: image?.mediaType,
  });
}

async function outcome(each: Case, clients: Clients): Promise<unknown> {
  try {
    const answer = await each.ask(clients);
    if (typeof answer !== 'object' || answer === null) return { answer };
    const { $metadata: _, ...members } = answer as Record<string, unknown>;
    const { pick } = each;
    return pick === undefined ? members : Object.fromEntries(pick.map((path) => [path, at(members, path)]));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: error.name, ...(each.words === true ? { message: plain(error.message) } : {}) };
  }
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

/** AWS puts ARNs into double quotes, as public reports show; moto into single ones at places. */
function plain(message: string): string {
  return message.replaceAll("'", '"');
}
