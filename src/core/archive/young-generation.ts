import { setFlagsFromString } from 'node:v8';

/**
 * Stops V8's young generation from growing. While 20,000 files are packed it would grow to 48 MB and, since the
 * collector then has less reason to look, let as many buffers lie about: 222 MB at the peak instead of 151, in no
 * less time. For the whole process, so only for one that does nothing but pack.
 *
 * V8 reads the factor each time it thinks of growing (`NewSpace::Grow`), so it may be set while it runs; the flags
 * for the size itself are read once, when the process starts.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
