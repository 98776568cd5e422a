/** Says what a file is that should have been an ONNX model. */

import { textOf } from './wire.ts';

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

const ORT_FORMAT = 'ORTM';

/** First bytes of what people hand over by mistake; offset 4 is where FlatBuffers keeps its file identifier. */
const MAGICS: readonly { readonly offset: number; readonly bytes: string; readonly what: string }[] = [
  { offset: 0, bytes: 'PK\x03\x04', what: 'a ZIP file (PyTorch and Keras save such files)' },
  { offset: 0, bytes: '\x1f\x8b', what: 'a gzip file' },
  { offset: 0, bytes: '\x89HDF', what: 'an HDF5 file (older Keras saves such files)' },
  { offset: 0, bytes: '\x80\x04', what: 'a Python pickle' },
  { offset: 0, bytes: '\x80\x05', what: 'a Python pickle' },
  { offset: 4, bytes: ORT_FORMAT, what: "in ONNX Runtime's own ORT format" },
  { offset: 4, bytes: 'TFL3', what: 'a TensorFlow Lite model' },
];

/** The rest of a sentence that begins with the name of a file which could not be read as an ONNX model. */
export function explainUnreadable(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'is empty, so it is not an ONNX model.';
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.startsWith(LFS_POINTER)) {
    return (
      'is a Git LFS pointer, not the model itself: its content was not downloaded. ' +
      'Set "lfs: true" on actions/checkout or on the reusable workflow, or run "git lfs pull".'
    );
  }
  const magic = MAGICS.find((entry) => head.startsWith(entry.bytes, entry.offset));
  if (magic !== undefined) return `is ${magic.what}, not an ONNX model. Export the model to ONNX.`;
  if (isText(bytes)) return 'is a text file, not an ONNX model.';
  if (startsLikeModel(bytes))
    return 'is truncated or damaged: it starts like an ONNX model, but does not end like one.';
  return 'is not an ONNX model.';
}

/** Whether it may be meant: the ORT format, which ONNX Runtime loads under any name, or bytes that nobody here knows. */
export function mayBeMeant(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const magic = MAGICS.find((entry) => head.startsWith(entry.bytes, entry.offset));
  if (magic !== undefined) return magic.bytes === ORT_FORMAT;
  return bytes.length > 0 && !isText(bytes) && !startsLikeModel(bytes);
}

/** No control characters but white space, and nothing that is not UTF-8. */
function isText(bytes: Uint8Array): boolean {
  // The last character may be cut in two by the length of the sample.
  const sample = textOf(bytes.subarray(0, 1024)).slice(0, -1);
  return !/[^\P{Cc}\t\n\v\f\r]|\uFFFD/u.test(sample);
}

/** Every known writer puts ir_version first: field 1, a varint of one byte. */
function startsLikeModel(bytes: Uint8Array): boolean {
  const [tag = 0, version = 0] = bytes;
  return tag === 0x08 && version > 0 && version < 0x80;
}
