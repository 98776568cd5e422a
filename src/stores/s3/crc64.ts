/**
 * CRC64NVME, the one checksum of a whole object that S3 keeps for a multipart upload too.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
import { Crc64Nvme } from '@aws-sdk/crc64-nvme';

/** The generator polynomial, bits reversed, as the algorithm uses it. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const BITS = 64;

/** A linear map of 64-bit words: what becomes of each bit. */
type Matrix = readonly bigint[];

export async function crc64(data: Uint8Array): Promise<bigint> {
  const crc = new Crc64Nvme();
  crc.update(data);
  return Buffer.from(await crc.digest()).readBigUInt64BE();
}

/** As S3 writes it: base64 of the eight bytes, the highest first. */
export function crc64Text(crc: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(crc);
  return bytes.toString('base64');
}

/**
 * The checksum of two pieces of data one after the other, from the checksums of both: the way of zlib's
 * crc32_combine (https://github.com/madler/zlib/blob/develop/crc32.c).
 */
export function combineCrc64(first: bigint, second: bigint, secondBytes: number): bigint {
  return apply(zeros(secondBytes), first) ^ second;
}

const known = new Map<number, Matrix>();

/** What as many bytes of zero do to a checksum. All parts but the last have one length, so it is kept. */
function zeros(bytes: number): Matrix {
  const kept = known.get(bytes);
  if (kept !== undefined) return kept;
  let result: Matrix | null = null;
  let power = squareOf(squareOf(squareOf(oneBit())));
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === null ? power : result.map((column) => apply(power, column));
    power = squareOf(power);
  }
  const matrix = result ?? identity();
  known.set(bytes, matrix);
  return matrix;
}

function identity(): Matrix {
  return Array.from({ length: BITS }, (_, bit) => 1n << BigInt(bit));
}

/** One bit of zero. */
function oneBit(): Matrix {
  return Array.from({ length: BITS }, (_, bit) => (bit === 0 ? POLYNOMIAL : 1n << BigInt(bit - 1)));
}

function squareOf(matrix: Matrix): Matrix {
  return matrix.map((column) => apply(matrix, column));
}

function apply(matrix: Matrix, word: bigint): bigint {
  let result = 0n;
  for (let rest = word, bit = 0; rest > 0n; rest >>= 1n, bit++) {
    if ((rest & 1n) === 1n) result ^= matrix[bit] ?? 0n;
  }
  return result;
}
