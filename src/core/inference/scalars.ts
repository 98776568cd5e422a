/** One value of a request as one element of a tensor. */
import type { TensorData, TensorType } from '../model-session.ts';
import { NUMBER } from './cells.ts';

/** Greatest finite values: https://onnx.ai/onnx/api/mapping.html, IEEE 754. */
const FLOAT_LIMITS: Partial<Record<TensorType, number>> = {
  float16: 65504,
  float32: 3.4028234663852886e38,
  float64: Number.MAX_VALUE,
};

const INTEGER_LIMITS: Partial<Record<TensorType, readonly [bigint, bigint]>> = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

type Scalar = number | bigint | string;

/** The element for a value, or an Error that says what it must be ("is not a number"). */
export function scalarOf(value: unknown, type: TensorType): Scalar | Error {
  if (type === 'string') return typeof value === 'string' ? value : new Error('is not a text');
  if (type === 'bool') return booleanOf(value);
  const limit = FLOAT_LIMITS[type];
  if (limit !== undefined) return floatOf(value, type, limit);
  return integerOf(value, type);
}

function booleanOf(value: unknown): number | Error {
  if (value === true || value === 1) return 1;
  if (value === false || value === 0) return 0;
  return new Error('is neither true nor false');
}

/** A missing value is NaN: null, NaN and "NaN" alike, as NumPy reads them. Infinite ones are texts, as JSON has none. */
function floatOf(value: unknown, type: TensorType, limit: number): number | Error {
  if (value === null) return Number.NaN;
  const number = typeof value === 'bigint' || isNotFinite(value) ? Number(value) : value;
  if (typeof number !== 'number') return new Error(`is not a number${textHint(value)}`);
  return Math.abs(number) > limit && Number.isFinite(number) ? new Error(`is not a finite ${type}`) : number;
}

/** Words for what JSON has no numbers for, as protobuf's JSON form writes them. https://protobuf.dev/programming-guides/json/ */
export function isNotFinite(value: unknown): value is string {
  return typeof value === 'string' && /^(NaN|-?Infinity)$/.test(value);
}

function textHint(value: unknown): string {
  if (typeof value !== 'string') return '';
  if (/^\s*[+-]?\d+,\d+\s*$/.test(value)) return ' (write decimals with a point)';
  return quotesHint(value, NUMBER);
}

function quotesHint(value: unknown, number: RegExp): string {
  return typeof value === 'string' && number.test(value) ? ' (write it without quotes)' : '';
}

/** Integers beyond 2^53 come as bigint from core/exact-json, or as texts of digits. */
function integerOf(value: unknown, type: TensorType): number | bigint | Error {
  if (value === null || value === 'NaN')
    return new Error(`is a missing value, which ${type} cannot represent`);
  const big = bigintOf(value);
  if (big === null) return new Error(`is not an integer${quotesHint(value, /^[+-]?\d+$/)}`);
  const [low, high] = INTEGER_LIMITS[type] ?? [0n, 0n];
  if (big < low || big > high) return new Error(`is outside the range of ${type}`);
  return type === 'int64' || type === 'uint64' ? big : Number(big);
}

function bigintOf(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d{16,20}$/.test(value) ? BigInt(value) : null;
}

/** The container that ONNX Runtime takes for a type; see TensorData. */
export function emptyData(type: TensorType, length: number): TensorData {
  if (type === 'string') return Array.from({ length }, () => '');
  if (type === 'int64') return new BigInt64Array(length);
  if (type === 'uint64') return new BigUint64Array(length);
  return new NUMBER_ARRAYS[type](length);
}

/** @param scalar what `scalarOf` gave for the type of the container. @returns false if that is an Error */
export function putScalar(into: TensorData, at: number, scalar: Scalar | Error): boolean {
  if (scalar instanceof Error) return false;
  (into as Scalar[])[at] = scalar;
  return true;
}

/** Most of what is sent is lists of plain numbers: checked and copied in one go. @returns false for any other list */
export function copyFloats(
  values: readonly unknown[],
  type: TensorType,
  into: TensorData,
  at: number,
): boolean {
  const limit = FLOAT_LIMITS[type];
  if (limit === undefined) return false;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'number' || !(Math.abs(value) <= limit)) return false;
    (into as Float64Array)[at + index] = value;
  }
  return true;
}

/** The array that holds a tensor's values, by type; 64-bit integers and strings have others. */
export const NUMBER_ARRAYS = {
  float16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const;
