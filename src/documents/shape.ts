/** What the JSON of a document has to look like; reports everything wrong with one at once, with its place. */
import { isObject } from '../core/json-object.ts';

export interface Shape<T> {
  /** What is wrong, such as `model.bytes must be a whole number`; empty if the value fits. */
  readonly problems: (value: unknown, at: string) => readonly string[];
  readonly isOptional?: boolean;
  /** Never set: it ties the shape to its type. */
  readonly of?: T;
}

interface OptionalShape<T> extends Shape<T> {
  readonly isOptional: true;
}

/** One shape for each key; a key that may be absent needs `optional`. */
type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K>
    ? OptionalShape<Exclude<T[K], undefined>>
    : Shape<T[K]>;
};

function must<T>(fits: (value: unknown) => boolean, be: string): Shape<T> {
  return { problems: (value, at) => (fits(value) ? [] : [`${at} must be ${be}`]) };
}

const isText = (value: unknown) => typeof value === 'string';

export const text = must<string>(isText, 'a text');
export const flag = must<boolean>((value) => typeof value === 'boolean', 'true or false');
/** JSON has none but finite ones. */
export const number = must<number>((value) => typeof value === 'number', 'a number');
export const integer = must<number>((value) => Number.isSafeInteger(value), 'a whole number');
/** Of bytes, of tests: a whole number that is not below zero. */
export const count = must<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'a whole number of 0 or more',
);
/** A sha256. */
export const digest = must<string>(
  (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  'a sha256: 64 hexadecimal digits',
);
/** ISO 8601. */
export const time = must<string>((value) => isText(value) && !Number.isNaN(Date.parse(value)), 'a time');
/** JSON of others, which is handed on as it is. */
export const opaque: Shape<Readonly<Record<string, unknown>>> = must(isObject, 'an object');

export function oneOf<const T extends string | boolean | null>(...values: readonly T[]): Shape<T> {
  const be = values.map((value) => JSON.stringify(value)).join(' or ');
  return must((value) => (values as readonly unknown[]).includes(value), be);
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { problems: (value, at) => (value === null ? [] : shape.problems(value, at)) };
}

export function optional<T>(shape: Shape<T>): OptionalShape<T> {
  return { problems: (value, at) => shape.problems(value, at), isOptional: true };
}

export function list<T>(shape: Shape<T>, least = 0): Shape<readonly T[]> {
  const problems = (value: unknown, at: string) => {
    if (!Array.isArray(value)) return [`${at} must be a list`];
    if (value.length < least) return [`${at} must not be empty`];
    return value.flatMap((item: unknown, i) => shape.problems(item, `${at}[${i}]`));
  };
  return { problems };
}

/** Name to value, for names that no schema knows. */
export function map<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  const problems = (value: unknown, at: string) => {
    if (!isObject(value)) return [`${at} must be an object`];
    return Object.entries(value).flatMap(([name, item]) => shape.problems(item, `${at}.${name}`));
  };
  return { problems };
}

/** Exactly these keys: one that this version does not know could mean that it understands the document wrongly. */
export function object<T>(fields: Fields<T>): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  const problems = (value: unknown, at: string) => {
    if (!isObject(value)) return [`${at || 'the document'} must be an object`];
    const path = (name: string) => (at === '' ? name : `${at}.${name}`);
    const unknown = Object.keys(value)
      .filter((name) => !Object.hasOwn(fields, name))
      .map((name) => `${path(name)} is not known`);
    const wrong = shapes.flatMap(([name, shape]) => {
      if (Object.hasOwn(value, name)) return shape.problems(value[name], path(name));
      return shape.isOptional ? [] : [`${path(name)} is missing`];
    });
    return [...wrong, ...unknown];
  };
  return { problems };
}

/** Whether a value has that shape, if nobody asks what is wrong with it. */
export function isOf<T>(shape: Shape<T>, value: unknown): value is T {
  return shape.problems(value, '').length === 0;
}
