/** Text of known width: whoever looks at a picture has fonts of their own, so each run is given the width it was laid out with. */

export type Style = 'plain' | 'bold' | 'code' | 'link' | 'muted';

/** A part of a text in one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** A span, or a part of one, in its place on a line. */
export interface Run extends Span {
  readonly x: number;
  readonly width: number;
}

export type Line = readonly Run[];

/** Widths of Helvetica's characters from the space to the tilde, in thousandths of its size. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const OTHER = 584;
const BOLD = 1.07;
const MONOSPACED = 0.6;
/** Code is smaller than the text around it. */
export const CODE_SIZE = 0.86;
const CODE_PADDING = 4;

export function widthOf({ text, style }: Span, size: number): number {
  if (style === 'code') return text.length * size * CODE_SIZE * MONOSPACED + 2 * CODE_PADDING;
  const units = Array.from(text).reduce((sum, char) => sum + (WIDTHS[char.charCodeAt(0) - 32] ?? OTHER), 0);
  return ((units * size) / 1000) * (style === 'bold' ? BOLD : 1);
}

/** Breaks at spaces, and where a word is longer than the line. */
export function linesOf(spans: readonly Span[], size: number, width: number): Line[] {
  const lines: Run[][] = [[]];
  let x = 0;
  const put = (span: Span) => {
    const [line, wide] = [lines.at(-1) ?? [], widthOf(span, size)];
    const last = line.at(-1);
    if (last?.style === span.style) {
      line[line.length - 1] = {
        ...last,
        text: last.text + span.text,
        width: widthOf({ ...span, text: last.text + span.text }, size),
      };
      x = last.x + (line.at(-1)?.width ?? 0);
    } else {
      line.push({ ...span, x, width: wide });
      x += wide;
    }
  };
  const breakLine = () => {
    lines.push([]);
    x = 0;
  };
  for (const { text, style } of spans) {
    for (const word of text.split(/(\n| )/).filter((part) => part !== '')) {
      if (word === '\n') breakLine();
      else if (word === ' ') {
        if (x > 0) put({ text: ' ', style });
      } else {
        for (const piece of piecesOf({ text: word, style }, size, width)) {
          if (x > 0 && x + widthOf({ text: piece, style }, size) > width) breakLine();
          put({ text: piece, style });
        }
      }
    }
  }
  return lines;
}

function piecesOf({ text, style }: Span, size: number, width: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest !== '') {
    let length = rest.length;
    while (length > 1 && widthOf({ text: rest.slice(0, length), style }, size) > width) length--;
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return pieces;
}
