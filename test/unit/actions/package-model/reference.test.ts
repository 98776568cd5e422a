import { expect, it } from 'vitest';
import { findReference } from '../../../../src/actions/package-model/reference.ts';

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
  const source = { tree } as unknown as Parameters<typeof findReference>[1];
  const request = { reference: null } as Parameters<typeof findReference>[0];
  const never = () => Promise.reject(new Error('There is no model to open.'));
  expect(await findReference(request, source, null, never)).toBeNull();
  expect(looks).toBeLessThan(10 * tree.length);
});
