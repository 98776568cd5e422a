/** How GitHub shows what we write: Markdown, an issue with its comments, the summary of a run. */
import { Canvas } from './canvas.ts';
import { blocksOf, type Block } from './markdown.ts';
import type { Shown } from './release.ts';
import { linesOf, widthOf, type Span } from './text.ts';

const WIDTH = 860;
const SIZE = 14;
const LEADING = 21;
const EDGE = 20;
const CELL = 12;
/** Space below a block. */
const GAP = 14;

/** A request for approval: the issue, its comment with the plan without the parts that are not named, what people said. */
export function requestPicture({ request }: Shown, parts: readonly string[]): string {
  const canvas = new Canvas(WIDTH);
  const { title, number, invitation, plan, approvals } = request;
  const head = [span(`${title} `), { text: `#${number}`, style: 'muted' as const }];
  const [line = []] = linesOf(head, 22, WIDTH - 2 * EDGE);
  canvas.text(line, EDGE, 40, { size: 22 });
  let y = 60;
  y = comment(canvas, y, 'github-actions', 'opened this issue', blocksOf(invitation));
  y = comment(canvas, y, 'github-actions', 'commented', chosen(blocksOf(plan), parts));
  for (const { by, text } of approvals) y = comment(canvas, y, by, 'commented', blocksOf(text));
  return canvas.svg(y + 4, `A request for approval: ${title}`);
}

export function summaryPicture({ summary }: Shown): string {
  const canvas = new Canvas(WIDTH);
  const y = drawBlocks(canvas, blocksOf(summary), EDGE, 36, WIDTH - 2 * EDGE);
  return canvas.svg(y + 12, 'The summary of the job in which people approved a release');
}

/** What is below a heading that is not named is left out, and the picture names the heading instead. */
function chosen(blocks: readonly Block[], parts: readonly string[]): Block[] {
  const found: Block[] = [];
  let left: string[] = [];
  let isIn = true;
  const flush = () => {
    const names = left.join(', ');
    if (left.length > 0)
      found.push({
        kind: 'paragraph',
        spans: [{ text: `… left out in this picture: ${names}`, style: 'muted' }],
      });
    left = [];
  };
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const title = block.spans.map(({ text }) => text).join('');
      isIn = parts.some((part) => title.startsWith(part));
      if (isIn) flush();
      else left.push(title);
    }
    if (isIn) found.push(block);
  }
  flush();
  return found;
}

function comment(canvas: Canvas, top: number, by: string, did: string, blocks: readonly Block[]): number {
  const [x, width, header] = [EDGE, WIDTH - 2 * EDGE, 36];
  const inside = new Canvas(WIDTH);
  // Drawn once to know its height: the frame comes first.
  const end = drawBlocks(inside, blocks, x + 16, top + header + 28, width - 32);
  canvas.rect(x + 0.5, top + 0.5, width - 1, end - top + 4, 'ground', 'edge', 6);
  canvas.rect(x + 1, top + 1, width - 2, header - 1, 'raised', null, 6);
  canvas.line(x + 0.5, top + header, x + width - 0.5, top + header);
  const isBot = by.startsWith('github');
  const name: Span[] = [
    { text: by, style: 'bold' },
    span(isBot ? ' bot ' : ' '),
    { text: did, style: 'muted' },
  ];
  const [line = []] = linesOf(name, SIZE, width);
  canvas.text(line, x + 16, top + 23, { size: SIZE, colour: 'muted' });
  drawBlocks(canvas, blocks, x + 16, top + header + 28, width - 32);
  return end + 20;
}

/** @param y of the first line's letters @returns where the last block ends */
function drawBlocks(canvas: Canvas, blocks: readonly Block[], x: number, y: number, width: number): number {
  let at = y;
  for (const [index, block] of blocks.entries())
    at = draw(canvas, block, x, at, width) + (index < blocks.length - 1 ? GAP : 0);
  return at - 8;
}

/** @returns the line of letters on which the next block would begin, without the space between them */
function draw(canvas: Canvas, block: Block, x: number, y: number, width: number): number {
  switch (block.kind) {
    case 'heading': {
      const size = block.level === 3 ? 18 : 15;
      return paragraph(canvas, block.spans, { x, y: y + 4, width, size, bold: true });
    }
    case 'paragraph':
      return paragraph(canvas, block.spans, { x, y, width });
    case 'list':
      return block.items.reduce((at, { mark, spans }) => {
        canvas.text(linesOf([span(mark)], SIZE, width)[0] ?? [], x + 8, at, { size: SIZE });
        return paragraph(canvas, spans, { x: x + 28, y: at, width: width - 28 });
      }, y);
    case 'details':
      return paragraph(canvas, [{ text: `▸ ${block.title}`, style: 'plain' }], { x, y, width });
    case 'table':
      return tableAt(canvas, block, x, y, width);
  }
}

interface Where {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size?: number;
  readonly bold?: boolean;
}

function paragraph(
  canvas: Canvas,
  spans: readonly Span[],
  { x, y, width, size = SIZE, bold = false }: Where,
): number {
  const lines = linesOf(bold ? spans.map((one) => ({ ...one, style: 'bold' as const })) : spans, size, width);
  lines.forEach((line, index) => canvas.text(line, x, y + index * LEADING, { size, bold }));
  return y + lines.length * LEADING;
}

function tableAt(
  canvas: Canvas,
  { head, rows }: Extract<Block, { kind: 'table' }>,
  x: number,
  y: number,
  width: number,
): number {
  const all = head === null ? rows : [head, ...rows];
  const columns = columnsOf(all, width);
  const total = columns.reduce((sum, column) => sum + column, 0);
  let top = y - 16;
  canvas.line(x, top, x + total, top);
  for (const [index, row] of all.entries()) {
    const isHead = head !== null && index === 0;
    const cells = row.map((cell, column) =>
      linesOf(
        isHead ? cell.map((one) => ({ ...one, style: 'bold' as const })) : cell,
        SIZE,
        (columns[column] ?? 0) - 2 * CELL,
      ),
    );
    const height = Math.max(...cells.map((lines) => lines.length), 1) * LEADING + 10;
    if (index % 2 === 1) canvas.rect(x, top, total, height, 'raised', null);
    let left = x;
    for (const [column, lines] of cells.entries()) {
      lines.forEach((line, at) => canvas.text(line, left + CELL, top + 20 + at * LEADING, { size: SIZE }));
      left += columns[column] ?? 0;
    }
    top += height;
    canvas.line(x, top, x + total, top);
  }
  let left = x;
  for (const column of [0, ...columns]) {
    left += column;
    canvas.line(left, y - 16, left, top);
  }
  return top + 18;
}

/** As wide as what is in them; the widest gives way. */
function columnsOf(rows: readonly (readonly Span[][])[], width: number): number[] {
  const count = Math.max(...rows.map((row) => row.length));
  const wanted = Array.from(
    { length: count },
    (_, column) =>
      Math.max(
        ...rows.map((row) => (row[column] ?? []).reduce((sum, one) => sum + widthOf(one, SIZE), 0)),
        10,
      ) +
      2 * CELL +
      2,
  );
  const over = wanted.reduce((sum, one) => sum + one, 0) - width;
  if (over <= 0) return wanted;
  const wide = wanted.filter((one) => one > width / 3);
  const share =
    (width - wanted.filter((one) => one <= width / 3).reduce((sum, one) => sum + one, 0)) / wide.length;
  return wanted.map((one) => (one > width / 3 ? share : one));
}

function span(text: string): Span {
  return { text, style: 'plain' };
}
