/**
 * Processes of the built deploy-endpoint that are killed by SIGKILL before or after a call of theirs, on the stand-in for
 * Google Cloud: what answers at each call in between, what the next run makes of it, what is left, and which secrets are
 * told. One flow and one of its calls, others for each seed; `npm run test:faults`, all of them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killSomewhere, REAL_DIST } from '../faults/main-real.ts';
import { VERTEX_AI_FLOWS } from '../faults/real-vertex.ts';
import { triedOf } from '../share.ts';

const isBuilt = existsSync(join(REAL_DIST, 'deploy-endpoint/index.js'));
if (!isBuilt) console.log('skipped: dist is not built (npm run build)');

describe.skipIf(!isBuilt)('Vertex AI 4: a process of the built action, killed', () => {
  it.each(triedOf(VERTEX_AI_FLOWS, VERTEX_AI_FLOWS.length))(
    '$name: the old version, the approved split or the new one serves, and the next run ends it',
    async (flow) => {
      const { verdicts } = await killSomewhere(flow, VERTEX_AI_FLOWS.length);
      expect(verdicts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(0);
    },
  );
});
