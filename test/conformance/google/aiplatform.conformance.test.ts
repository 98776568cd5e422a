/**
 * After whatever we do, Google's own client reads the traffic, the versions and the labels that we tell, and Google's own types
 * take each of our requests: states by a seed, ML_DEPLOY_TEST_SEED, which `npm test` takes from the commit. An endpoint that
 * this client made is taken over with every field.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '../../deployment/conformance/sequences.ts';
import type { Asked } from '../../fakes/google/fake-google.ts';
import { TOKEN } from '../../fakes/google/fake-google.ts';
import { ENDPOINT, type ModelName } from '../../platforms/target-suite.ts';
import { makeVertexBed, type VertexBed } from '../../platforms/vertex-bed.ts';
import { PART } from '../../share.ts';
import type { CloudSettings } from '../../../src/core/plan/cloud-settings.ts';
import type { Strategy } from '../../../src/documents/plan.ts';
import { Resources } from '../../../src/platforms/vertex-ai/resources.ts';
import { fieldDifferences } from '../beds/field-differences.ts';
import {
  missingWitness,
  startWitness,
  type Labels,
  type Read,
  type Witness,
} from '../beds/google-witness.ts';

const STATES = 200;
const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: [] };
if (missingWitness !== null) console.log(`google-cloud-aiplatform: ${missingWitness}`);

describe.skipIf(missingWitness !== null)(`google-cloud-aiplatform ${missingWitness ?? ''}`, () => {
  let bed: VertexBed;
  let witness: Witness;
  let lookedAt: () => Promise<readonly Asked[]>;

  beforeEach(async () => {
    // The witness waits in our time, and not in the stand-in's.
    bed = makeVertexBed({}, { takes: AT_ONCE, quota: 1000, lagMs: 0 });
    const { project, location } = bed.google.world.settings;
    witness = startWitness(await bed.google.listen(), TOKEN, project, location);
    lookedAt = () => {
      bed.ports.clock.advance(1000);
      // The JSON API of Cloud Storage is not made of messages; fake-gcs-server judges it.
      const asked = bed.google.asked.splice(0).filter(({ path }) => !path.startsWith('/storage/'));
      return Promise.resolve(asked);
    };
  });
  afterEach(async () => {
    witness.close();
    await bed.dispose();
  });

  it(`reads ${STATES} states of the seed ${PART} as we tell them, and takes each request`, async () => {
    const random = randomOf(PART + 1);
    const ends: Record<string, number> = {};
    let requests = 0;
    await bed.target.deploy(await bed.target.plan(bed.request('one')));
    for (let state = 0; state < STATES; state++) {
      const done = await changed(random);
      ends[done.outcome] = (ends[done.outcome] ?? 0) + 1;
      const asked = await lookedAt();
      requests += asked.length;
      expect(await witness.judge(asked), `state ${state}: ${done.asked}`).toEqual([]);
      const read = shownBy(await witness.read(ENDPOINT));
      bed.google.asked.length = 0;
      const ours = await told();
      const at = `state ${state}: ${done.asked}, ${done.outcome}`;
      expect(read, at).toEqual({ ...ours, versions: expect.arrayContaining([...ours.versions]) as string[] });
      // Of a version that never served we tell nothing.
      const untold = read.versions.filter((version) => !ours.versions.includes(version));
      expect(
        servedIn(read.labels).filter((version) => untold.includes(version)),
        at,
      ).toEqual([]);
    }
    console.log(
      `google-cloud-aiplatform agrees on ${STATES} states of the seed ${PART}: ${JSON.stringify(ends)}; Google's types take ${requests} of ${requests} requests, 0 unknown fields`,
    );
    // Nothing would be shown by states that are all alike.
    expect(Object.keys(ends).length).toBeGreaterThanOrEqual(5);
  }, 900_000);

  /** One thing of those that a user does; `cut` leaves the endpoint with two versions. */
  async function changed(random: () => number): Promise<{ asked: string; outcome: string }> {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const { target } = bed;
    const asked = pick([
      'deploy',
      'stage',
      'promote',
      'rollback',
      'discard',
      'verify',
      'scale',
      'cut',
      'later',
    ] as const);
    const model = pick<ModelName>(['one', 'two', 'three', 'broken']);
    const maxCapacity = 1 + Math.floor(random() * 3);
    const none = { invocationsPerInstance: null, scaleInCooldown: null, scaleOutCooldown: null };
    const scaling = { minCapacity: 1, maxCapacity, ...none };
    const settings: CloudSettings = asked === 'scale' ? { scaling } : {};
    const changes = asked === 'cut' ? { strategy: CANARY } : {};
    const live = (await target.describe(ENDPOINT)).live?.version ?? '';
    const doing = async () => {
      if (asked === 'rollback') return target.rollback(ENDPOINT, null);
      if (asked === 'verify') return target.markVerified(ENDPOINT, live);
      if (asked === 'later') {
        bed.ports.clock.advance(2 * 3_600_000);
        return target.reap(ENDPOINT, null);
      }
      const plan = await target.plan(bed.requestWith(model, settings, changes));
      if (asked === 'stage') return target.stage(plan);
      if (asked === 'discard') return target.discard(plan);
      if (asked === 'promote') await target.stage(plan);
      // A run that may not read the figures ends in the middle, with the shares as they are.
      bed.google.allows = (permission) => asked !== 'cut' || permission !== 'monitoring.timeSeries.list';
      return asked === 'promote' ? target.promote(plan) : target.deploy(plan);
    };
    const outcome = await doing().then(
      (made) => (made !== undefined && 'outcome' in made ? made.outcome : 'noted'),
      (error: unknown) => (error as Error).name,
    );
    bed.google.allows = () => true;
    return { asked, outcome };
  }

  it('has made an endpoint, which is taken over with every field', async () => {
    const before = await witness.make('mine', FIELDS, [bed.imageOf('one'), bed.imageOf('three')]);
    const target = bed.targetWith({ adopt: true });
    const result = await target.deploy(await target.plan(bed.requestWith('two', {}, {}, 'mine')));
    expect(result.outcome, result.message).toBe('deployed');
    const after = await witness.whole('mine');
    const isShare = (path: string) => path.startsWith('trafficSplit.');
    const { lost, changed: other, added } = fieldDifferences(before, after, isShare);
    console.log(
      `taken over: ${lost.length} fields lost, changed: ${other.join(', ')}, added: ${added.join(', ')}`,
    );
    expect(lost).toEqual([]);
    // The etag, and the share of the model that served.
    expect(other).toEqual(['etag']);
    expect(
      added.filter((path) => !/^(?:labels\.ml-deploy-|deployedModels\.2\.|trafficSplit\.)/.test(path)),
    ).toEqual([]);
    expect((await target.rollback('mine', null)).outcome).toBe('rolled-back');
    const { trafficSplit } = before as { readonly trafficSplit: object };
    expect(await witness.whole('mine')).toMatchObject({ trafficSplit });
  });

  interface Told {
    readonly shares: Readonly<Record<string, number>>;
    readonly labels: Readonly<Record<string, string>>;
    readonly candidates: Readonly<Record<string, string>>;
    readonly verified: readonly string[];
    readonly versions: readonly string[];
  }

  /** By our own description; the labels as our own client reads them. */
  async function told(): Promise<Told> {
    const { live, detail, candidates, versions } = await bed.target.describe(ENDPOINT);
    const split = /([0-9a-f]{16}) gets (\d+) %/.exec(detail);
    const percent = split === null ? 100 : 100 - Number(split[2]);
    const { rest, place } = bed.options;
    const { labels = {} } = (await new Resources(rest, place).endpoint(ENDPOINT)) ?? {};
    const all = [...new Set([...versions, ...candidates].map(({ version }) => version))];
    return {
      shares: {
        [live?.version ?? '']: percent,
        ...(split === null ? {} : { [split[1] ?? '']: Number(split[2]) }),
      },
      labels,
      candidates: Object.fromEntries(candidates.map(({ name, version }) => [name, version])),
      verified: versions
        .filter(({ verified }) => verified)
        .map(({ version }) => version)
        .sort(),
      versions: all.sort(),
    };
  }
});

function servedIn(labels: Labels): readonly string[] {
  const all = Object.entries(labels).filter(([key]) => key.startsWith('ml-deploy-served-'));
  return all.flatMap(([, value]) => value.split('_'));
}

/** What Google's client read, in our words. */
function shownBy({ traffic, labels, deployed, candidates, versions }: Read) {
  const versionOf = (id: string) => deployed.find((each) => each.id === id)?.version ?? id;
  const given = Object.entries(traffic).filter(([, percent]) => percent > 0);
  const all = Object.values(versions);
  return {
    shares: Object.fromEntries(given.map(([id, percent]) => [versionOf(id), percent])),
    labels,
    candidates: Object.fromEntries(
      Object.entries(candidates).map(([name, each]) => [name, each['ml-deploy-version'] ?? '']),
    ),
    verified: all
      .filter((each) => each['ml-deploy-verified'] === 'yes')
      .map((each) => each['ml-deploy-version'] ?? '')
      .sort(),
    versions: [...new Set(all.map((each) => each['ml-deploy-version'] ?? ''))].sort(),
  };
}

/** All that an endpoint can have without a network of its own. */
const FIELDS = {
  displayName: 'risk scores',
  description: 'made by hand',
  labels: { owner: 'risk', 'cost-centre': '4711' },
  encryptionSpec: { kmsKeyName: 'projects/acme-prod/locations/europe-west4/keyRings/ml/cryptoKeys/one' },
  dedicatedEndpointEnabled: true,
  predictRequestResponseLoggingConfig: {
    enabled: true,
    samplingRate: 0.5,
    bigqueryDestination: { outputUri: 'bq://acme-prod.risk.requests' },
  },
  clientConnectionConfig: { inferenceTimeout: '60s' },
};

const AT_ONCE = { CreateEndpoint: 0, DeployModel: 0, UndeployModel: 0, UploadModel: 0, Delete: 0 };
