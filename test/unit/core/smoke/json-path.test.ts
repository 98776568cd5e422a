import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/core/exact-json.ts';
import { compilePaths } from '../../../../src/core/smoke/json-path.ts';

const value = (path: string, document: JsonValue, rows: number) => compilePaths([path])(document, rows)[path];

describe('a JSONPath', () => {
  const answers = [
    { label: 'cat', scores: [0.9, 0.1] },
    { label: 'dog', scores: [0.2, 0.8] },
  ];

  it.each<[string, number, unknown]>([
    ['$[*].label', 2, ['cat', 'dog']],
    [
      '$[*].scores',
      2,
      [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
    ],
    [
      '$[*].scores[*]',
      2,
      [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
    ],
    ['$', 2, answers],
    ['$[0].scores[*]', 1, [[0.9, 0.1]]],
    ['$[0].label', 1, ['cat']],
    ["$[?@.label == 'dog'].scores[1]", 1, [0.8]],
    ['$[*].label', 3, ['cat', 'dog']],
    ['$[*].missing', 2, undefined],
  ])('%s gives for %i rows: %j', (path, rows, wanted) => {
    expect(value(path, answers, rows)).toEqual(wanted);
  });

  it('keeps long whole numbers, and takes a text for a document', () => {
    expect(value('$.id', { id: 9007199254740993n }, 1)).toEqual([9007199254740993n]);
    expect(value('$', 'cat', 1)).toEqual(['cat']);
  });

  it('that is none is refused, all of them at once', () => {
    expect(() => compilePaths(['$[', '$.ok', '$..'])).toThrow(
      /\$\[.*is not a valid JSONPath[^]*\$\.\..*is not a valid JSONPath/,
    );
  });
});
