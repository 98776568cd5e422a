/** Checks of JSON that somebody else may have written or damaged. */
import { isObject } from '../json-object.ts';
import type { DeclaredSignature, DeclaredTensor } from '../onnx-reader.ts';

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

/** 64 hexadecimal digits. */
export function isDigest(value: unknown): value is string {
  return isText(value) && /^[0-9a-f]{64}$/.test(value);
}

/** A whole number of bytes. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem);
}

export function isSignature(value: unknown): value is DeclaredSignature {
  return isObject(value) && isListOf(value.inputs, isTensor) && isListOf(value.outputs, isTensor);
}

function isTensor(value: unknown): value is DeclaredTensor {
  const isDimension = (d: unknown): d is number | string => isText(d) || typeof d === 'number';
  return isObject(value) && isText(value.name) && isText(value.type) && isListOf(value.shape, isDimension);
}
