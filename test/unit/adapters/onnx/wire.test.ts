import { describe, expect, it } from 'vitest';
import {
  concat,
  delimited,
  editFields,
  fieldsOf,
  integersOf,
  varintField,
} from '../../../../src/adapters/onnx/wire.ts';

const FIXED_32 = Uint8Array.of((3 << 3) | 5, 1, 2, 3, 4);
const FIXED_64 = Uint8Array.of((4 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8);
const GROUP = Uint8Array.of((5 << 3) | 3, (1 << 3) | 0, 7, (5 << 3) | 4);
const message = concat([varintField(1, 300), delimited(2, 'héllo'), FIXED_32, FIXED_64, GROUP]);

describe('the wire format', () => {
  it('visits every kind of field with its bytes', () => {
    const fields = [...fieldsOf(message)];
    expect(fields.map((field) => field.number)).toEqual([1, 2, 3, 4, 5]);
    expect(fields[0]?.varint).toBe(300n);
    expect(new TextDecoder().decode(fields[1]?.bytes)).toBe('héllo');
    expect(concat(fields.map((field) => field.raw))).toEqual(message);
  });

  it('copies what is not edited', () => {
    expect(editFields(message, () => 'keep')).toEqual(message);
    const edited = editFields(message, ({ number }) => {
      if (number === 2) return Uint8Array.of(1);
      return number === 3 ? 'drop' : 'keep';
    });
    expect(edited).toEqual(concat([varintField(1, 300), delimited(2, Uint8Array.of(1)), FIXED_64, GROUP]));
  });

  it('writes lengths of more than one byte', () => {
    const long = 'x'.repeat(100_000);
    const [field] = fieldsOf(delimited(9, long));
    expect(field?.bytes).toHaveLength(100_000);
  });

  it.each([
    ['packed', concat([delimited(8, Uint8Array.of(0, 1, 0x80, 2))])],
    ['not packed', concat([varintField(8, 0), varintField(8, 1), varintField(8, 256)])],
  ])('reads integers that are %s', (_how, bytes) => {
    expect([...fieldsOf(bytes)].flatMap(integersOf)).toEqual([0n, 1n, 256n]);
  });

  it('reads negative integers', () => {
    const minusOne = concat([Uint8Array.of(8 << 3), new Uint8Array(9).fill(0xff), Uint8Array.of(1)]);
    expect([...fieldsOf(minusOne)].flatMap(integersOf)).toEqual([-1n]);
  });

  it('refuses a message that ends within a field', () => {
    const cut = (): unknown => [...fieldsOf(message.subarray(0, 7))];
    expect(cut).toThrow();
  });
});
