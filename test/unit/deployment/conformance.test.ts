import { expect, it } from 'vitest';
import { prepare } from '../../deployment/conformance/lambda.ts';
import { PLATFORMS } from '../../deployment/conformance/platforms.ts';
import { compare, conform, sequenceOf, type Action } from '../../deployment/conformance/sequences.ts';

/** Thousands are run by hand, and by test:faults: node test/deployment/conformance/main.ts */
const SHARE: Readonly<Record<string, number>> = { sagemaker: 40, local: 8, lambda: 20 };

it.each(Object.entries(PLATFORMS))(
  'random sequences of steps show the same on %s and on the in-memory platform',
  async (name, { kinds, isShared = false, prepare }) => {
    const sequences = SHARE[name] ?? 10;
    const open = await prepare();
    const report = await conform(open, kinds, { from: 1, sequences, isShared });
    expect(report.differences).toEqual([]);
    expect(report.sequences).toBe(sequences);
  },
);

const ROLLOUT: readonly Action[] = [
  { step: { kind: 'make-version', of: 'v1' }, basis: 'none' },
  { step: { kind: 'open', of: 'v1' }, basis: 'none' },
  { step: { kind: 'make-version', of: 'v2' }, basis: 'none' },
];
const held = (percent: number): Action => ({
  step: { kind: 'shift', of: 'v2', percent, holdMs: 600_000 },
  basis: 'now',
});

it.each([
  ['keeps what it came from, although no alias names it', 100, { kind: 'retire-version', of: 'v1' }],
  ['is not over by a step that is meant for another one', 50, { kind: 'unmark', of: 'v1' }],
  ['is not over before all requests are moved', 50, { kind: 'unmark', of: 'v2' }],
] as const)('a rollout on Lambda %s', async (_, percent, step) => {
  const open = await prepare();
  const found = await compare([...ROLLOUT, held(percent), { step, basis: 'now' }], open);
  expect(found).toBeNull();
});

it('makes the same sequence of the same seed, and another one of another seed', () => {
  const kinds = ['shift', 'open', 'close'] as const;
  expect(sequenceOf(7, kinds)).toEqual(sequenceOf(7, kinds));
  expect(sequenceOf(7, kinds)).not.toEqual(sequenceOf(8, kinds));
});
