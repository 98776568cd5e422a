import { describe, expect, test } from 'vitest';
import { inStore } from '../../../../src/actions/deploy-endpoint/moved.ts';
import { packagedRelease } from '../../../../src/core/release/packaged-release.ts';
import type { ReleaseRecord } from '../../../../src/documents/release-record.ts';
import { storeKeys } from '../../../../src/core/stores.ts';
import { storeOn } from '../../../fakes/memory-store.ts';
import { fakeContext } from '../../../fakes/ports.ts';

const MODEL = 'a'.repeat(64);
const REFERENCE = 'b'.repeat(64);
const HERE = 'file:///job-two/store/';

function record(root: string): ReleaseRecord {
  const described = { bytes: 1, framework: 'onnx', frameworkVersion: null, signature: null } as const;
  const model = { digest: MODEL, url: `${root}${storeKeys.archive(MODEL)}`, sha256: MODEL, ...described };
  const reference = { digest: REFERENCE, url: `${root}${storeKeys.reference(REFERENCE)}` };
  return packagedRelease(model, reference, fakeContext, new Date(0));
}

const urls = ({ model, reference }: ReleaseRecord) => [model.url, reference?.url];

describe('a record of a store that was moved', () => {
  test('names what is in the store that it was read from', async () => {
    const store = storeOn(new Map(), HERE);
    await store.put(storeKeys.archive(MODEL), 'archive');
    await store.put(storeKeys.reference(REFERENCE), 'reference');
    const moved = await inStore(record('file:///job-one/store/'), HERE, () => Promise.resolve(store));
    expect(urls(moved)).toEqual([
      `${HERE}${storeKeys.archive(MODEL)}`,
      `${HERE}${storeKeys.reference(REFERENCE)}`,
    ]);
  });

  test('keeps its URLs where the store has nothing of it, and where they are of a cloud or of no store', async () => {
    const store = storeOn(new Map(), HERE);
    const open = () => Promise.resolve(store);
    const elsewhere = record('file:///job-one/store/');
    expect(await inStore(elsewhere, HERE, open)).toBe(elsewhere);
    await store.put(storeKeys.archive(MODEL), 'archive');
    for (const root of ['s3://bucket/store/', HERE]) {
      const there = record(root);
      expect(await inStore(there, HERE, open)).toBe(there);
    }
    const loose = { ...elsewhere, model: { ...elsewhere.model, url: 'file:///model.tar.gz' } };
    expect(await inStore(loose, HERE, open)).toBe(loose);
  });
});
