import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('../../../src/core/young-generation.ts', import.meta.url).href;

/** Megabytes of the space for new objects, after many of them have lived for a while. */
function newSpaceAfter(setUp: string): number {
  const script = `
    import { setImmediate } from 'node:timers/promises';
    import { getHeapSpaceStatistics } from 'node:v8';
    import { stopYoungGenerationAt } from '${MODULE}';
    ${setUp}
    let live = [];
    for (let batch = 0; batch < 400; batch++) {
      live = Array.from({ length: 20_000 }, (_, at) => [Math.random(), at]);
      await setImmediate();
    }
    const space = getHeapSpaceStatistics().find((one) => one.space_name === 'new_space');
    console.log(space.space_size / 1e6, live.length);`;
  const args = ['--no-warnings', '--input-type=module', '--eval', script];
  return parseFloat(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('the space for new objects', () => {
  it('stops growing where memory is to stay flat', () => {
    expect(newSpaceAfter('stopYoungGenerationAt(16_000_000);')).toBeLessThan(20);
    expect(newSpaceAfter('stopYoungGenerationAt();')).toBeLessThan(8);
    // Otherwise nothing is shown by this test.
    expect(newSpaceAfter('')).toBeGreaterThan(30);
  });
});
