import { expect, it } from 'vitest';
import { readOwnModel } from '../../../../src/actions/package-model/onnx.ts';

it('looks at each file of a model a few times, however many there are', async () => {
  let looks = 0;
  const tree = Array.from({ length: 500 }, (_, index) => ({
    get path() {
      looks++;
      return `part-${index}.json`;
    },
    mode: '644' as const,
    size: 1,
    sha256: 'a'.repeat(64),
  }));
  const source = { tree } as unknown as Parameters<typeof readOwnModel>[1];
  const own = await readOwnModel(null, source, {} as Parameters<typeof readOwnModel>[2]);
  expect(own).toEqual({ signature: null });
  expect(looks).toBeLessThan(10 * tree.length);
});
