/** How Slack shows a message of ours. https://docs.slack.dev/reference/block-kit/blocks */
import type { Block } from '../../src/core/notify/blocks.ts';
import { Canvas } from './canvas.ts';
import type { Shown } from './release.ts';
import { linesOf, type Span } from './text.ts';

const WIDTH = 720;
const LEFT = 72;
const SIZE = 15;
const LEADING = 22;

export function slackPicture({ slack }: Shown): string {
  const canvas = new Canvas(WIDTH);
  canvas.rect(20, 20, 36, 36, 'good', null, 8);
  canvas.text(lineOf([{ text: 'ML', style: 'plain' }]), 28, 43, { size: SIZE, bold: true, colour: 'ground' });
  const name: Span[] = [
    { text: 'ml-deploy ', style: 'bold' },
    { text: ' APP  9:41', style: 'muted' },
  ];
  canvas.text(lineOf(name), LEFT, 33, { size: SIZE });
  let y = 60;
  for (const block of slack.blocks) y = draw(canvas, block, LEFT, y);
  for (const { blocks } of slack.attachments) {
    const top = y - 10;
    for (const block of blocks) y = draw(canvas, block, LEFT + 16, y + 4);
    canvas.rect(LEFT, top, 4, y - top - 12, 'good', null, 2);
  }
  return canvas.svg(y, `A message in Slack: ${slack.text}`);
}

function draw(canvas: Canvas, block: Block, x: number, y: number): number {
  switch (block.type) {
    case 'header':
      return lines(canvas, [{ text: block.text.text, style: 'bold' }], { x, y, size: 18 }) + 6;
    case 'context':
      return (
        block.elements.reduce((at, { text }) => lines(canvas, spansOf(text), { x, y: at, size: 13 }), y) + 6
      );
    case 'section':
      return 'fields' in block
        ? fieldsAt(canvas, block.fields, x, y)
        : lines(canvas, spansOf(block.text.text), { x, y }) + 8;
  }
}

/** Two beside each other. */
function fieldsAt(
  canvas: Canvas,
  fields: readonly { readonly text: string }[],
  x: number,
  y: number,
): number {
  const width = (WIDTH - x - 24) / 2;
  let at = y;
  for (let index = 0; index < fields.length; index += 2) {
    const pair = fields.slice(index, index + 2);
    const ends = pair.map(({ text }, column) =>
      lines(canvas, spansOf(text), { x: x + column * width, y: at, width: width - 16 }),
    );
    at = Math.max(...ends) + 6;
  }
  return at + 4;
}

interface Where {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly width?: number;
}

function lines(
  canvas: Canvas,
  spans: readonly Span[],
  { x, y, size = SIZE, width = WIDTH - x - 24 }: Where,
): number {
  const all = linesOf(spans, size, width);
  all.forEach((line, index) => canvas.text(line, x, y + index * LEADING, { size, bold: size === 18 }));
  return y + all.length * LEADING;
}

function lineOf(spans: readonly Span[]) {
  return linesOf(spans, SIZE, WIDTH)[0] ?? [];
}

/** Of mrkdwn: `*bold*` and `<url|text>`. */
function spansOf(text: string): Span[] {
  return text
    .split(/(\*[^*\n]+\*|<[^>|]+\|[^>]+>)/)
    .map((part): Span => {
      if (/^\*[^*]+\*$/.test(part)) return { text: plain(part.slice(1, -1)), style: 'bold' };
      const link = /^<[^>|]+\|([^>]+)>$/.exec(part);
      return link === null
        ? { text: plain(part), style: 'plain' }
        : { text: plain(link[1] ?? ''), style: 'link' };
    })
    .filter((span) => span.text !== '');
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
