/** Cleans an error in place, so code that checks its kind still finds the same error. */

const DEPTH = 8;

/** `clean` is given every text of the error: message, stack, details, problems, and those of what caused it. */
export function cleanError(thrown: unknown, clean: (text: string) => string, depth = DEPTH): unknown {
  if (typeof thrown === 'string') return clean(thrown);
  if (!(thrown instanceof Error) || depth === 0) return thrown;
  // The stack begins with the message, and is made of it when it is first read.
  set(thrown, 'stack', cleaned(thrown.stack, clean));
  set(thrown, 'message', clean(thrown.message));
  for (const key of Object.keys(thrown)) {
    if (key !== 'name' && key !== 'stack' && key !== 'message') {
      set(thrown, key, cleanedField((thrown as unknown as Record<string, unknown>)[key], clean, depth));
    }
  }
  if (thrown.cause !== undefined) set(thrown, 'cause', cleanedField(thrown.cause, clean, depth));
  return thrown;
}

function cleanedField(value: unknown, clean: (text: string) => string, depth: number): unknown {
  if (value instanceof Error) return cleanError(value, clean, depth - 1);
  if (typeof value === 'string') return clean(value);
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => cleanedField(item, clean, depth - 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleanedField(item, clean, depth - 1)]),
  );
}

function cleaned(text: string | undefined, clean: (text: string) => string): string | undefined {
  return text === undefined ? undefined : clean(text);
}

/** Some of them are read-only, or live on the prototype (DOMException). */
function set(error: Error, key: string, value: unknown): void {
  const before = (error as unknown as Record<string, unknown>)[key];
  if (before === value) return;
  const enumerable = Object.prototype.propertyIsEnumerable.call(error, key);
  Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
}
