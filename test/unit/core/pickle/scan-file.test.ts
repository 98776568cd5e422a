/** Real pickles (test/fixtures/pickles/README.md), read without being loaded. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { holdsCode, numpyMajor, packagesOf, refusedImports } from '../../../../src/core/pickle/imports.ts';
import { scanFile, type FileScan } from '../../../../src/core/pickle/scan-file.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/pickles');
const scan = (name: string) => scanFile(createReadStream(join(FIXTURES, name)), name);

async function pickle(name: string): Promise<FileScan & { kind: 'pickle' }> {
  const found = await scan(name);
  if (found.kind !== 'pickle') throw new Error(`${name}: ${JSON.stringify(found)}`);
  return found;
}

describe('what wrote it', () => {
  it.each([
    ['sklearn-a.joblib', '1.2.2', 1],
    ['sklearn-b.joblib', '1.5.2', 1],
    ['sklearn-c.joblib', '1.9.0', 2],
    ['sklearn-zlib.joblib', '1.5.2', 1],
    ['sklearn-gzip.joblib', '1.5.2', 1],
    ['objects.joblib', '1.5.2', 1],
    ['protocol-0.pkl', '1.5.2', 1],
    ['protocol-2.pkl', '1.5.2', 1],
    ['protocol-4.pkl', '1.5.2', 1],
  ])('%s: scikit-learn %s, numpy %i, nothing refused', async (name, version, numpy) => {
    const { sklearnVersions, imports } = await pickle(name);
    expect([...sklearnVersions]).toEqual([version]);
    expect(numpyMajor(imports)).toBe(numpy);
    expect(packagesOf(imports)).toEqual(expect.arrayContaining(['numpy', 'sklearn']));
    expect(refusedImports(imports, [])).toEqual([]);
  });

  it.each([
    ['cloudpickle.pkl', ['cloudpickle']],
    ['torch.pt', ['torch']],
    ['xgboost.pkl', ['xgboost']],
  ])('%s needs %j', async (name, packages) => {
    const { imports } = await pickle(name);
    expect(packagesOf(imports)).toEqual(packages);
    expect(refusedImports(imports, [])).toEqual([]);
    expect(holdsCode(imports)).toBe(name === 'cloudpickle.pkl');
  });
});

describe('what it would run', () => {
  it.each(['evil.pkl', 'evil-zlib.joblib', 'evil.pt'])(
    '%s imports os.system, under its own name',
    async (name) => {
      const { imports } = await pickle(name);
      expect(refusedImports(imports, [])).toEqual(['posix.system']);
      expect(refusedImports(imports, ['posix.system'])).toEqual([]);
      expect(refusedImports(imports, ['posix'])).toEqual([]);
      expect(refusedImports(imports, ['posix.sys'])).toEqual(['posix.system']);
    },
  );

  const bytes = (...parts: (string | Uint8Array | readonly number[])[]) =>
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part))),
    );
  const short = (text: string) => bytes([0x8c, text.length], text);
  const of = async (content: Buffer) => {
    const found = await scanFile(Readable.from([content]), 'model.pkl');
    if (found.kind !== 'pickle') throw new Error(JSON.stringify(found));
    return refusedImports(found.imports, []);
  };

  it.each([
    ['by GLOBAL', bytes('cos\nsystem\n(S"id"\ntR.'), ['os.system']],
    ['by INST', bytes('(S"id"\nios\nsystem\n.'), ['os.system']],
    ['by STACK_GLOBAL', bytes([0x80, 4], short('builtins'), short('eval'), [0x93, 0x2e]), ['builtins.eval']],
    [
      'by texts out of the memo',
      bytes(
        [0x80, 4],
        short('os'),
        [0x94],
        short('system'),
        [0x94, 0x30, 0x30, 0x68, 0, 0x68, 1, 0x93, 0x2e],
      ),
      ['os.system'],
    ],
    [
      'by a text that is made while it is loaded',
      bytes([0x80, 4, 0x4e], short('system'), [0x93, 0x2e]),
      ['?'],
    ],
    ['by the registry of copyreg', bytes([0x80, 2, 0x82, 1, 0x2e]), ['?']],
    [
      'in a second pickle behind the first',
      bytes([0x80, 2, 0x4e, 0x2e, 0x80, 2], 'cos\nsystem\n.'),
      ['os.system'],
    ],
    ['of a module below', bytes('cos.path\njoin\n.'), ['os.path.join']],
  ])('is found %s', async (_, content, refused) => {
    expect(await of(content)).toEqual(refused);
  });

  it('is not taken for another of a name that begins alike', async () => {
    expect(await of(bytes('coslo\nsystem\n.'))).toEqual([]);
  });
});

describe('what cannot be loaded, or not be looked into', () => {
  it('is cut off', async () => {
    expect(await scan('truncated.joblib')).toMatchObject({
      kind: 'broken',
      problem: 'The file ends after 2356 bytes, in the middle of a value.',
    });
  });

  it('every cut of a real file is told, and none is taken for whole', async () => {
    const whole = await readFile(join(FIXTURES, 'sklearn-b.joblib'));
    for (let length = 2; length < whole.length; length += 97) {
      const found = await scanFile(Readable.from([whole.subarray(0, length)]), 'model.joblib');
      expect([length, found.kind]).toEqual([length, 'broken']);
    }
  });

  it.each([
    ['sklearn-xz.joblib', 'not-checked'],
    ['xgboost.json', 'other'],
  ])('%s: %s', async (name, kind) => {
    expect((await scan(name)).kind).toBe(kind);
  });

  it('a text that is named like a pickle', async () => {
    const found = await scanFile(Readable.from([Buffer.from('Hello, world')]), 'model.pkl');
    expect(found).toMatchObject({ kind: 'not-checked' });
  });

  it('one that runs something before it breaks off is still told', async () => {
    const found = await scanFile(
      Readable.from([Buffer.from('cos\nsystem\n(S"id"\ntR\xff', 'latin1')]),
      'model.pkl',
    );
    expect(found.kind === 'not-checked' && refusedImports(found.imports, [])).toEqual(['os.system']);
  });

  it('a damaged compression', async () => {
    const bytes = await readFile(join(FIXTURES, 'sklearn-zlib.joblib'));
    const found = await scanFile(
      Readable.from([Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(400, 7)])]),
      'm.joblib',
    );
    expect(found).toMatchObject({ kind: 'broken' });
  });
});

describe('a huge file', () => {
  /** A pickle of one value of `bytes` bytes, made while it is read. */
  function* huge(bytes: number): Generator<Buffer> {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes));
    yield Buffer.concat([Buffer.from([0x80, 4, 0x8e]), length]);
    const chunk = Buffer.alloc(1024 * 1024);
    for (let left = bytes; left > 0; left -= chunk.length)
      yield chunk.subarray(0, Math.min(left, chunk.length));
    yield Buffer.from('cos\nsystem\n.', 'latin1');
  }

  it('of 4 GB is looked through to its end, in the memory of a small one', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const found = await scanFile(Readable.from(huge(4 * 1024 ** 3)), 'model.pkl');
    expect(found).toMatchObject({ kind: 'pickle' });
    if (found.kind === 'pickle') expect(refusedImports(found.imports, [])).toEqual(['os.system']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 1024 ** 2);
  });

  it('that says that it is larger than what is looked at is told of, and does not hang', async () => {
    const found = await scanFile(Readable.from(huge(9 * 1024 ** 3)), 'model.pkl');
    expect(found).toMatchObject({ kind: 'not-checked', why: 'It has more than 8 GB.' });
  });

  it('that only piles up values ends, too', async () => {
    const marks = function* (): Generator<Buffer> {
      yield Buffer.from([0x80, 2]);
      for (;;) yield Buffer.alloc(64 * 1024, '(');
    };
    const found = await scanFile(Readable.from(marks()), 'model.pkl');
    expect(found).toMatchObject({ kind: 'not-checked', why: 'It puts too many values on the stack.' });
  });
});
