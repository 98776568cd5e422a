/** Slack's documented limits, and a message as people read it. https://docs.slack.dev/reference/block-kit/blocks */
import { expect } from 'vitest';

interface Text {
  readonly type: string;
  readonly text: string;
}

export interface AnyBlock {
  readonly type: string;
  readonly text?: Text;
  readonly fields?: readonly Text[];
  readonly elements?: readonly Text[];
}

export interface AnyMessage {
  readonly text: string;
  readonly blocks?: readonly AnyBlock[];
  readonly attachments?: readonly { readonly color?: string; readonly blocks?: readonly AnyBlock[] }[];
}

export function blocksOf({ blocks = [], attachments = [] }: AnyMessage): AnyBlock[] {
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks ?? [])];
}

export function textsOf({ text, fields, elements }: AnyBlock): string[] {
  return [...(text ? [text] : []), ...(fields ?? []), ...(elements ?? [])].map((one) => one.text);
}

/** Every text of a message, as it is sent. */
export function textOf(message: AnyMessage): string {
  return [message.text, ...blocksOf(message).flatMap(textsOf)].join('\n');
}

export function expectWithinLimits(message: AnyMessage): void {
  const all = blocksOf(message);
  expect(all.length).toBeLessThanOrEqual(50);
  expect(all.flatMap(textsOf).join('').length).toBeLessThanOrEqual(13_200);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(3000);
  for (const block of all) expectBlock(block);
}

function expectBlock(block: AnyBlock): void {
  expect(['header', 'section', 'context']).toContain(block.type);
  if (block.type === 'header') expect(block.text?.text.length).toBeLessThanOrEqual(150);
  if (block.fields) {
    expect(block.fields.length).toBeGreaterThan(0);
    expect(block.fields.length).toBeLessThanOrEqual(10);
    for (const { text } of block.fields) expect(text.length).toBeLessThanOrEqual(2000);
  }
  if (block.elements) {
    expect(block.elements.length).toBeGreaterThan(0);
    expect(block.elements.length).toBeLessThanOrEqual(10);
  }
  for (const text of textsOf(block)) {
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text.isWellFormed()).toBe(true);
    // No entity was cut in two.
    expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
  }
}

/** What a person would see, without colours. */
export function rendered(message: AnyMessage): string {
  const lines = blocksOf(message).map((block) => {
    if (block.type === 'header') return `# ${block.text?.text ?? ''}`;
    const texts = textsOf(block).map((text) => plain(text));
    return block.fields ? texts.map((text) => text.replace('\n', ': ')).join('\n') : texts.join(' ');
  });
  return lines.join('\n');
}

function plain(text: string): string {
  return text
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '$2')
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
