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
    // What somebody else has changed meanwhile is met on each of them.
    expect(report.stale.size).toBeGreaterThan(0);
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

it.each(['azure-ml', 'vertex-ai'] as const)(
  'what loses its requests on %s is due when its time is over, and goes',
  async (name) => {
    const open = await PLATFORMS[name]!.prepare();
    const scaling: string[] = [];
    const listening = async () => {
      const subject = await open();
      const look = subject.look.bind(subject);
      subject.look = async () => {
        const seen = await look();
        scaling.push(seen.scaling);
        return seen;
      };
      return subject;
    };
    const moved: Action = { step: { kind: 'shift', of: 'v2', percent: 100 }, basis: 'now' };
    const ended: Action = { step: { kind: 'restore-scaling', of: '' }, basis: 'now' };
    expect(await compare([...ROLLOUT, moved, ended], listening)).toBeNull();
    expect(scaling.slice(-2)).toEqual(['set-aside', 'none']);
  },
);

it.each([
  ['lambda', ['v1: 2'], ['v1: 2', 'v2: 1'], ['v2: 1, 1 to 3 at 0.7']],
  [
    'azure-ml',
    ['v1: 2 to 8 instances, aiming at 60 % of CPU'],
    ['v1: 2 to 8 instances, aiming at 60 % of CPU'],
    [],
  ],
  ['vertex-ai', ['v1: 1 to 3'], ['v1: 1 to 3', 'v2: 2 to 2'], ['v2: 2 to 2']],
] as const)(
  'what scales versions on %s is as the version that serves wants it',
  async (name, opened, both, set) => {
    const open = await PLATFORMS[name]!.prepare();
    const beside: (readonly string[])[] = [];
    const listening = async () => {
      const subject = await open();
      const look = subject.beside!.bind(subject);
      subject.beside = async () => {
        const seen = await look();
        beside.push(seen.toSorted());
        return seen;
      };
      return subject;
    };
    const moved: Action = { step: { kind: 'shift', of: 'v2', percent: 100 }, basis: 'now' };
    const scaled: Action = { step: { kind: 'set-scaling', of: '' }, basis: 'now' };
    expect(await compare([...ROLLOUT, moved, scaled], listening)).toBeNull();
    expect([beside[1], beside[3], beside[4]]).toEqual([opened, both, set]);
  },
);

it.each(['lambda', 'azure-ml', 'vertex-ai'] as const)(
  'what is removed from %s and made again has not served',
  async (name) => {
    const open = await PLATFORMS[name]!.prepare();
    const moved: Action = { step: { kind: 'shift', of: 'v2', percent: 100 }, basis: 'now' };
    const removed: Action = { step: { kind: 'retire-version', of: 'v1' }, basis: 'now' };
    const again: Action = { step: { kind: 'make-version', of: 'v1' }, basis: 'now' };
    expect(await compare([...ROLLOUT, moved, removed, again], open)).toBeNull();
  },
);

it('a first deployment on Vertex AI that another run has overtaken starts no replicas', async () => {
  const open = await PLATFORMS['vertex-ai']!.prepare();
  const again: Action = { step: { kind: 'open', of: 'v2' }, basis: 'none' };
  expect(await compare([...ROLLOUT, again], open)).toBeNull();
});

it('a version of a local endpoint that was closed and made again is not removed by who decided before', async () => {
  const { kinds, prepare: open } = PLATFORMS.local!;
  const report = await conform(await open(), kinds, { from: 737, sequences: 1 });
  expect(report.differences).toEqual([]);
  expect([...report.stale.keys()]).toContain('retire-version');
});

it('makes the same sequence of the same seed, and another one of another seed', () => {
  const kinds = ['shift', 'open', 'close'] as const;
  expect(sequenceOf(7, kinds)).toEqual(sequenceOf(7, kinds));
  expect(sequenceOf(7, kinds)).not.toEqual(sequenceOf(8, kinds));
});
