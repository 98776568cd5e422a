import { messageOf } from './errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a JSON text holds. @throws Error whose message says what is wrong with the text. */
export function parseJsonObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON (${messageOf(error)})`, { cause: error });
  }
  if (!isObject(value)) throw new Error('is not a JSON object');
  return value;
}
