/**
 * After whatever we do, Microsoft's own client reads the traffic, the versions and the tags that we tell: states by a seed,
 * ML_DEPLOY_TEST_SEED, which `npm test` takes from the commit. An endpoint that this client made is taken over with every field.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../deployment/conformance/sequences.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../../platforms/target-suite.ts';
import { PART } from '../../share.ts';
import { missingWitness, startWitness, type Witness } from '../beds/azure-witness.ts';
import { fieldDifferences } from '../beds/field-differences.ts';

const STATES = 200;
if (missingWitness !== null) console.log(`azure-ai-ml: ${missingWitness}`);

interface Read {
  readonly traffic: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly deployments: readonly {
    readonly name: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly instances: number;
  }[];
}

describe.skipIf(missingWitness !== null)(`azure-ai-ml ${missingWitness ?? ''}`, () => {
  let bed: AzureMlBed;
  let witness: Witness;

  beforeAll(async () => {
    bed = await makeAzureMlBed({}, undefined, { listen: true });
    witness = startWitness(bed.azure.url, bed.options.place);
  });
  afterAll(async () => {
    witness.close();
    await bed.dispose();
  });

  const ask = <T>(asked: object) => witness.ask<T>(asked);
  const read = () => ask<Read>({ read: ENDPOINT });

  it(`reads ${STATES} states of the seed ${PART} as we tell them`, async () => {
    const random = randomOf(PART + 1);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const ends: Record<string, number> = {};
    const model = () => pick<ModelName>(['one', 'two', 'three', 'broken']);
    const { target } = bed;
    await target.deploy(await target.plan(bed.request('one')));
    for (let state = 0; state < STATES; state++) {
      const asked = pick(['deploy', 'stage', 'promote', 'rollback', 'discard', 'verify', 'scale'] as const);
      const instances = asked === 'scale' ? 1 + Math.floor(random() * 3) : undefined;
      const plan = await target.plan(
        bed.requestWith(model(), instances === undefined ? {} : { instanceCount: instances }),
      );
      const live = (await target.describe(ENDPOINT)).live?.version ?? '';
      const doing = {
        deploy: () => target.deploy(plan),
        scale: () => target.deploy(plan),
        stage: () => target.stage(plan),
        promote: async () => target.stage(plan).then(() => target.promote(plan)),
        rollback: () => target.rollback(ENDPOINT, null),
        discard: () => target.discard(plan),
        verify: () => target.markVerified(ENDPOINT, live),
      } as const;
      const outcome = await doing[asked]().then(
        (made) => made?.outcome ?? 'noted',
        (error: unknown) => (error as Error).name,
      );
      ends[outcome] = (ends[outcome] ?? 0) + 1;
      expect(await read(), `state ${state}: ${asked}, ${outcome}`).toMatchObject(await told());
    }
    console.log(`azure-ai-ml agrees on ${STATES} states of the seed ${PART}: ${JSON.stringify(ends)}`);
    // Nothing would be shown by states that are all alike.
    expect(Object.keys(ends).length).toBeGreaterThanOrEqual(5);
  }, 600_000);

  it('has made an endpoint, which is taken over with every field', async () => {
    const put = async (asked: object) => {
      await ask({ put: 'mine', ...asked });
      bed.ports.clock.advance(1_800_000);
    };
    await put({ fields: FIELDS });
    await put({ deployment: 'blue', fields: BY_HAND });
    await put({ deployment: 'green', fields: BY_HAND });
    await put({ fields: { ...FIELDS, traffic: { blue: 100 }, mirror_traffic: { green: 10 } } });
    const before = await ask<Whole>({ whole: 'mine' });
    const { traffic, mirrorTraffic } = before.endpoint.properties;
    expect([traffic, mirrorTraffic]).toEqual([{ blue: 100 }, { green: 10 }]);

    const target = bed.targetWith({ adopt: true });
    const result = await target.deploy(await target.plan(bed.requestWith('two', {}, {}, 'mine')));
    expect(result.outcome, result.message).toBe('deployed');
    bed.ports.clock.advance(1_800_000);
    const after = await ask<Whole>({ whole: 'mine' });
    const { lost, changed, added } = fieldDifferences(before, after, isShare);
    console.log(
      `taken over: ${lost.length} fields lost, changed: ${changed.join(', ')}, added: ${added.join(', ')}`,
    );
    expect(lost).toEqual([]);
    expect(changed).toEqual([]);
    expect(added.filter((path) => !OURS.test(path))).toEqual([]);

    expect((await target.rollback('mine', null)).outcome).toBe('rolled-back');
    bed.ports.clock.advance(1_800_000);
    const back = fieldDifferences(before, await ask<Whole>({ whole: 'mine' }), isShare);
    expect([back.lost, back.changed]).toEqual([[], []]);
    expect((await ask<Whole>({ whole: 'mine' })).endpoint.properties).toMatchObject({ traffic });
    expect(back.added.filter((path) => !OURS.test(path))).toEqual([]);
  });

  /** By our own description, in Azure's words. */
  async function told(): Promise<object> {
    const { live, candidates, versions } = await bed.target.describe(ENDPOINT);
    const name = `v-${live?.version ?? ''}`;
    const waiting = candidates.map((candidate) => [
      `ml-deploy:${candidate.name.slice(ENDPOINT.length + 1)}`,
      expect.stringContaining(`${candidate.version} ${candidate.expiresAt}`) as string,
    ]);
    const notes = versions.flatMap(({ version, verified }) =>
      verified ? [[`ml-deploy:n-${version}`, expect.stringMatching(/^f:v/) as string]] : [],
    );
    const served = versions.filter((one) => one.served).map(({ version }) => version);
    const deployments = [...new Set([...versions, ...candidates].map(({ version }) => `v-${version}`))];
    return {
      traffic: { [name]: 100 },
      tags: {
        'ml-deploy:endpoint': ENDPOINT,
        'ml-deploy:served': expect.stringMatching(new RegExp(`^${served[0] ?? ''}`)) as string,
        ...(Object.fromEntries([...waiting, ...notes]) as object),
      },
      deployments: expect.arrayContaining(
        deployments.map((each) => expect.objectContaining({ name: each }) as object),
      ) as object,
    };
  }
});

interface Whole {
  readonly endpoint: { readonly properties: Readonly<Record<string, unknown>> };
  readonly deployments: Readonly<Record<string, object>>;
}

const ID = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/ml/providers';
/** By the names of azure-ai-ml. */
const FIELDS = {
  description: 'Churn, since 2023',
  auth_mode: 'aad_token',
  public_network_access: 'disabled',
  tags: { team: 'churn', 'cost-centre': '7' },
  properties: { enforce_access_to_default_secret_stores: 'enabled' },
};
const BY_HAND = {
  model: `${ID}/Microsoft.MachineLearningServices/workspaces/acme/models/by-hand/versions/1`,
  environment: `${ID}/Microsoft.MachineLearningServices/workspaces/acme/environments/by-hand/versions/1`,
  instance_type: 'Standard_DS3_v2',
  instance_count: 2,
  description: 'By hand',
  tags: { made: 'by hand' },
  environment_variables: { LEVEL: 'info' },
  app_insights_enabled: true,
};

/** Our share of the traffic, our tags, and the deployment of our version. */
const OURS = /^endpoint\.properties\.traffic\.v-|^endpoint\.tags\.ml-deploy:|^deployments\.v-[0-9a-f]{16}\./;
const isShare = (path: string) => path.startsWith('endpoint.properties.traffic.');
