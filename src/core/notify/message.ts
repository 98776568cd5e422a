/**
 * A notification as Slack's Block Kit. Every limit is kept by cutting with a mark, never by refusing.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
import { counted } from '../counted.ts';
import { LIMITS, mrkdwn, section, size, type Block, type Mrkdwn, type SlackMessage } from './blocks.ts';
import { headline, linksOf, STATUS, type Content, type StepResult } from './content.ts';
import { calls, detailBlocks } from './details.ts';
import type { Fact } from './fact.ts';
import { escapeSlack, fit, link, oneLine } from './mrkdwn.ts';

/** A longer value gets a section of its own instead of half a column. */
const COLUMN = 180;
/** Kept free for what is behind the fields. */
const TAIL_BLOCKS = 4;
const TAIL_TEXT = 1500;
/** Of the text of all steps; they come in order, and the newest are the ones to see. */
const STEPS_TEXT = 2500;

/** @param withDetails puts what belongs into a thread at the end, if there can be no thread */
export function slackMessage(content: Content, { withDetails = false } = {}): SlackMessage {
  const { status } = content;
  const { word, jobs } = headline(content);
  const title = oneLine(content.title) || word;
  const failed = jobs.length === 0 ? '' : `: ${jobs.map(oneLine).join(', ')}`;
  const head: Block[] = [
    { type: 'header', text: { type: 'plain_text', text: fit(title, LIMITS.header), emoji: false } },
    section(statement(content, word, failed)),
    ...stepBlocks(content.steps),
  ];
  const facts = factBlocks(content);
  const used = [...head, ...facts];
  const blocks = [...used, ...fieldBlocks(content.fields, used.length, size(used))];
  const footer = context(content);
  const room = LIMITS.all - TAIL_TEXT - size(blocks);
  const details = withDetails ? detailBlocks(content.details, LIMITS.blocks - 2 - blocks.length, room) : [];
  return {
    text: fit(`${word}: ${title}${failed}`, LIMITS.text),
    blocks: [...blocks, ...details],
    attachments: [{ color: STATUS[status].color, fallback: fit(word, LIMITS.text), blocks: [footer] }],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** The status in words, the jobs that it is about, and, if it failed, the people to call. */
function statement(content: Content, word: string, failed: string): string {
  const place = content.environment === null ? '' : ` in ${fit(content.environment, 100)}`;
  return `*${escapeSlack(word)}*${place}${fit(failed, 1500)}${calls(content)}`;
}

/** One line a step: its state in a word, its name, and what it says about itself. */
function stepBlocks(steps: readonly StepResult[]): Block[] {
  const lines = steps.map(({ step, result, word }) => {
    const said = word === '' ? '' : ` (${fit(oneLine(word), 80)})`;
    return `${STATUS[result].word}: *${fit(oneLine(step), 100)}*${said}`;
  });
  let kept = lines.length;
  let length = 0;
  while (kept > 0 && length + (lines[kept - 1] ?? '').length + 1 <= STEPS_TEXT) {
    kept -= 1;
    length += (lines[kept] ?? '').length + 1;
  }
  const cut = kept === 0 ? [] : [`_… ${counted(kept, 'earlier step')} (cut)_`];
  const text = [...cut, ...lines.slice(kept)].join('\n');
  return text === '' ? [] : [section(text)];
}

function factBlocks({ facts, people }: Content): Block[] {
  const columns = facts.map((fact) => mrkdwn(`*${fit(fact.label, 100)}*\n${factText(fact, people)}`));
  const blocks: Block[] = [];
  for (let from = 0; from < columns.length; from += LIMITS.fields) {
    blocks.push({ type: 'section', fields: columns.slice(from, from + LIMITS.fields) });
  }
  return blocks;
}

function factText({ value, url, people: isPeople }: Fact, people: Content['people']): string {
  if (isPeople) {
    const names = value
      .split(', ')
      .slice(0, 20)
      .map((login) => nameOf(login, people));
    return names.join(', ') + (url === null ? '' : ` (${link(url, 'request')})`);
  }
  return url === null ? fit(oneLine(value), 500) : link(url, value);
}

/** A person as Slack knows them; the GitHub login if user-map does not name them. */
function nameOf(login: string, people: Content['people']): string {
  const id = people.get(login.toLowerCase());
  return id === undefined ? fit(oneLine(login), 100) : `<@${id}>`;
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
  if (rest > 0) blocks.push(section(`_… and ${counted(rest, 'more field')} (cut)_`));
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
  const ref = run.ref.replace(/^refs\/(heads|tags)\//, '');
  const facts = [run.repository, run.workflow, ref].filter((fact) => fact !== '');
  const by = run.actor === '' ? [] : [`by ${nameOf(run.actor, content.people)}`];
  const text = [...links, ...facts.map((fact) => fit(oneLine(fact), 150)), ...by].join(' · ');
  return { type: 'context', elements: [mrkdwn(text || STATUS[content.status].word)] };
}
