/**
 * Whether running a model may never end. Only Loop can: its condition is computed, and every other operator is bounded
 * by what goes in. https://github.com/onnx/onnx/blob/main/docs/Operators.md#Loop
 */

/** `op_type: "Loop"` of a NodeProto as it is written (field 4, four bytes), also within subgraphs and functions. */
const LOOP = Buffer.concat([Buffer.from([0x22, 4]), Buffer.from('Loop')]);

/** @returns true also for a model whose weights happen to hold these bytes, which costs it some start-up and nothing else */
export function mayNeverEnd(model: Uint8Array): boolean {
  return Buffer.from(model.buffer, model.byteOffset, model.byteLength).includes(LOOP);
}
