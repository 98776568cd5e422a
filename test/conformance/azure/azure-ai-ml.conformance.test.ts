/**
 * After whatever we do, Microsoft's own client reads the traffic, the versions and the tags that we tell: states by a seed,
 * ML_DEPLOY_TEST_SEED, which `npm test` takes from the commit.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { randomOf } from '../../deployment/conformance/sequences.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../../platforms/target-suite.ts';
import { PART } from '../../share.ts';

const PYTHON = join(root, 'build/conformance/venv-azure/bin/python');
const STATES = 200;
const missing = existsSync(PYTHON)
  ? null
  : 'skipped: azure-ai-ml is not installed (test/conformance/beds/install-azure-ai-ml.sh)';
if (missing !== null) console.log(`azure-ai-ml: ${missing}`);

interface Read {
  readonly traffic: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly deployments: readonly {
    readonly name: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly instances: number;
  }[];
}

describe.skipIf(missing !== null)(`azure-ai-ml ${missing ?? ''}`, () => {
  let bed: AzureMlBed;
  let witness: ChildProcessWithoutNullStreams;
  let lines: AsyncIterator<string>;

  beforeAll(async () => {
    bed = await makeAzureMlBed({}, undefined, { listen: true });
    const { subscription, resourceGroup, workspace } = bed.options.place;
    const script = join(root, 'test/conformance/azure/witness.py');
    witness = spawn(PYTHON, [script, bed.azure.url, subscription, resourceGroup, workspace]);
    witness.stderr.pipe(process.stderr);
    lines = createInterface({ input: witness.stdout })[Symbol.asyncIterator]();
  });
  afterAll(async () => {
    witness.stdin.end();
    await bed.dispose();
  });

  const read = async (): Promise<Read> => {
    witness.stdin.write(`${ENDPOINT}\n`);
    const { value } = (await lines.next()) as { value: string };
    return JSON.parse(value) as Read;
  };

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
