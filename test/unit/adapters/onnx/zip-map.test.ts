import { describe, expect, it } from 'vitest';
import { readOnnxModel } from '../../../../src/adapters/onnx/onnx-model.ts';
import { concat, delimited, fieldsOf, textOf } from '../../../../src/adapters/onnx/wire.ts';
import { rewriteZipMaps } from '../../../../src/adapters/onnx/zip-map.ts';
import { caseOf, excess, fixture, open, RUNTIMES } from './support.ts';

const GRAPH_FIELD = 7;
const UNKNOWN_FIELD = 4095;

function rewritten(bytes: Uint8Array): Uint8Array {
  return rewriteZipMaps(bytes, readOnnxModel(bytes, 'model.onnx').zipMaps);
}

/** All fields of the model but the graph, as they stand in the file. */
function outsideGraph(bytes: Uint8Array): Uint8Array[] {
  return [...fieldsOf(bytes)].filter((field) => field.number !== GRAPH_FIELD).map((field) => field.raw);
}

function graphOf(bytes: Uint8Array): Uint8Array {
  return [...fieldsOf(bytes)].find((field) => field.number === GRAPH_FIELD)!.bytes;
}

describe('ZipMap', () => {
  it.each([
    ['zipmap_int', [0n, 1n, 2n]],
    ['zipmap_string', ['cat', 'dog', 'owl']],
  ])('tells the class labels of %s', (name, labels) => {
    const { classLabels, outputs } = readOnnxModel(fixture(name), name);
    expect(classLabels).toEqual({ output_probability: labels });
    expect(outputs[1]).toEqual({
      name: 'output_probability',
      kind: 'tensor',
      type: 'float32',
      shape: ['', 3],
    });
  });

  it.each(RUNTIMES)('gives a tensor of scores on the %s runtime', async (runtime) => {
    for (const name of ['zipmap_int', 'zipmap_string']) {
      const { feeds, expected } = caseOf(name);
      const session = await open(fixture(name), runtime);
      expect(session.signature.outputs.map((output) => output.type)).toContain('float32');
      const { output_probability: scores, output_label: label } = await session.run(feeds);
      expect(excess(scores!, expected.output_probability!, { rtol: 1e-5, atol: 1e-6 })).toBeLessThanOrEqual(
        0,
      );
      expect(label).toEqual(expected.output_label);
      await session.close();
    }
  });

  it('leaves a model without it as it is, byte for byte', () => {
    const bytes = fixture('tree_ensemble');
    expect(rewritten(bytes)).toBe(bytes);
  });

  it('keeps everything else, fields that nobody knows included', () => {
    const bytes = concat([fixture('zipmap_int'), delimited(UNKNOWN_FIELD, 'from the future')]);
    const result = rewritten(bytes);
    expect(outsideGraph(result)).toEqual(outsideGraph(bytes));
    const nodes = (graph: Uint8Array): Uint8Array[] =>
      [...fieldsOf(graph)].filter((f) => f.number === 1).map((f) => f.raw);
    const before = nodes(graphOf(bytes));
    const after = nodes(graphOf(result));
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(textOf(before.at(-1)!)).toContain('ZipMap');
    expect(textOf(after.at(-1)!)).toContain('Identity');
    expect(textOf(after.at(-1)!)).not.toContain('classlabels');
  });

  it('is written once: a second pass finds nothing to do', () => {
    const once = rewritten(fixture('zipmap_string'));
    expect(readOnnxModel(once, 'model.onnx').zipMaps).toEqual([]);
  });
});
