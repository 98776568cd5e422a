/** acceptance-vertex.yml, which is for a real project, on the stand-in for Google Cloud: that its steps fit together. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROVIDER, SERVICE_ACCOUNT } from '../../fakes/google/google-login.ts';
import { BUCKET } from '../../fakes/google/project.ts';
import { startAcceptanceBed, type AcceptanceBed } from './acceptance-bed.ts';
import { missingAct } from './act-bed.ts';
import { startVertexSide, type VertexSide } from './vertex-side.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: acceptance-vertex.yml under act: ${missing}`);

const IMAGE = `europe-west4-docker.pkg.dev/acme-prod/models/sample@sha256:${'a'.repeat(64)}`;

describe.skipIf(missing !== null)('acceptance-vertex.yml under act', () => {
  let side: VertexSide;
  let bed: AcceptanceBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startVertexSide();
    stops.push(() => side.close());
    bed = await startAcceptanceBed('acceptance-vertex', { config: 'ml-deploy-vertex.yml', env: side.env });
    stops.push(() => bed.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test('releases, promotes by a canary, refuses, rolls back, and leaves nothing', async () => {
    const { project, location } = side.google.world.settings;
    const run = await bed.accept({
      ACCEPTANCE_GCP_PROJECT: project,
      ACCEPTANCE_GCP_LOCATION: location,
      ACCEPTANCE_GCP_PROVIDER: PROVIDER,
      ACCEPTANCE_GCP_SERVICE_ACCOUNT: SERVICE_ACCOUNT,
      ACCEPTANCE_GCP_SERVING_ACCOUNT: 'serving@acme-prod.iam.gserviceaccount.com',
      ACCEPTANCE_GCP_BUCKET: BUCKET,
      ACCEPTANCE_GCP_REPOSITORY: 'models',
      ACCEPTANCE_VERTEX_IMAGE: IMAGE,
    });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.log).toContain('outcome=torn-down');
    const splits = side.google.asked
      .filter(({ name }) => name.endsWith('endpoints.patch'))
      .map(({ body }) => body.toString());
    expect(splits.some((body) => /"trafficSplit":\{[^}]*:25[,}]/.test(body))).toBe(true);
    const left = [...side.google.world.endpoints.keys(), ...side.google.world.models.keys()];
    expect(left.filter((name) => name.startsWith('ml-deploy-acceptance'))).toEqual([]);
  });

  test('does nothing where no project is named', async () => {
    const run = await bed.accept();
    expect(run.jobs).toEqual({});
  });
});
