/**
 * Processes of the built deploy-endpoint that are killed by SIGKILL before or after a call of theirs, on the fake of AWS:
 * what serves in between, and what the next run makes of it. One flow and one of its calls, others for each seed; `npm run
 * test:faults`, all of them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killSomewhere, REAL_DIST } from '../faults/main-real.ts';
import { LAMBDA_FLOWS } from '../faults/real-lambda.ts';
import { triedOf } from '../share.ts';

const isBuilt = existsSync(join(REAL_DIST, 'deploy-endpoint/index.js'));
if (!isBuilt) console.log('skipped: dist is not built (npm run build)');

describe.skipIf(!isBuilt)('Lambda 3: a process of the built action, killed', () => {
  it.each(triedOf(LAMBDA_FLOWS, LAMBDA_FLOWS.length))(
    '$name: the old version, the approved split or the new one serves, and the next run ends it',
    async (flow) => {
      const { verdicts } = await killSomewhere(flow, LAMBDA_FLOWS.length);
      expect(verdicts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(0);
    },
  );
});
