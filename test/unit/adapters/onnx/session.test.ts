import { describe, expect, it } from 'vitest';
import { caseOf, floats, openFixture, RUNTIMES } from './support.ts';

describe.each(RUNTIMES)('a session on the %s runtime', (runtime) => {
  it('takes many runs at once, and other sessions beside it', async () => {
    const gemm = await openFixture('gemm', runtime);
    const encoder = await openFixture('label_encoder', runtime);
    const inputs = Array.from({ length: 24 }, (_, run) =>
      floats(
        [2, 30],
        Array.from({ length: 60 }, (_value, place) => Math.sin(run * 60 + place)),
      ),
    );
    const alone: unknown[] = [];
    for (const x of inputs) alone.push(await gemm.run({ x }));
    const strings = caseOf('label_encoder');
    const [together, words] = await Promise.all([
      Promise.all(inputs.map((x) => gemm.run({ x }))),
      Promise.all(inputs.map(() => encoder.run(strings.feeds))),
    ]);
    expect(together).toEqual(alone);
    expect(words).toEqual(inputs.map(() => strings.expected));
    await Promise.all([gemm.close(), encoder.close()]);
  });

  it('gives the same bits again and again', async () => {
    const { feeds } = caseOf('conv');
    const results: unknown[] = [];
    for (let round = 0; round < 3; round++) {
      const session = await openFixture('conv', runtime);
      results.push(await session.run(feeds), await session.run(feeds));
      await session.close();
    }
    for (const result of results) expect(result).toStrictEqual(results[0]);
  });

  it('takes an empty batch', async () => {
    const session = await openFixture('gemm', runtime);
    const { y } = await session.run({ x: floats([0, 30]) });
    expect(y).toEqual(floats([0, 4]));
    await session.close();
  });

  it('closes once, after the runs that were asked for before, and takes none after', async () => {
    const session = await openFixture('gemm', runtime);
    const { feeds } = caseOf('gemm');
    const [result] = await Promise.all([session.run(feeds), session.close(), session.close()]);
    expect(result.y?.dims).toEqual([3, 4]);
    await expect(session.run(feeds)).rejects.toThrow('The session of gemm.onnx is closed.');
  });

  it('gives and takes half-precision values as numbers', async () => {
    const session = await openFixture('float16', runtime);
    const { double, y } = await session.run({
      x: { type: 'float16', dims: [3], data: Float32Array.of(0.1, -2, 40000) },
    });
    expect(double).toEqual({
      type: 'float16',
      dims: [3],
      data: Float32Array.of(0.199951171875, -4, Infinity),
    });
    expect(y).toEqual({ type: 'float32', dims: [3], data: Float32Array.of(0.0999755859375, -2, 40000) });
    await session.close();
  });
});
