import { isDigest, isSignature, isSize, isText, isTextOrNull } from '../archive/shape.ts';
import { messageOf, UserError } from '../errors.ts';
import { isObject, type JsonObject } from '../json-object.ts';
import { OUTCOMES } from '../targets.ts';
import { RELEASE_SCHEMA, releaseDigest, type ReleaseRecord } from './release-record.ts';

export interface ParseReleaseOptions {
  /** Names the record in messages: its path or URL. */
  readonly label: string;
  /** What the record's digest has to be; null where it was not named by its digest. */
  readonly digest?: string | null;
}

type Check = (value: unknown) => boolean;

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const object = (fields: Readonly<Record<string, Check>>): Check => {
  return (value) => isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
};
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isNumber: Check = (value) => typeof value === 'number';

/** Each field of a record and what it has to look like. */
const FIELDS: Readonly<Record<keyof ReleaseRecord, Check>> = {
  schema: (value) => value === RELEASE_SCHEMA,
  model: object({
    digest: isDigest,
    url: isText,
    sha256: isDigest,
    bytes: isSize,
    framework: isText,
    frameworkVersion: isTextOrNull,
    signature: orNull(isSignature),
  }),
  image: orNull(object({ uri: isText, digest: isText })),
  reference: orNull(object({ digest: isDigest, url: isText })),
  source: object({ repository: isText, commit: isText, ref: isText, run: isText, actor: isText }),
  deployment: orNull(
    object({
      environment: isTextOrNull,
      target: isText,
      endpoint: isText,
      version: isText,
      planDigest: isDigest,
      outcome: (value) => (OUTCOMES as readonly unknown[]).includes(value),
    }),
  ),
  approval: orNull(
    object({
      status: (value) => value === 'approved',
      by: list(object({ login: isText, at: isText, url: isText })),
      planDigest: isDigest,
    }),
  ),
  smoke: orNull(
    object({
      passed: (value) => typeof value === 'boolean',
      reportDigest: isDigest,
      subject: isText,
      compared: isSize,
      mismatches: isSize,
      maxAbsDiff: orNull(isNumber),
      accuracy: orNull(isNumber),
      p95Ms: orNull(isNumber),
    }),
  ),
  parent: orNull(isDigest),
  createdAt: (value) => isText(value) && !Number.isNaN(Date.parse(value)),
};

/** Reads a release record. @throws UserError for a text that is none, or whose digest is not the expected one. */
export function parseRelease(text: string, { label, digest = null }: ParseReleaseOptions): ReleaseRecord {
  const value = parseObject(text, label);
  if (value.schema !== RELEASE_SCHEMA) {
    throw new UserError(
      `${label} is not a release record of this version: its schema is ${JSON.stringify(value.schema)}, not "${RELEASE_SCHEMA}".`,
    );
  }
  const wrong = Object.entries(FIELDS).flatMap(([name, check]) => (check(value[name]) ? [] : [name]));
  if (wrong.length > 0) {
    throw new UserError(
      `${label} is not a whole release record: ${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} missing or wrong.`,
    );
  }
  const record = value as unknown as ReleaseRecord;
  const actual = releaseDigest(record);
  if (digest !== null && digest !== actual) {
    throw new UserError(`${label} was changed: its digest is ${actual}, not ${digest}.`);
  }
  return record;
}

function parseObject(text: string, label: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${label} is not a release record: it is not valid JSON (${messageOf(cause)}).`, {
      cause,
    });
  }
  if (isObject(value)) return value;
  throw new UserError(`${label} is not a release record: it is not a JSON object.`);
}
