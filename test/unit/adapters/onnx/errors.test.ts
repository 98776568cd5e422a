import { describe, expect, it } from 'vitest';
import { readOnnxModel } from '../../../../src/adapters/onnx/onnx-model.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { caseOf, fixture, floats, open, openFixture, RUNTIMES } from './support.ts';

async function refusal(work: Promise<unknown>): Promise<UserError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

function reading(bytes: Uint8Array): string {
  try {
    readOnnxModel(bytes, 'model.onnx');
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error('the file was taken for a model');
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

describe('a file that is no ONNX model', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
  it.each([
    ['an empty file', new Uint8Array(0), 'model.onnx is empty'],
    ['a text file', text('{"this": "is not a model"}\n'), 'is a text file'],
    ['a Git LFS pointer', text(pointer), 'is a Git LFS pointer, not the model itself'],
    ['a ZIP file', text('PK\x03\x04\x14\x00\x00\x00'), 'is a ZIP file'],
    ['a pickle', Uint8Array.of(0x80, 4, 0x95, 10, 0, 0), 'is a Python pickle'],
    ['an ORT file', text('\x20\x00\x00\x00ORTM\x00\x00'), "is in ONNX Runtime's own ORT format"],
    ['some bytes', Uint8Array.of(0xff, 0xfe, 0, 1, 2, 3), 'model.onnx is not an ONNX model.'],
  ])('%s', (_name, bytes, message) => {
    expect(reading(bytes)).toContain(message);
  });

  it('tells what to do about a Git LFS pointer', () => {
    expect(reading(text(pointer))).toContain('Set "lfs: true" on actions/checkout');
  });

  it('a model that is cut anywhere after its first bytes', () => {
    const whole = fixture('gemm');
    for (let length = 2; length < whole.length; length++) {
      expect(() => readOnnxModel(whole.subarray(0, length), 'm.onnx'), `${length} bytes`).toThrow(UserError);
    }
    expect(reading(whole.subarray(0, whole.length - 5))).toContain('is truncated or damaged');
  });
});

describe.each(RUNTIMES)('what the %s runtime refuses', (runtime) => {
  it.each([
    ['refused_opset', 'uses opset 90 of ai.onnx; ONNX Runtime 1.30.0 supports up to 26.'],
    ['refused_opset_ml', 'uses opset 90 of ai.onnx.ml; ONNX Runtime 1.30.0 supports up to 5.'],
    ['refused_ir_version', 'has IR version 90; ONNX Runtime 1.30.0 supports up to 13.'],
    ['refused_custom_operator', 'uses the operator Magic of the domain my.ops'],
    ['refused_operator', 'uses the operator Magic, which opset 17 does not have.'],
    ['refused_sequence_output', 'output "parts" is a sequence.'],
    ['refused_bfloat16', 'output "y" is of type bfloat16.'],
    // skl2onnx 1.20: to_onnx(LogisticRegression().fit(X, y), X[:1]) with X of float64.
    ['refused_float64_export', 'Export it with float32: `to_onnx(model, X[:1].astype(numpy.float32)'],
  ])('%s', async (name, message) => {
    const error = await refusal(openFixture(name, runtime));
    expect(error.message).toContain(`${name}.onnx`);
    expect(error.message).toContain(message);
    expect(error.message).not.toMatch(/[/\\]onnxruntime|ERROR_CODE/);
  });

  it('a model with damaged content', async () => {
    const damaged = fixture('gemm').fill(0xff, 40, 60);
    const error = await refusal(open(damaged, runtime, 'damaged.onnx'));
    expect(error.message).toMatch(/^damaged\.onnx /);
  });
});

describe.each(RUNTIMES)('what must not be fed on the %s runtime', (runtime) => {
  const good = floats([1, 30]);
  it.each([
    ['nothing', {}, 'gemm.onnx: input "x" is missing; the model takes float32 [N, 30].'],
    ['an unknown name', { x: good, z: good }, 'gemm.onnx: "z" is not an input of the model; it has "x".'],
    [
      'a wrong size',
      { x: floats([1, 29]) },
      'gemm.onnx: input "x" has shape [1, 29]; the model takes [N, 30].',
    ],
    ['a wrong rank', { x: floats([30]) }, 'gemm.onnx: input "x" has shape [30]; the model takes [N, 30].'],
    [
      'a wrong type',
      { x: { type: 'int64', dims: [1, 30], data: new BigInt64Array(30) } },
      'gemm.onnx: input "x" is int64; the model takes float32.',
    ],
    [
      'values of another type',
      { x: { type: 'float32', dims: [1, 30], data: new Float64Array(30) } },
      'gemm.onnx: input "x" is declared as float32, but its values are not.',
    ],
    [
      'too few values',
      { x: { type: 'float32', dims: [2, 30], data: new Float32Array(30) } },
      'gemm.onnx: input "x" has 30 values; its shape [2, 30] takes 60.',
    ],
  ] as const)('%s', async (_name, feeds, message) => {
    const session = await openFixture('gemm', runtime);
    const error = await refusal(session.run(feeds));
    expect(error.message).toBe(message);
    expect(error.problems).toHaveLength(1);
    await session.close();
  });

  it('tells everything that is wrong at once', async () => {
    const session = await openFixture('matmul_batched', runtime);
    const error = await refusal(session.run({ a: floats([1, 3, 4]), c: good }));
    expect(error.problems.map((problem) => problem.where)).toEqual(['"c"', 'input "a"', 'input "b"']);
    await session.close();
  });

  it('strings that are none', async () => {
    const session = await openFixture('label_encoder', runtime);
    const data = ['red', 1] as unknown as string[];
    const error = await refusal(session.run({ s: { type: 'string', dims: [2], data } }));
    expect(error.message).toContain('is declared as string, but its values are not');
    await session.close();
  });

  it('shapes that only the operators refuse; the session goes on', async () => {
    const session = await openFixture('matmul_batched', runtime);
    const error = await refusal(session.run({ a: floats([2, 3, 5]), b: floats([3, 5, 2]) }));
    expect(error.message).toMatch(/^matmul_batched\.onnx failed to run: .*MatMul/);
    expect(error.message).not.toMatch(/ERROR_CODE/);
    const { c } = await session.run(caseOf('matmul_batched').feeds);
    expect(c?.dims).toEqual([2, 3, 2]);
    await session.close();
  });
});
