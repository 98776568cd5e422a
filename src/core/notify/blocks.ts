/** Slack's Block Kit, as far as we use it, and its limits. https://docs.slack.dev/reference/block-kit/blocks */

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

export function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text) };
}

export function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Characters of the texts in blocks. */
export function size(blocks: readonly Block[]): number {
  const texts = blocks.flatMap((block) =>
    block.type === 'context' ? block.elements : 'fields' in block ? block.fields : [block.text],
  );
  return texts.reduce((sum, { text }) => sum + text.length, 0);
}
