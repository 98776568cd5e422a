/**
 * V8 enlarges the space for new objects as long as anything in it survives, to 64 MB and more, however little is alive:
 * the memory of a test would seem to grow with its rows. Here that space stops growing where it is large enough for what
 * a test holds at once. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const ENOUGH_BYTES = 16_000_000;

/** From now on, until the process ends. */
export function keepMemoryFlat(): void {
  const collections = new PerformanceObserver(() => {
    if (newSpaceBytes() < ENOUGH_BYTES) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    collections.disconnect();
  });
  collections.observe({ entryTypes: ['gc'] });
}

function newSpaceBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}
