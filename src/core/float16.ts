/**
 * Half-precision floats as bits. ONNX Runtime takes and gives them as Float16Array if the JavaScript engine has that
 * (Node 24), as bits in a Uint16Array elsewhere; the bits are the same, and this code needs only those.
 *
 * Layout: IEEE 754 binary16, https://en.wikipedia.org/wiki/Half-precision_floating-point_format
 */

const words = new Uint32Array(1);
const floats = new Float32Array(words.buffer);

/** Rounds to the nearest half, ties to even, as NumPy and ONNX do; beyond the range it gives an infinity. */
export function encodeHalf(value: number): number {
  floats[0] = value;
  const bits = words[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // 0.5 has an ulp of 2^-24, the step of the subnormal halves: adding it makes the hardware round to that step.
  if (magnitude < 0x38800000) return sign | subnormalBits(Math.abs(value));
  const toEven = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + toEven) >>> 13);
}

function subnormalBits(value: number): number {
  floats[0] = Math.fround(value) + 0.5;
  return (words[0] ?? 0) - 0x3f000000;
}

export function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
