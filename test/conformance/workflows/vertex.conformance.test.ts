/**
 * A push as a user makes it: deploy-ml-model.yml -> deploy.yml with target vertex-ai. What serves then is read back by Google's
 * own client. Google Cloud, GitHub and Slack are stand-ins.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingWitness, startWitness, type Witness } from '../beds/google-witness.ts';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';
import { startVertexSide, type VertexSide } from './vertex-side.ts';

const missing = missingAct() ?? missingWitness;
if (missing !== null) console.log(`skipped: Vertex AI by workflows under act: ${missing}`);

describe.skipIf(missing !== null)('Vertex AI: a push, under act', () => {
  let side: VertexSide;
  let bed: ActBed;
  let witness: Witness;
  const stops: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    side = await startVertexSide();
    stops.push(() => side.close());
    bed = await startActBed({ config: 'ml-deploy-vertex.yml', env: side.env });
    stops.push(() => bed.close());
    const { project, location } = side.google.world.settings;
    side.login.opens.add(TOKEN);
    witness = startWitness(side.url, TOKEN, project, location);
    stops.push(() => witness.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test("lets a version serve, which Google's own client reads back, and tells no token", async () => {
    const run = await bed.push('develop', 'v2', { log: 'vertex-develop' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, prepare: true, release: true });
    const { traffic, deployed, labels, versions } = await witness.read('churn-dev');
    const [live] = deployed;
    expect(deployed).toHaveLength(1);
    expect(traffic).toEqual({ [live?.id ?? '']: 100 });
    expect(labels).toMatchObject({ 'ml-deploy-endpoint': 'churn-dev', 'ml-deploy-served-1': live?.version });
    expect(versions[live?.number ?? '']).toMatchObject({
      'ml-deploy-version': live?.version,
      'ml-deploy-verified': 'yes',
    });
    expect(run.log).toContain(`running-version=${live?.version ?? ''}`);
    const lines = run.log.split('\n').filter((line) => !line.includes('::add-mask::'));
    expect(side.login.tokens.length).toBeGreaterThan(1);
    for (const token of side.login.tokens) expect(lines.some((line) => line.includes(token))).toBe(false);
  });
});

/** Of the witness. */
const TOKEN = 'ya29.token-of-the-witness';
