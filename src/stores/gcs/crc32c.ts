/**
 * CRC32C, the checksum that Cloud Storage keeps of every object, and compares with what is sent. Node has CRC32 alone.
 * https://cloud.google.com/storage/docs/data-validation, https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4
 */

/** The generator polynomial, bits reversed, as the algorithm uses it. */
const POLYNOMIAL = 0x82f63b78;

/** Eight bytes at a time: about as fast as a disk. https://create.stephan-brumme.com/crc32/#slicing-by-8-overview */
const SLICES = 8;
const TABLES = tables();

function tables(): Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    return crc;
  });
  const all = [first];
  for (let slice = 1; slice < SLICES; slice++) {
    const before = all[slice - 1] ?? first;
    all.push(before.map((crc) => (crc >>> 8) ^ (first[crc & 0xff] ?? 0)));
  }
  return all;
}

/** @param crc of what came before; 0 for nothing */
export function crc32c(data: Buffer, crc = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [
    ...[Int32Array, Int32Array, Int32Array, Int32Array],
    ...[Int32Array, Int32Array, Int32Array, Int32Array],
  ];
  let sum = ~crc;
  let at = 0;
  /* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is a byte, and each table has 256 entries */
  for (; at + 8 <= data.length; at += 8) {
    const low = data.readInt32LE(at) ^ sum;
    const high = data.readInt32LE(at + 4);
    sum =
      t7[low & 0xff]! ^
      t6[(low >>> 8) & 0xff]! ^
      t5[(low >>> 16) & 0xff]! ^
      t4[low >>> 24]! ^
      t3[high & 0xff]! ^
      t2[(high >>> 8) & 0xff]! ^
      t1[(high >>> 16) & 0xff]! ^
      t0[high >>> 24]!;
  }
  for (; at < data.length; at++) sum = (sum >>> 8) ^ t0[(sum ^ data[at]!) & 0xff]!;
  /* eslint-enable */
  return ~sum >>> 0;
}

/** As Google writes it: base64 of the four bytes, the highest first. */
export function crc32cText(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}
