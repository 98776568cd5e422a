/**
 * Walks a JSON file without holding more of it than one value: finds the places of values, and gives their texts. What a
 * text says is left to the parser; only brackets and quotes are looked at here.
 */
import { BYTE_ORDER_MARK, chunksOf } from './file-chunks.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACE = 0x20;
/** No byte: the file is over. */
const NONE = -1;
const TOO_SHORT = 'the file ends in the middle of a value';

const IS_MARK = new Uint8Array(256);
for (const byte of [QUOTE, COMMA, LIST, LIST_END, OBJECT, OBJECT_END]) IS_MARK[byte] = 1;

export type ValueKind = 'list' | 'object' | 'other';

/** The place of a value. */
export interface Place {
  /** In bytes. */
  readonly offset: number;
  readonly kind: ValueKind;
  /** How many entries a list has; 0 for anything else. */
  readonly count: number;
}

export class JsonCursor {
  readonly #chunks: Generator<Buffer>;
  /** What has been read and is still needed. */
  #window: Buffer = Buffer.alloc(0);
  /** Where in the file the window begins, and where the cursor is. */
  #base: number;
  #at: number;
  /** From here on nothing may leave the window; null: from the cursor on. */
  #kept: number | null = null;

  constructor(path: string, offset = 0) {
    this.#chunks = chunksOf(path, offset);
    this.#base = offset;
    this.#at = offset;
    const isMarked = offset === 0 && BYTE_ORDER_MARK.every((byte, at) => this.#byteAt(at) === byte);
    if (isMarked) this.#at = BYTE_ORDER_MARK.length;
  }

  close(): void {
    this.#chunks.return(undefined);
  }

  kind(): ValueKind {
    const byte = this.#peek();
    return byte === LIST ? 'list' : byte === OBJECT ? 'object' : 'other';
  }

  /** The text of the next value. @throws SyntaxError if the file ends within it. */
  text(): string {
    this.#peek();
    const start = this.#at;
    this.#kept = start;
    this.#passValue();
    this.#kept = null;
    return this.#textOf(start, this.#at);
  }

  /** Passes the next value, and gives its place. @throws SyntaxError */
  place(): Place {
    const kind = this.kind();
    const offset = this.#at;
    const count = this.#passValue();
    return { offset, kind, count: kind === 'list' ? count : 0 };
  }

  /**
   * A list's entries, several at a time: each text is that of some entries with commas between them.
   * @param bytes how much of the file is taken at once, at least; 0 for each entry alone
   * @throws SyntaxError
   */
  *entries(bytes: number): Generator<string> {
    this.#pass(LIST, 'a list');
    if (this.#peek() === LIST_END) {
      this.#at++;
      return;
    }
    let goesOn = true;
    while (goesOn) {
      this.#peek();
      const start = this.#at;
      this.#kept = start;
      let end: number;
      do {
        this.#passValue();
        end = this.#at;
        goesOn = this.#goesOn(LIST_END);
      } while (goesOn && end - start < bytes);
      this.#kept = null;
      yield this.#textOf(start, end);
    }
  }

  /** The names of an object's fields; the caller passes the value of each. @throws SyntaxError */
  *fields(): Generator<string> {
    this.#pass(OBJECT, 'an object');
    if (this.#peek() === OBJECT_END) this.#at++;
    else {
      do {
        if (this.#peek() !== QUOTE) throw this.#unexpected('the name of a field');
        const name = JSON.parse(this.text()) as string;
        this.#pass(COLON, 'a colon');
        yield name;
      } while (this.#goesOn(OBJECT_END));
    }
  }

  /** Whether nothing more is there. */
  isOver(): boolean {
    return this.#peek() === NONE;
  }

  /** @throws SyntaxError if something is behind the value. */
  end(): void {
    if (!this.isOver()) throw this.#unexpected('its end');
  }

  #textOf(start: number, end: number): string {
    return this.#window.toString('utf8', start - this.#base, end - this.#base);
  }

  #pass(byte: number, what: string): void {
    if (this.#peek() !== byte) throw this.#unexpected(what);
    this.#at++;
  }

  #goesOn(end: number): boolean {
    const byte = this.#peek();
    if (byte !== COMMA && byte !== end) throw this.#unexpected('a comma');
    this.#at++;
    return byte === COMMA;
  }

  #unexpected(wanted: string): SyntaxError {
    return new SyntaxError(`expected ${wanted} at byte ${this.#at} of the file`);
  }

  /** @returns how many entries a list or an object has */
  #passValue(): number {
    if (this.kind() !== 'other') return this.#passNested();
    if (this.#peek() === QUOTE) {
      this.#at++;
      this.#passText();
    } else this.#passWord();
    return 0;
  }

  #passNested(): number {
    this.#at++;
    const first = this.#peek();
    const isEmpty = first === LIST_END || first === OBJECT_END;
    let depth = 1;
    let commas = 0;
    while (depth > 0) {
      const byte = this.#nextMark();
      if (byte === QUOTE) this.#passText();
      else if (byte === LIST || byte === OBJECT) depth++;
      else if (byte === COMMA) commas += depth === 1 ? 1 : 0;
      else depth--;
    }
    return isEmpty ? 0 : commas + 1;
  }

  /** Passes everything up to a bracket, a quote or a comma, which is passed too. Almost all bytes go this way. */
  #nextMark(): number {
    for (;;) {
      if (this.#byteAt(this.#at) === NONE) throw new SyntaxError(TOO_SHORT);
      const window = this.#window;
      const { length } = window;
      for (let at = this.#at - this.#base; at < length; at++) {
        const byte = window[at] ?? NONE;
        if (IS_MARK[byte] === 0) continue;
        this.#at = this.#base + at + 1;
        return byte;
      }
      this.#at = this.#base + length;
    }
  }

  /** From behind the first quote to behind the last. */
  #passText(): void {
    for (let byte = this.#next(); byte !== QUOTE; byte = this.#next()) {
      if (byte === BACKSLASH) this.#next();
    }
  }

  /** A number, or a word such as true; one character at least, whatever it is. */
  #passWord(): void {
    this.#next();
    for (let byte = this.#byteAt(this.#at); !endsWord(byte); byte = this.#byteAt(this.#at)) this.#at++;
  }

  /** The next byte that is no white space; NONE at the end. */
  #peek(): number {
    let byte = this.#byteAt(this.#at);
    while (byte <= SPACE && byte !== NONE) byte = this.#byteAt(++this.#at);
    return byte;
  }

  #next(): number {
    const byte = this.#byteAt(this.#at++);
    if (byte === NONE) throw new SyntaxError(TOO_SHORT);
    return byte;
  }

  #byteAt(offset: number): number {
    while (offset - this.#base >= this.#window.length) {
      const start = this.#kept ?? offset;
      // A copy, because the next piece is read into the place of this one.
      const rest = Buffer.from(this.#window.subarray(start - this.#base));
      const piece = this.#chunks.next();
      if (piece.done) return NONE;
      this.#window = rest.length > 0 ? Buffer.concat([rest, piece.value]) : piece.value;
      this.#base = start;
    }
    return this.#window[offset - this.#base] ?? NONE;
  }
}

function endsWord(byte: number): boolean {
  return byte <= SPACE || byte === COMMA || byte === LIST_END || byte === OBJECT_END || byte === COLON;
}
