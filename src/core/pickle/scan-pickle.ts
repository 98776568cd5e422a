/**
 * Reads a pickle's opcodes without loading it: which names it would import, and which versions it says that it was written
 * by. What joblib puts between them, the bytes of numpy arrays, is skipped as joblib/numpy_pickle.py reads it.
 */
import { EndOfBytes, TooMuch, type ByteSource } from './byte-source.ts';
import { STEPS } from './opcodes.ts';
import { arrayBytes, MARK, OTHER, setItems, type Value } from './values.ts';

export interface PickleScan {
  /** The highest that is announced; 0 or 1 if none is. */
  protocol: number;
  /** Such as `sklearn.ensemble._forest.RandomForestClassifier`; `?` for a name that is made while loading. */
  readonly imports: Set<string>;
  /** What sklearn estimators note in themselves. */
  readonly sklearnVersions: Set<string>;
}

/** Beyond these, a pickle is read no further: some seconds, and 200 MB. */
const MOST_OPCODES = 200_000_000;
const MOST_KEPT = 2_000_000;
const MOST_IMPORTS = 10_000;
const WRAPPER = 'joblib.numpy_pickle.NumpyArrayWrapper';
const UNKNOWN = '?';
const STOP = 0x2e;

export const nothingFound = (): PickleScan => ({
  protocol: 0,
  imports: new Set(),
  sklearnVersions: new Set(),
});

/**
 * @param found gets what the pickle says as soon as it is read: a pickle that breaks off has run what came before
 * @throws EndOfBytes, TooMuch, TypeError for what is no pickle
 */
export function scanPickle(source: ByteSource, found: PickleScan): Promise<void> {
  return new Machine(source, found).run();
}

export class Machine {
  readonly #found: PickleScan;
  readonly #source: ByteSource;
  #stack: Value[] = [];
  readonly #memo = new Map<number, Value>();
  #memoized = 0;

  constructor(source: ByteSource, found: PickleScan) {
    this.#source = source;
    this.#found = found;
  }

  async run(): Promise<void> {
    const source = this.#source;
    for (let count = 0; count < MOST_OPCODES; count++) {
      if (!source.isReady && !(await source.fill())) throw new EndOfBytes(source.position);
      const code = source.byte();
      if (code === STOP) return;
      const step = STEPS[code];
      if (step === undefined) {
        const hex = code.toString(16).padStart(2, '0');
        throw new TypeError(`Byte 0x${hex} at ${source.position - 1} is not a pickle opcode.`);
      }
      const waiting = step(this, source);
      if (waiting !== undefined) await waiting;
      if (this.#stack.length > MOST_KEPT) throw new TooMuch('It puts too many values on the stack.');
    }
    throw new TooMuch('It has too many opcodes.');
  }

  protocol(version: number): void {
    this.#found.protocol = Math.max(this.#found.protocol, version);
  }

  push(value: Value): void {
    this.#stack.push(value);
  }

  pop(): Value {
    return this.#stack.pop() ?? OTHER;
  }

  top(): Value | undefined {
    return this.#stack.at(-1);
  }

  /** The values since the last mark, which is taken too. */
  group(): Value[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw new TypeError('It ends a group that never began.');
    return this.#stack.splice(at).slice(1);
  }

  /** A key of the memo is new: protocol 4 counts them, older ones name them. */
  keep(key: number = this.#memoized): void {
    this.#memoized += 1;
    const value = this.top();
    if (value === undefined || value === OTHER || value === MARK) return;
    if (this.#memo.size >= MOST_KEPT) throw new TooMuch('It stores too many values.');
    this.#memo.set(key, value);
  }

  recall(key: number): void {
    this.push(this.#memo.get(key) ?? OTHER);
  }

  global(module: Value, name: Value): void {
    const known = typeof module === 'string' && typeof name === 'string';
    const full = known ? `${module}.${name}` : UNKNOWN;
    if (this.#found.imports.size > MOST_IMPORTS) throw new TooMuch('It imports too many names.');
    this.#found.imports.add(full);
    this.push({ kind: 'global', name: full });
  }

  make(maker: Value, args: Value): void {
    const made = typeof maker === 'object' && maker.kind === 'global' ? maker.name : UNKNOWN;
    this.push({ kind: 'object', made, args, state: null });
  }

  set(items: readonly Value[]): void {
    setItems(this.top(), items);
    const at = items.indexOf('_sklearn_version');
    const version = at < 0 ? undefined : items[at + 1];
    if (typeof version === 'string') this.#found.sklearnVersions.add(version);
  }

  /** @returns a promise if bytes of an array follow, which belong to no opcode */
  build(): Promise<void> | undefined {
    const state = this.pop();
    const object = this.top();
    if (typeof object !== 'object' || object.kind !== 'object') return undefined;
    object.state = state;
    if (object.made !== WRAPPER && !isWrapper(object.args)) return undefined;
    return this.#skipArray(state);
  }

  async #skipArray(state: Value): Promise<void> {
    const { bytes, isAligned } = arrayBytes(state);
    this.pop();
    this.push(OTHER);
    if (bytes === null) {
      // An array of objects: a pickle of its own is here, with a memo of its own.
      await new Machine(this.#source, this.#found).run();
      return;
    }
    if (isAligned) await this.#source.skip((await this.#source.take(1)).readUInt8());
    await this.#source.skip(bytes);
  }
}

/** copyreg._reconstructor(NumpyArrayWrapper, object, None), as protocols 0 and 1 make it. */
function isWrapper(args: Value): boolean {
  const [first] = typeof args === 'object' && args.kind === 'tuple' ? args.items : [];
  return typeof first === 'object' && first.kind === 'global' && first.name === WRAPPER;
}
