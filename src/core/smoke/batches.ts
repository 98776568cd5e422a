/** Requests made of rows, each below the platform's limit on a body. */
import { UserError } from '../errors.ts';
import { writeJson, type JsonValue } from '../exact-json.ts';
import { arePlainNumbers } from './plain-numbers.ts';
import type { Protocol, RequestBody } from './protocol/protocol.ts';
import { bareCase, type Case } from './cases/cases.ts';

/** Bytes of the largest body that is sent if the platform does not say what it takes. */
export const BODY_LIMIT = 6_000_000;
/** What a batch may take of the platform's limit: its size is known only nearly before it is written. */
const SHARE_OF_LIMIT = 0.95;
/** What the bodies of all requests that are in progress at once may come to. */
const BYTES_AT_ONCE = 48_000_000;
/** As few rows as still give a latency figure of some worth, and as many as keep memory flat. */
const WANTED_REQUESTS = 20;
const MOST_ROWS = 512;

export interface Batch {
  /** Index of the first row among all rows. */
  readonly start: number;
  readonly rows: readonly JsonValue[];
  /** The same rows, with what is known about them. */
  readonly cases: readonly Case[];
  /** The body has no more bytes than this. */
  readonly bytes: number;
}

export interface BatchLimits {
  /** Rows a request, at most; at least one is sent whatever its size. */
  readonly rows: number;
  /** Bytes a body, at most. */
  readonly bytes: number;
  /** The body writes the rows as the cases have them; V2 writes float32 with all its digits. */
  readonly asWritten?: boolean;
}

/** Rows a request, if `requests` are wanted for `rows` rows (null: no wish). */
export function rowsPerRequest(rows: number, requests: number | null): number {
  const wanted = Math.ceil(rows / (requests ?? WANTED_REQUESTS));
  return Math.max(1, Math.min(wanted, MOST_ROWS));
}

/**
 * Bytes a body may have, while `concurrency` requests are in progress at once.
 * @param bodyBytes the platform's limit; undefined if it has none that is known
 */
export function bytesPerRequest(concurrency: number, bodyBytes?: number): number {
  const limit = bodyBytes === undefined ? BODY_LIMIT : Math.floor(bodyBytes * SHARE_OF_LIMIT);
  return Math.min(limit, Math.floor(BYTES_AT_ONCE / concurrency));
}

/**
 * The body of a batch. @throws UserError if it is above the platform's limit, which is known before it is sent: no
 * endpoint can be at fault for it.
 */
export async function bodyOf(
  protocol: Pick<Protocol, 'encode'>,
  { start, rows }: Batch,
  bodyBytes: number | undefined,
): Promise<RequestBody> {
  const body = await protocol.encode(rows);
  const bytes = Buffer.byteLength(body.content);
  if (bodyBytes !== undefined && bytes > bodyBytes) throw tooLarge(start + 1, bytes, bodyBytes);
  return body;
}

/** @param row its number, from 1 */
export function tooLarge(row: number, bytes: number, limit: number): UserError {
  const message = `row ${row} makes a request of ${bytes} bytes, but the platform accepts at most ${limit}, so it cannot be sent.`;
  const fix = 'Give smaller rows, such as images of fewer pixels or encoded ones (protocol: raw).';
  return UserError.of([{ where: 'cases', message, fix }]);
}

export function batchOf(start: number, cases: readonly Case[], bytes = 0): Batch {
  return { start, rows: cases.map(({ instance }) => instance), cases, bytes };
}

/** Rows of which nothing is known but what to send. */
export function bareBatch(start: number, rows: readonly JsonValue[]): Batch {
  return batchOf(start, rows.map(bareCase));
}

/** Cuts the rows into requests, in order. */
export function* batchesOf(all: Iterable<Case>, limits: BatchLimits): Generator<Batch> {
  let start = 0;
  let bytes = ENVELOPE;
  let cases: Case[] = [];
  for (const one of all) {
    const size = sizeOf(one.instance, limits) + 1;
    if (cases.length > 0 && (cases.length >= limits.rows || bytes + size > limits.bytes)) {
      yield batchOf(start, cases, bytes);
      start += cases.length;
      bytes = ENVELOPE;
      cases = [];
    }
    cases.push(one);
    bytes += size;
  }
  if (cases.length > 0) yield batchOf(start, cases, bytes);
}

const ENVELOPE = '{"instances":[]}'.length;

/** Bytes of a row, or more if a whole request of such rows is small enough all the same. */
function sizeOf(row: JsonValue, { rows, bytes, asWritten = true }: BatchLimits): number {
  const most = mostBytes(row);
  return most * rows <= bytes || !asWritten ? most : Buffer.byteLength(writeJson(row));
}

/** Bytes of a row, exactly if it may be above `limit`, else no fewer than it has. */
export function rowBytes(row: JsonValue, limit: number): number {
  const most = mostBytes(row);
  return most <= limit ? most : Buffer.byteLength(writeJson(row));
}

/** Digits, sign, point and exponent of the longest number that JSON.stringify writes. */
const NUMBER_BYTES = 25;
/** A character outside ASCII, or one that is written as \uXXXX. */
const CHARACTER_BYTES = 6;

/** As many bytes as the JSON of a value can have, without writing it. */
function mostBytes(value: JsonValue): number {
  if (typeof value === 'number') return NUMBER_BYTES;
  if (typeof value === 'string') return value.length * CHARACTER_BYTES + 2;
  if (Array.isArray(value)) {
    if (arePlainNumbers(value)) return value.length * (NUMBER_BYTES + 1) + 2;
    let total = 2;
    for (const item of value as readonly JsonValue[]) total += mostBytes(item) + 1;
    return total;
  }
  if (typeof value !== 'object' || value === null) return String(value).length;
  let total = 2;
  for (const [name, item] of Object.entries(value)) total += mostBytes(name) + mostBytes(item) + 2;
  return total;
}
