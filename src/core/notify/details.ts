/** What is below a message: in its thread, or, if there is none, at its end. */
import { LIMITS, section, size, type Block, type SlackMessage } from './blocks.ts';
import { headline, type Content, type Mention } from './content.ts';
import { escapeSlack, fit, oneLine } from './mrkdwn.ts';

const MOST_MENTIONS = 20;
/** Of one text of the user's, before it is cut. */
const LONGEST_DETAIL = 9000;
const FENCE = '```';

/**
 * Null if there is nothing to add.
 * @param isEdit calls whoever is to be called if it failed: an edited message calls nobody, a new one below it does
 */
export function threadMessage(content: Content, { isEdit = false } = {}): SlackMessage | null {
  const { word, jobs } = headline(content);
  const failed = content.status === 'failure';
  if (!failed && content.details.length === 0) return null;
  const about = jobs.length === 0 ? '' : `: ${fit(jobs.map(oneLine).join(', '), 1000)}`;
  const head = section(`*${escapeSlack(word)}*${about}${isEdit ? calls(content) : ''}`);
  const blocks = [head, ...detailBlocks(content.details, LIMITS.blocks - 1, LIMITS.all - size([head]))];
  const text = fit(`${word}${jobs.length === 0 ? '' : `: ${jobs.map(oneLine).join(', ')}`}`, LIMITS.text);
  return { text, blocks, attachments: [], unfurl_links: false, unfurl_media: false };
}

/** Mentions on their own line; nobody is called if it did not fail. */
export function calls({ status, mentions }: Content): string {
  const called = status === 'failure' ? mentions.slice(0, MOST_MENTIONS).map(mention) : [];
  return called.length === 0 ? '' : `\n${called.join(' ')}`;
}

function mention({ kind, id }: Mention): string {
  return kind === 'user' ? `<@${id}>` : `<!subteam^${id}>`;
}

/** Each text as it is, over as many blocks as it takes; what does not fit is cut with a mark. */
export function detailBlocks(details: readonly string[], mostBlocks: number, mostText: number): Block[] {
  const blocks: Block[] = [];
  let left = mostText;
  for (const detail of details) {
    for (const part of parts(detail.trim().slice(0, LONGEST_DETAIL), detail.trim().length > LONGEST_DETAIL)) {
      const block = section(`${FENCE}${part}${FENCE}`);
      const last = blocks.length === mostBlocks - 1 || size([block]) > left - CUT.length;
      if (last) return [...blocks, section(CUT)];
      left -= size([block]);
      blocks.push(block);
    }
  }
  return blocks;
}

const CUT = '_… (cut)_';

/** In pieces that fit into a block once they are escaped, never inside a character. */
function parts(text: string, isCut: boolean): string[] {
  const found: string[] = [];
  let part = '';
  // A fence in the text would end ours.
  for (const character of text.replaceAll('```', "'''").toWellFormed()) {
    const next = escapeSlack(character);
    if (part.length + next.length > LIMITS.text - 2 * FENCE.length) {
      found.push(part);
      part = '';
    }
    part += next;
  }
  if (part !== '') found.push(part);
  return isCut ? [...found, '… (cut)'] : found;
}
