/**
 * What a pickle's machine would have on its stack, as far as it says which names are imported and how long an array is that
 * joblib wrote behind it. Nothing is imported and nothing is made: an object is the name of what would make it.
 */
export type Value =
  | string
  | number
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'tuple'; readonly items: readonly Value[] }
  | { readonly kind: 'dict'; readonly entries: Map<string, Value> }
  | { readonly kind: 'object'; readonly made: string; readonly args: Value; state: Value | null }
  | typeof MARK
  | typeof OTHER;

/** Where a group of values begins. */
export const MARK = Symbol('mark');
/** A value that says nothing here. */
export const OTHER = Symbol('other');

/** Longer texts, tuples and dicts say nothing that is asked for. */
const LONGEST_TEXT = 256;
const MOST_MEMBERS = 64;

export const textValue = (text: string): Value => (text.length > LONGEST_TEXT ? OTHER : text);

export function tupleOf(items: readonly Value[]): Value {
  return items.length > MOST_MEMBERS ? OTHER : { kind: 'tuple', items };
}

/** @param items key, value, key, value … */
export function setItems(dict: Value | undefined, items: readonly Value[]): void {
  if (typeof dict !== 'object' || dict.kind !== 'dict') return;
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value = OTHER] = [items[at], items[at + 1]];
    if (typeof key === 'string' && dict.entries.size < MOST_MEMBERS * 4) dict.entries.set(key, value);
  }
}

/** The bytes of a numpy array, by the state of joblib's NumpyArrayWrapper; null for one of objects, which are pickled. */
export function arrayBytes(state: Value | null): {
  readonly bytes: number | null;
  readonly isAligned: boolean;
} {
  const entries =
    typeof state === 'object' && state?.kind === 'dict' ? state.entries : new Map<string, Value>();
  const shape = entries.get('shape');
  const dtype = entries.get('dtype');
  const isAligned = typeof entries.get('numpy_array_alignment_bytes') === 'number';
  if (
    typeof shape !== 'object' ||
    shape.kind !== 'tuple' ||
    typeof dtype !== 'object' ||
    dtype.kind !== 'object'
  )
    throw new TypeError('An array that joblib wrote does not say its shape and type.');
  const count = shape.items.reduce<number>(
    (all, size) => all * (typeof size === 'number' ? size : Number.NaN),
    1,
  );
  const size = itemBytes(dtype.args);
  if (Number.isNaN(count)) throw new TypeError('An array that joblib wrote does not say its shape.');
  return { bytes: size === null ? null : count * size, isAligned };
}

/** Of `numpy.dtype('f8', False, True)`: 8. Null for objects. */
function itemBytes(args: Value): number | null {
  const code = typeof args === 'object' && args.kind === 'tuple' ? args.items[0] : undefined;
  const [, kind = '', digits = ''] =
    /^[<>|=]?([a-zA-Z])(\d*)$/.exec(typeof code === 'string' ? code : '') ?? [];
  if (kind === 'O') return null;
  if (digits === '') throw new TypeError('An array that joblib wrote has an unknown type.');
  return kind === 'U' ? Number(digits) * 4 : Number(digits);
}
