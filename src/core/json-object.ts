import { messageOf } from './errors.ts';

/** The object that a JSON text holds. @throws Error whose message says what is wrong with the text. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON (${messageOf(error)})`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('is not a JSON object');
  }
  return value as Readonly<Record<string, unknown>>;
}
