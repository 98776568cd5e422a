/** That a job under act finds nothing of another one: what passes here only because one machine runs both proves nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: the walls between jobs under act: ${missing}`);

const WORKFLOW = `name: walls
on: push
jobs:
  first:
    runs-on: ubuntu-latest
    steps:
      - run: |
          for folder in "$HOME" "$RUNNER_TEMP" "$GITHUB_WORKSPACE"; do touch "$folder/left-by-first"; done
          printf '%s\\n' "$HOME" "$RUNNER_TEMP" "$GITHUB_WORKSPACE" > "$ML_DEPLOY_BED/first"
          setsid sleep 300 < /dev/null > /dev/null 2>&1 &
          echo $! > "$ML_DEPLOY_BED/process"
          sleep 0.3
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: |
          printf '%s\\n' "$HOME" "$RUNNER_TEMP" "$GITHUB_WORKSPACE" > "$ML_DEPLOY_BED/second"
          for folder in "$HOME" "$RUNNER_TEMP" "$GITHUB_WORKSPACE"; do [ ! -e "$folder/left-by-first" ]; done
          sleep 1
          # Of a process that ended and that nobody waits for, there is nothing to read.
          if grep -q ML_DEPLOY "/proc/$(cat "$ML_DEPLOY_BED/process")/environ" 2> /dev/null; then exit 1; fi
`;

let bed: ActBed | undefined;
beforeAll(async () => {
  if (missing === null) bed = await startActBed({ config: 'ml-deploy.yml' });
});
afterAll(() => bed?.close());

test.skipIf(missing !== null)(
  'a job has home, temp and workspace of its own, and its processes end with it',
  async () => {
    if (bed === undefined) throw new Error('There is no bed.');
    bed.repository.write('.github/workflows/walls.yml', WORKFLOW);
    const run = await bed.push('develop', 'v1', { workflow: 'walls', log: 'walls' });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.jobs).toEqual({ first: true, second: true });
    const [first = '', second = ''] = ['first', 'second'].map((name) =>
      readFileSync(join(bed?.folder ?? '', name), 'utf8'),
    );
    const folders = [...first.trim().split('\n'), ...second.trim().split('\n')];
    expect(new Set(folders).size).toBe(6);
  },
);
