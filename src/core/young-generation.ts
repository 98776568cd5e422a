/**
 * V8 enlarges the space for new objects as long as anything in it survives, to 64 MB and more, however little is
 * alive; and with less reason to collect, it leaves as many unused buffers. Memory would seem to grow with a model's
 * files or a test's rows: packing 20,000 small files took 222 MB at the peak, and takes 151 with this, in no less time.
 *
 * V8 reads the factor each time it thinks of growing, so it may be set while it runs; the flags for the size itself are
 * read once, when the process starts. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Keeps the space where it is as soon as it has `enoughBytes`, until the process ends; at once by default. */
export function stopYoungGenerationAt(enoughBytes = 0): void {
  if (newSpaceBytes() >= enoughBytes) {
    stop();
    return;
  }
  const collections = new PerformanceObserver(() => {
    if (newSpaceBytes() < enoughBytes) return;
    stop();
    collections.disconnect();
  });
  collections.observe({ entryTypes: ['gc'] });
}

function stop(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

function newSpaceBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}
