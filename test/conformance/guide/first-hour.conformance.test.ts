/** scripts/first-hour.ts: README.md and docs/first-release.md, followed block by block by a new user. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { whyNoPython } from '../../../scripts/first-hour/tools.ts';
import { missingAct } from '../workflows/act.ts';

const missing = missingAct() ?? whyNoPython();
if (missing !== null) console.log(`the first hour is not followed: skipped: ${missing}`);

describe.skipIf(missing !== null)('the first hour of a new user', () => {
  test('every block of both pages does what the page says', { timeout: 1_200_000 }, () => {
    const run = spawnSync(process.execPath, [join(root, 'scripts/first-hour.ts')], { encoding: 'utf8' });
    console.log(run.stdout, run.stderr);
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^\d\d blocks followed, 0 edits that the page does not print/m);
  });
});
