/**
 * A notification as Slack's Block Kit. Every limit is kept by cutting with a mark, never by refusing.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
import { headline, linksOf, STATUS, type Content, type Mention } from './content.ts';
import { escapeSlack, fit, link, oneLine } from './mrkdwn.ts';

export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  /** Nothing in the text is turned into a link or a mention by itself. */
  readonly verbatim: true;
}

export type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'section'; readonly fields: Mrkdwn[] }
  | { readonly type: 'context'; readonly elements: Mrkdwn[] };

export interface SlackMessage {
  /** For notifications, and for clients that show no blocks. */
  readonly text: string;
  readonly blocks: Block[];
  /** The coloured bar. */
  readonly attachments: { readonly color: string; readonly fallback: string; readonly blocks: Block[] }[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

export const LIMITS = {
  blocks: 50,
  text: 3000,
  header: 150,
  fields: 10,
  field: 2000,
  /** Of all blocks together; Slack refuses somewhat above 13,200. */
  all: 12_000,
} as const;

/** A longer value gets a section of its own instead of half a column. */
const COLUMN = 180;
/** Kept free for what stands behind the fields. */
const TAIL_BLOCKS = 4;
const TAIL_TEXT = 1500;
const MOST_MENTIONS = 20;

export function slackMessage(content: Content): SlackMessage {
  const { status } = content;
  const { word, jobs } = headline(content);
  const title = oneLine(content.title) || word;
  const failed = jobs.length === 0 ? '' : `: ${jobs.map(oneLine).join(', ')}`;
  const head: Block[] = [
    { type: 'header', text: { type: 'plain_text', text: fit(title, LIMITS.header), emoji: false } },
    section(statement(content, word, failed)),
  ];
  const footer = context(content);
  return {
    text: fit(`${word}: ${title}${failed}`, LIMITS.text),
    blocks: [...head, ...fieldBlocks(content.fields, head.length, size(head))],
    attachments: [{ color: STATUS[status].color, fallback: fit(word, LIMITS.text), blocks: [footer] }],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** The status in words, the jobs that it is about, and, where it failed, whoever is to be called. */
function statement(content: Content, word: string, failed: string): string {
  const place = content.environment === null ? '' : ` in ${fit(content.environment, 100)}`;
  const calls = content.status === 'failure' ? content.mentions.slice(0, MOST_MENTIONS).map(mention) : [];
  const called = calls.length === 0 ? '' : `\n${calls.join(' ')}`;
  return `*${escapeSlack(word)}*${place}${fit(failed, 1500)}${called}`;
}

function mention({ kind, id }: Mention): string {
  return kind === 'user' ? `<@${id}>` : `<!subteam^${id}>`;
}

/** Short values in columns, long ones below each other, in the order given; what does not fit is counted. */
function fieldBlocks(fields: ReadonlyMap<string, string>, usedBlocks: number, usedText: number): Block[] {
  const blocks: Block[] = [];
  let column: Mrkdwn[] = [];
  let left: number = LIMITS.all - TAIL_TEXT - usedText;
  let shown = 0;
  const flush = (): void => {
    if (column.length > 0) blocks.push({ type: 'section', fields: column });
    column = [];
  };
  for (const [name, value] of fields) {
    const wide = value.length > COLUMN;
    const full = usedBlocks + blocks.length + 1 >= LIMITS.blocks - TAIL_BLOCKS;
    const text = fieldText(name, value, wide ? LIMITS.text : LIMITS.field);
    if (full || text.length > left) break;
    left -= text.length;
    shown += 1;
    if (wide) {
      flush();
      blocks.push(section(text));
    } else if (column.push(mrkdwn(text)) === LIMITS.fields) flush();
  }
  flush();
  const rest = fields.size - shown;
  if (rest > 0) blocks.push(section(`_… and ${rest} more ${rest === 1 ? 'field' : 'fields'} (cut)_`));
  return blocks;
}

function fieldText(name: string, value: string, limit: number): string {
  const label = `*${fit(oneLine(name), 150)}*\n`;
  const url = /^https?:\/\/\S+$/.test(value) && value.length < 1000;
  return label + (url ? link(value, value) : fit(value, limit - label.length) || '–');
}

function context(content: Content): Block {
  const { run } = content;
  const links = linksOf(content).map(({ label, url }) => link(url, label));
  const facts = [
    run.repository,
    run.workflow,
    run.ref.replace(/^refs\/(heads|tags)\//, ''),
    run.actor && `by ${run.actor}`,
  ];
  const text = [...links, ...facts.filter((fact) => fact !== '').map((fact) => fit(oneLine(fact), 150))].join(
    ' · ',
  );
  return { type: 'context', elements: [mrkdwn(text || STATUS[content.status].word)] };
}

function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

function size(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + ('text' in block ? block.text.text.length : 0), 0);
}
