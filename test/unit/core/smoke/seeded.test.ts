import { describe, expect, it } from 'vitest';
import { seededCases } from '../../../../src/core/smoke/seeded.ts';
import { allOf } from './cases/files.ts';

describe('seeded cases', () => {
  it('fit the signature and are the same each time', () => {
    const signature = {
      inputs: [
        { name: 'x', type: 'float32', shape: ['N', 2, 'free'] },
        { name: 'id', type: 'int64', shape: ['N'] },
        { name: 'flag', type: 'bool', shape: ['N', 1] },
        { name: 'word', type: 'string', shape: ['N', 1] },
      ],
      outputs: [],
    } as const;
    const { instances } = allOf(seededCases(signature));
    expect(instances).toHaveLength(16);
    expect(instances[0]).toEqual({
      x: [[expect.any(Number)], [expect.any(Number)]],
      id: expect.any(Number) as number,
      flag: [expect.any(Boolean)],
      word: [expect.stringMatching(/^text \d$/)],
    });
    expect(allOf(seededCases(signature)).instances).toEqual(instances);
    expect(new Set(instances.map((row) => JSON.stringify(row))).size).toBe(16);
  });
});
