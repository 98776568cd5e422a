import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mayNeverEnd } from '../../../../src/adapters/onnx/process/may-never-end.ts';
import { REPOSITORY } from './support.ts';

const folder = join(REPOSITORY, 'test/fixtures/onnx');
const models = readdirSync(folder).filter((name) => name.endsWith('.onnx'));

it('is so of the models with a Loop, and of no other', () => {
  const found = models.filter((name) => mayNeverEnd(readFileSync(join(folder, name))));
  expect(found).toEqual(['endless.onnx', 'loop.onnx']);
  expect(models.length).toBeGreaterThan(20);
});

it('looks at its own part of a larger buffer', () => {
  const loop = readFileSync(join(folder, 'loop.onnx'));
  const gemm = readFileSync(join(folder, 'gemm.onnx'));
  const both = Buffer.concat([gemm, loop]);
  expect(mayNeverEnd(both.subarray(0, gemm.length))).toBe(false);
  expect(mayNeverEnd(both.subarray(gemm.length))).toBe(true);
});
