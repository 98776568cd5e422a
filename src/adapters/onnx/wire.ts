/**
 * Protobuf at the level of its wire format: fields are visited and replaced, and every byte that is not replaced stays
 * as it was, whether this project knows its meaning or not.
 *
 * Source: https://protobuf.dev/programming-guides/encoding/
 */

import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export interface Field {
  readonly number: number;
  /** The content of a length-delimited field (message, string, packed list); empty for other wire types. */
  readonly bytes: Uint8Array;
  /** The value of a varint field, read as a signed 64-bit number; undefined for other wire types. */
  readonly varint: bigint | undefined;
  /** The whole field with its tag, as it is in the message. */
  readonly raw: Uint8Array;
}

const NO_BYTES = new Uint8Array(0);

/** Visits the fields of one message in order. @throws an Error if the bytes are no complete message. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, wireType] = reader.tag();
    let bytes: Uint8Array = NO_BYTES;
    let varint: bigint | undefined;
    if (wireType === WireType.LengthDelimited) bytes = reader.bytes();
    else if (wireType === WireType.Varint) varint = BigInt(reader.int64());
    else reader.skip(wireType, number);
    yield { number, bytes, varint, raw: message.subarray(start, reader.pos) };
  }
}

/** What becomes of a field: new content for a length-delimited one, or kept as it is, or left out. */
export type Edit = Uint8Array | 'keep' | 'drop';

/** Copies a message with some fields edited. */
export function editFields(message: Uint8Array, edit: (field: Field) => Edit): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const field of fieldsOf(message)) {
    const edited = edit(field);
    if (edited === 'keep') parts.push(field.raw);
    else if (edited !== 'drop') parts.push(lengthPrefix(field.number, edited.length), edited);
  }
  return concat(parts);
}

/** One length-delimited field: a nested message, or a string. */
export function delimited(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return concat([lengthPrefix(number, bytes.length), bytes]);
}

export function varintField(number: number, value: number): Uint8Array {
  return new BinaryWriter().tag(number, WireType.Varint).uint32(value).finish();
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The values of a repeated integer field, which a writer may have packed into one field or not. */
export function integersOf(field: Field): bigint[] {
  if (field.varint !== undefined) return [field.varint];
  const reader = new BinaryReader(field.bytes);
  const values: bigint[] = [];
  while (reader.pos < reader.len) values.push(BigInt(reader.int64()));
  return values;
}

function lengthPrefix(number: number, length: number): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).uint32(length).finish();
}
