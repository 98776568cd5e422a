import { describe, expect, it } from 'vitest';
import { contentDigest, contentTree, fileMode } from '../../../../src/core/archive/content-tree.ts';
import { digestOf, sha256 } from '../../../../src/core/canonical-json.ts';

const file = (path: string, mode: '644' | '755' = '644') => ({
  path,
  mode,
  size: 1,
  sha256: sha256(path),
});

describe('contentTree', () => {
  it('sorts by code unit, whatever the locale', () => {
    const paths = ['b', 'a/b', 'é', 'Z', 'a', 'a.b', '\u{1f600}', '\ufb01'];
    const sorted = contentTree(paths.map((path) => file(path))).map((f) => f.path);
    expect(sorted).toEqual(['Z', 'a', 'a.b', 'a/b', 'b', 'é', '\u{1f600}', '\ufb01']);
  });

  it('drops what is not content', () => {
    expect(contentTree([{ ...file('a'), source: '/somewhere' } as never])).toEqual([file('a')]);
  });
});

describe('contentDigest', () => {
  it('is sha256 of the canonical JSON, which anybody can compute', () => {
    const json = `[{"mode":"644","path":"a","sha256":"${sha256('a')}","size":1}]`;
    expect(contentDigest([file('a')])).toBe(sha256(json));
    const many = ['a', 'b/é', 'c"', 'd\\e', 'f\u0001\t\u007f', 'g\u2028', '\u{1f600}'].map((path) =>
      file(path),
    );
    expect(contentDigest(many)).toBe(digestOf(many));
    // A path that UTF-8 cannot write has no such JSON.
    expect(() => contentDigest([file('\ud800')])).toThrow('is not Unicode');
    expect(contentDigest([])).toBe(digestOf([]));
  });

  it('does not depend on the order of the files', () => {
    expect(contentDigest([file('b'), file('a')])).toBe(contentDigest([file('a'), file('b')]));
  });

  it.each([
    ['a name', [file('b')]],
    ['the executable bit', [file('a', '755')]],
    ['a size', [{ ...file('a'), size: 2 }]],
    ['the bytes', [{ ...file('a'), sha256: sha256('x') }]],
    ['one more file', [file('a'), file('b')]],
  ])('changes with %s', (_, tree) => {
    expect(contentDigest(tree)).not.toBe(contentDigest([file('a')]));
  });
});

it.each([
  [0o100644, '644'],
  [0o100600, '644'],
  [0o100664, '644'],
  [0o100755, '755'],
  [0o100700, '755'],
  [0o100655, '644'],
])('takes only the owner’s executable bit of %o: %s', (mode, expected) => {
  expect(fileMode(mode)).toBe(expected);
});
