/** A model that callers of today cannot call. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { signatureFindings } from '../../../../src/actions/deploy-endpoint/signature.ts';
import type { DeclaredSignature } from '../../../../src/core/onnx-reader.ts';
import { packagedRelease } from '../../../../src/core/release/packaged-release.ts';
import { signatureBreaks } from '../../../../src/core/release/signature-change.ts';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { folderWith } from '../../core/archive/helpers.ts';

const tensor = (name: string, type: string, ...shape: (number | string)[]) => ({ name, type, shape });
const BEFORE: DeclaredSignature = {
  inputs: [tensor('x', 'float32', 'N', 4)],
  outputs: [tensor('label', 'int64', 'N'), tensor('p', 'float32', 'N', 2)],
};
const after = (inputs = BEFORE.inputs, outputs = BEFORE.outputs): DeclaredSignature => ({ inputs, outputs });

describe('signatureBreaks', () => {
  it.each<[string, DeclaredSignature, string[]]>([
    ['nothing', after(), []],
    ['an input that takes more', after([tensor('x', 'float32', 'N', 'F')]), []],
    ['an output more', after(BEFORE.inputs, [...BEFORE.outputs, tensor('q', 'float32', 1)]), []],
    [
      'another name',
      after([tensor('y', 'float32', 'N', 4)]),
      ['the input "x" is gone', 'the input "y" is new, and no caller sends it'],
    ],
    [
      'another type',
      after([tensor('x', 'float64', 'N', 4)]),
      ['the input "x" was float32[N, 4] and is float64[N, 4]'],
    ],
    [
      'a column more',
      after([tensor('x', 'float32', 'N', 5)]),
      ['the input "x" was float32[N, 4] and is float32[N, 5]'],
    ],
    [
      'one row at a time',
      after([tensor('x', 'float32', 1, 4)]),
      ['the input "x" was float32[N, 4] and is float32[1, 4]'],
    ],
    ['an output less', after(BEFORE.inputs, BEFORE.outputs.slice(0, 1)), ['the output "p" is gone']],
    [
      'a class more',
      after(BEFORE.inputs, [tensor('label', 'int64', 'N'), tensor('p', 'float32', 'N', 3)]),
      ['the output "p" was float32[N, 2] and is float32[N, 3]'],
    ],
  ])('%s', (_, next, breaks) => {
    expect(signatureBreaks(BEFORE, next)).toEqual(breaks);
  });
});

describe('signatureFindings', () => {
  const model = (digest: string, signature: DeclaredSignature | null) => ({
    ...{ digest: digest.repeat(64), url: 'file:///m', sha256: 'a'.repeat(64), bytes: 1 },
    ...{ framework: 'onnx', frameworkVersion: null, signature },
  });

  /** @param serving what the record of what serves says; undefined where it has none */
  async function judge(serving: DeclaredSignature | null | undefined, allow = false, digest = 'b') {
    const storeUrl = `${pathToFileURL(join(await folderWith({ a: 'a' }), 'store')).href}/`;
    const { context } = fakePorts();
    const release =
      serving === undefined
        ? null
        : await (
            await openStore(storeUrl)
          ).record(packagedRelease(model('a', serving), null, context, new Date(0)));
    const live = { version: 'v1', modelDigest: 'a'.repeat(64), release };
    const target = { describe: () => Promise.resolve({ live }) } as unknown as DeploymentTarget;
    const plan = { endpoint: 'churn', base: 'v1', action: 'update' } as const;
    const sources = { model: model(digest, after([tensor('y', 'float32', 'N', 4)])), storeUrl };
    return signatureFindings({ allowSignatureChange: allow }, sources, plan, target, { openStore });
  }

  it('refuses what breaks callers, and says what and how', async () => {
    await expect(judge(BEFORE)).rejects.toThrow(
      'allow-signature-change: callers of churn break: the input "x" is gone; the input "y" is new, and no caller sends it. ' +
        'Change the callers first, then set allow-signature-change: true',
    );
  });

  it('with the word warns whoever approves', async () => {
    expect(await judge(BEFORE, true)).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining('With allow-signature-change, callers') as string,
      },
    ]);
  });

  it.each<[string, DeclaredSignature | null | undefined, string]>([
    ['of a version without a record', undefined, 'It has no release record.'],
    ['that the record does not hold', null, 'Its release record has none.'],
  ])('says what is not known: %s', async (_, serving, why) => {
    const [finding] = await judge(serving);
    expect(finding?.level).toBe('not-checked');
    expect(finding?.message).toContain(why);
  });

  it('looks at nothing where the same model serves', async () => {
    expect(await judge(BEFORE, false, 'a')).toEqual([]);
  });
});
