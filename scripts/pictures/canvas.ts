/** An SVG that reads well on a light and on a dark page: it has a ground of its own, and follows the reader's system. */
import { CODE_SIZE, type Line, type Run } from './text.ts';

const SANS = `-apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, 'Liberation Sans', sans-serif`;
const MONO = `ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace`;

/** By what they are for; in the light, and in the dark. */
const COLOURS = {
  ground: ['#ffffff', '#0d1117'],
  raised: ['#f6f8fa', '#151b23'],
  code: ['#eff1f3', '#262c36'],
  edge: ['#d1d9e0', '#3d444d'],
  text: ['#1f2328', '#f0f6fc'],
  muted: ['#59636e', '#9198a1'],
  link: ['#0969da', '#4493f8'],
  good: ['#1a7f37', '#3fb950'],
} as const;

export type Colour = keyof typeof COLOURS;

export interface TextLook {
  readonly size: number;
  readonly colour?: Colour;
  readonly bold?: boolean;
}

export class Canvas {
  readonly width: number;
  readonly #parts: string[] = [];

  constructor(width: number) {
    this.width = width;
  }

  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    fill: Colour | null,
    edge: Colour | null,
    radius = 0,
  ): void {
    const paint = `${fill === null ? 'none' : `f-${fill}`}${edge === null ? '' : ` s-${edge}`}`;
    const round = radius === 0 ? '' : ` rx="${radius}"`;
    this.#parts.push(
      `<rect class="${paint}" x="${x}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${round}/>`,
    );
  }

  line(x1: number, y1: number, x2: number, y2: number): void {
    this.#parts.push(`<path class="none s-edge" d="M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}"/>`);
  }

  circle(x: number, y: number, radius: number, fill: Colour): void {
    this.#parts.push(`<circle class="f-${fill}" cx="${x}" cy="${n(y)}" r="${radius}"/>`);
  }

  /** @param y of the base line of the letters */
  text(line: Line, x: number, y: number, look: TextLook): void {
    for (const run of line) this.#run(run, x, y, look);
  }

  #run(run: Run, x: number, y: number, { size, colour = 'text', bold = false }: TextLook): void {
    const at = x + run.x;
    if (run.text.trim() === '') return;
    if (run.style === 'code') {
      const small = Math.round(size * CODE_SIZE);
      this.rect(at, y - size, run.width, size * 1.36, 'code', null, 4);
      this.#write(run.text, at + 4, y - 0.5, run.width - 8, `m z${small} f-${colour}`);
      return;
    }
    const weight = bold || run.style === 'bold' ? ' b' : '';
    const fill = run.style === 'link' ? 'link' : run.style === 'muted' ? 'muted' : colour;
    // A space at the end is no letter that could be moved.
    const trimmed = run.text.trimEnd();
    const width = run.width * (trimmed.length === run.text.length ? 1 : 1 - (0.278 * size) / run.width);
    this.#write(trimmed, at, y, width, `z${size}${weight} f-${fill}`);
  }

  #write(text: string, x: number, y: number, width: number, classes: string): void {
    const escaped = text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
    this.#parts.push(
      `<text class="${classes}" x="${n(x)}" y="${n(y)}" textLength="${n(width)}" xml:space="preserve">${escaped}</text>`,
    );
  }

  /** @param description what somebody hears who cannot see it */
  svg(height: number, description: string): string {
    const [width, tall] = [this.width, Math.ceil(height)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}" role="img" aria-label="${description}">`,
      `<style>${styles()}</style>`,
      `<rect class="f-ground s-edge" x="0.5" y="0.5" width="${width - 1}" height="${tall - 1}" rx="6"/>`,
      ...this.#parts,
      '</svg>\n',
    ].join('\n');
  }
}

function styles(): string {
  const paints = (mode: 0 | 1) =>
    Object.entries(COLOURS).map(
      ([name, both]) => `.f-${name}{fill:${both[mode]}}.s-${name}{stroke:${both[mode]}}`,
    );
  const sizes = [11, 12, 13, 14, 15, 16, 18, 20, 22].map((size) => `.z${size}{font-size:${size}px}`);
  return [
    `text{font-family:${SANS}}.m{font-family:${MONO}}.b{font-weight:600}.none{fill:none}`,
    ...sizes,
    ...paints(0),
    `@media (prefers-color-scheme:dark){${paints(1).join('')}}`,
  ].join('');
}

/** A length without digits that nobody sees. */
function n(length: number): string {
  return String(Math.round(length * 10) / 10);
}
