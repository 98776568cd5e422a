import { expect, it } from 'vitest';
import { PLATFORMS } from '../../deployment/conformance/platforms.ts';
import { conform, sequenceOf } from '../../deployment/conformance/sequences.ts';

/** Thousands are run by hand, and by test:faults: node test/deployment/conformance/main.ts */
const SHARE: Readonly<Record<string, number>> = { sagemaker: 40, local: 8 };

it.each(Object.entries(PLATFORMS))(
  'random sequences of steps show the same on %s and on the in-memory platform',
  async (name, { kinds, prepare }) => {
    const sequences = SHARE[name] ?? 10;
    const open = await prepare();
    const report = await conform(open, kinds, { from: 1, sequences });
    expect(report.differences).toEqual([]);
    expect(report.sequences).toBe(sequences);
  },
);

it('makes the same sequence of the same seed, and another one of another seed', () => {
  const kinds = ['shift', 'open', 'close'] as const;
  expect(sequenceOf(7, kinds)).toEqual(sequenceOf(7, kinds));
  expect(sequenceOf(7, kinds)).not.toEqual(sequenceOf(8, kinds));
});
