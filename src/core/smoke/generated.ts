/** More rows like those of a sample: every value within the range that its place has there, the same ones every time. */
import { isRecord, type JsonValue } from '../exact-json.ts';
import { bareCases, type OpenedCases } from './cases/cases.ts';
import { mulberry32 } from './random.ts';

const SEED = 20_260_102;
/** Texts, truth values and long integers are drawn from this many that were seen. */
const MOST_SEEN = 1_000;

/** Labels and expectations are those of other rows, so they are dropped. */
export function casesLike(sample: OpenedCases, count: number): OpenedCases {
  const { featureNames, labelNames, tolerances } = sample;
  const source = `${count} seeded rows within the ranges of ${sample.source}`;
  const facts = { ...bareCases(source, count, () => []), featureNames, labelNames, tolerances };
  return {
    ...facts,
    bind(signature) {
      const bound = sample.bind(signature);
      const place = new Place(mulberry32(SEED));
      for (const { instance } of bound.rows()) place.see(instance);
      const cases = bareCases(source, count, () => rowsLike(place, count));
      const { featureNames: names, leftOut } = bound;
      return { ...cases, featureNames: names, labelNames, tolerances, leftOut };
    },
  };
}

function* rowsLike(place: Place, count: number): Generator<JsonValue> {
  const random = mulberry32(SEED);
  for (let row = 0; row < count; row++) yield place.draw(random);
}

/** What is at one place of all rows, as deep as they are. */
class Place {
  readonly #choose: () => number;
  readonly #entries = new Map<string | number, Place>();
  #form: 'list' | 'object' | 'one' = 'one';
  readonly #seen: JsonValue[] = [];
  #count = 0;
  #isNumber = true;
  #isWhole = true;
  #low = Infinity;
  #high = -Infinity;

  constructor(choose: () => number) {
    this.#choose = choose;
  }

  see(value: JsonValue): void {
    if (Array.isArray(value)) {
      this.#form = 'list';
      for (const [at, item] of (value as readonly JsonValue[]).entries()) this.#entry(at).see(item);
    } else if (isRecord(value)) {
      this.#form = 'object';
      for (const [name, item] of Object.entries(value)) this.#entry(name).see(item);
    } else this.#seeOne(value);
  }

  draw(random: () => number): JsonValue {
    if (this.#form === 'list') return [...this.#entries.values()].map((entry) => entry.draw(random));
    if (this.#form === 'object') {
      return Object.fromEntries([...this.#entries].map(([name, entry]) => [name, entry.draw(random)]));
    }
    if (!this.#isNumber) return this.#seen[Math.floor(random() * this.#seen.length)] ?? null;
    const range = this.#high - this.#low;
    if (this.#isWhole) return this.#low + Math.floor(random() * (range + 1));
    // Seven digits, as float32 holds them.
    return Number((this.#low + random() * range).toPrecision(7));
  }

  #entry(key: string | number): Place {
    const known = this.#entries.get(key);
    if (known) return known;
    const entry = new Place(this.#choose);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Reservoir sampling. https://en.wikipedia.org/wiki/Reservoir_sampling */
  #seeOne(value: JsonValue): void {
    const at = this.#count++ < MOST_SEEN ? this.#seen.length : Math.floor(this.#choose() * this.#count);
    if (at < MOST_SEEN) this.#seen[at] = value;
    if (typeof value !== 'number') {
      this.#isNumber = false;
      return;
    }
    this.#isWhole &&= Number.isInteger(value);
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
  }
}
