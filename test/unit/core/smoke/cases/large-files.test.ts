/** Files that are read again and again instead of being held. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CancelledError, UserError } from '../../../../../src/core/errors.ts';
import type { Case } from '../../../../../src/core/smoke/cases/cases.ts';
import { readCases } from '../../../../../src/core/smoke/cases/read-cases.ts';
import { fileOf } from './files.ts';

/** Above the size that stays in memory. */
const ROWS = 11_000;
const FILLER = 'x'.repeat(400);
const numbers = Array.from({ length: ROWS }, (_, at) => at);

const FORMATS: Record<string, (bad: (at: number) => string | null) => string> = {
  'c.json': (bad) => {
    const rows = numbers.map((at) => bad(at) ?? `[${at}.5,"${FILLER}"]`);
    const labels = numbers.map((at) => at % 2);
    const expected = numbers.map((at) => at * 3);
    return `{"expected":{"y":[${expected.join()}]},"instances":[${rows.join(',\n')}],"labels":[${labels.join()}]}`;
  },
  'c.jsonl': (bad) =>
    numbers
      .map(
        (at) =>
          `{"instance":${bad(at) ?? `[${at}.5,"${FILLER}"]`},"label":${at % 2},"expected":{"y":${at * 3}}}`,
      )
      .join('\n\n'),
  'c.csv': (bad) =>
    `a,b,label\n${numbers.map((at) => `${bad(at)?.slice(1, -1) ?? `${at}.5,"${FILLER}"`},${at % 2}`).join('\n')}`,
};

describe.each(Object.keys(FORMATS))('%s', (name) => {
  const write = (bad: (at: number) => string | null) => fileOf(FORMATS[name]!(bad), name);

  it('gives all rows, and what belongs to each, as often as it is asked', async () => {
    const cases = (
      await readCases(
        write(() => null),
        name,
      )
    ).bind(null);
    expect(cases).toMatchObject({ count: ROWS, labelled: true });
    for (const _ of [1, 2]) {
      let at = 0;
      for (const row of cases.rows()) {
        if (row.instance instanceof Array && row.instance[0] === at + 0.5 && row.label === at % 2) at++;
        if (name !== 'c.csv' && row.expected?.y !== (at - 1) * 3) throw new Error(`row ${at}`);
      }
      expect(at).toBe(ROWS);
    }
  });

  it('can be left in the middle', async () => {
    const cases = (
      await readCases(
        write(() => null),
        name,
      )
    ).bind(null);
    const [first, second] = cases.rows();
    expect([first, second].map((row?: Case) => row?.label)).toEqual([0, 1]);
  });

  it('names the rows and lines that are wrong, wherever they stand', async () => {
    const path = write((at) => (at === 9_000 ? '[1.5]' : null));
    const where = {
      'c.json': 'row 9001.',
      'c.jsonl': 'row 9001 (line 18001).',
      'c.csv': 'row 9001 (line 9002).',
    };
    const error = await readCases(path, name).catch((thrown: unknown) => thrown as UserError);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(where[name as keyof typeof where]);
  });

  it('names what is not of its format at all', async () => {
    const path = write((at) => (at === 9_000 ? (name === 'c.csv' ? '[1.5,x"y]' : '[1.5,x]') : null));
    const where = { 'c.json': 'row 9001)', 'c.jsonl': 'line 18001)', 'c.csv': 'line 9002' };
    await expect(readCases(path, name)).rejects.toThrow(where[name as keyof typeof where]);
  });

  it('stops when the run is cancelled', async () => {
    const path = write(() => null);
    await expect(readCases(path, name, AbortSignal.abort())).rejects.toThrow(CancelledError);
  });
});

it('a file that changes while it is in use is an error of ours', async () => {
  const text = numbers.map((at) => `[${at},"${FILLER}"]`).join('\n');
  const path = fileOf(text, 'c.jsonl');
  const cases = (await readCases(path, 'c.jsonl')).bind(null);
  writeFileSync(path, text.slice(0, -3));
  expect(() => [...cases.rows()]).toThrow(UserError);
});
