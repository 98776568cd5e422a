import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readTensorProto } from '../../../../src/core/smoke/test-data/tensor-proto.ts';
import { allOf } from './cases/files.ts';
import { readTestData } from '../../../../src/core/smoke/test-data/test-data.ts';

/** A TensorProto with its values in raw_data. */
function raw(name: string, type: number, dims: readonly number[], bytes: Uint8Array): Uint8Array {
  return head(name, type, dims).tag(9, WireType.LengthDelimited).bytes(bytes).finish();
}

function head(name: string, type: number, dims: readonly number[]): BinaryWriter {
  const writer = new BinaryWriter();
  for (const size of dims) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int32(type);
  return writer.tag(8, WireType.LengthDelimited).string(name);
}

const read = (bytes: Uint8Array) => readTensorProto(bytes, 'input_0.pb');
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe('a TensorProto', () => {
  it.each<[string, number, Uint8Array, unknown[]]>([
    ['float32', 1, floats(1.5, -2), [1.5, -2]],
    ['uint8', 2, Uint8Array.of(1, 255), [1, 255]],
    ['int8', 3, Uint8Array.of(1, 255), [1, -1]],
    ['uint16', 4, Uint8Array.of(1, 0, 255, 255), [1, 65535]],
    ['int16', 5, Uint8Array.of(1, 0, 255, 255), [1, -1]],
    ['int32', 6, Uint8Array.of(1, 0, 0, 0, 255, 255, 255, 255), [1, -1]],
    ['int64', 7, new Uint8Array(BigInt64Array.of(1n, -(2n ** 62n)).buffer), [1n, -(2n ** 62n)]],
    ['bool', 9, Uint8Array.of(1, 0), [1, 0]],
    ['float16', 10, Uint8Array.of(0x00, 0x3c, 0x01, 0x00), [1, 2 ** -24]],
    ['float64', 11, new Uint8Array(Float64Array.of(0.1, 2).buffer), [0.1, 2]],
    ['uint32', 12, Uint8Array.of(1, 0, 0, 0, 255, 255, 255, 255), [1, 4294967295]],
    ['uint64', 13, new Uint8Array(BigUint64Array.of(1n, 2n ** 63n).buffer), [1n, 2n ** 63n]],
  ])('of raw %s is read', (type, code, bytes, values) => {
    const { name, tensor } = read(raw('x', code, [2], bytes));
    expect(name).toBe('x');
    expect(tensor.type).toBe(type);
    expect(Array.from(tensor.data as ArrayLike<unknown>)).toEqual(values);
  });

  it('of typed fields is read, packed or not', () => {
    const packed = head('x', 1, [2]).tag(4, WireType.LengthDelimited).bytes(floats(1, 2)).finish();
    const single = head('x', 1, [2]).tag(4, WireType.Bit32).float(1).tag(4, WireType.Bit32).float(2).finish();
    expect(read(packed).tensor.data).toEqual(Float32Array.of(1, 2));
    expect(read(single).tensor.data).toEqual(Float32Array.of(1, 2));
    const texts = head('x', 8, [2])
      .tag(6, WireType.LengthDelimited)
      .string('a')
      .tag(6, WireType.LengthDelimited)
      .string('ü');
    expect(read(texts.finish()).tensor.data).toEqual(['a', 'ü']);
    const halves = head('x', 10, [1]).tag(5, WireType.Varint).int32(0x3c00).finish();
    expect(read(halves).tensor.data).toEqual(Float32Array.of(1));
    const long = head('x', 7, []).tag(7, WireType.Varint).int64('9007199254740993').finish();
    expect(read(long).tensor).toEqual({ type: 'int64', dims: [], data: BigInt64Array.of(9007199254740993n) });
  });

  it.each<[string, Uint8Array, string]>([
    ['a type that cannot be used', raw('x', 16, [1], Uint8Array.of(0, 0)), 'TensorProto type 16'],
    ['too few values', raw('x', 1, [3], floats(1)), 'has 1 values; its shape [3] takes 3'],
    ['no protobuf', Buffer.from('hello'), 'is not a tensor'],
    ['values elsewhere', head('x', 1, [1]).tag(14, WireType.Varint).int32(1).finish(), 'in another file'],
  ])('with %s is refused', (_name, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
  });
});

describe('ONNX test data', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'test-data-'));
    onTestFinished(() => rm(folder, { recursive: true }));
  });

  async function write(set: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
    await mkdir(join(folder, set), { recursive: true });
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, set, name), bytes);
  }

  it('are one case a set, in the order of their numbers', async () => {
    for (const at of [10, 2]) {
      await write(`test_data_set_${at}`, {
        'input_0.pb': raw('x', 1, [1, 2], floats(at, NaN)),
        'input_1.pb': raw('n', 7, [], new Uint8Array(BigInt64Array.of(BigInt(at)).buffer)),
        'output_0.pb': raw('y', 1, [2], floats(at, 1)),
      });
    }
    const cases = allOf((await readTestData(folder, 'data')).bind(null));
    expect(cases.source).toBe('data (2 sets of ONNX test data)');
    expect(cases.instances).toEqual(
      [2, 10].map((at) => [
        { name: 'x', shape: [1, 2], datatype: 'FP32', data: [at, 'NaN'] },
        { name: 'n', shape: [], datatype: 'INT64', data: [at] },
      ]),
    );
    expect(cases.expectedFields).toEqual(['y']);
    expect(cases.expected).toEqual([{ y: [2, 1] }, { y: [10, 1] }]);
    expect([...cases.rows()].map(({ shapes }) => shapes?.get('y'))).toEqual([[2], [2]]);
  });

  it('may be one set alone, and may have no outputs', async () => {
    await write('one', { 'input_0.pb': raw('x', 1, [1], floats(1)) });
    const cases = allOf((await readTestData(join(folder, 'one'), 'one')).bind(null));
    expect(cases.instances).toHaveLength(1);
    expect(cases.expected).toEqual([null]);
  });

  it('are refused where there are none, or a tensor has no name', async () => {
    await expect(readTestData(folder, 'empty')).rejects.toThrow('neither test_data_set_0 nor input_0.pb');
    await write('test_data_set_0', { 'input_0.pb': raw('', 1, [1], floats(1)) });
    await expect(readTestData(folder, 'data')).rejects.toThrow('does not name its tensor');
  });
});
