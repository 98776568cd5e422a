/** The same notification as Markdown, for the job summary. */
import { code, codeBlock, escapeMarkdown, table } from '../markdown.ts';
import { headline, linksOf, STATUS, type Content } from './content.ts';

const COLUMN = 180;

export function summaryMarkdown(content: Content): string {
  const { word, jobs } = headline(content);
  const place = content.environment === null ? '' : ` in ${escapeMarkdown(content.environment)}`;
  const about = jobs.length === 0 ? '' : `: ${jobs.map(code).join(', ')}`;
  const short = [...content.fields].filter(([, value]) => !isLong(value));
  const long = [...content.fields].filter(([, value]) => isLong(value));
  const facts = content.facts.map(({ label, value }) => [label, value] as const);
  const steps = content.steps.map(({ step, result, word: said }) => [
    escapeMarkdown(step),
    STATUS[result].word + (said === '' ? '' : ` (${escapeMarkdown(said)})`),
  ]);
  const parts = [
    `### ${escapeMarkdown(content.title || word)}`,
    `**${word}**${place}${about}`,
    steps.length === 0 ? '' : table(['Step', ''], steps),
    facts.length + short.length === 0
      ? ''
      : table(
          ['', ''],
          [...facts, ...short].map((pair) => pair.map(escapeMarkdown)),
        ),
    ...content.details.map((detail) => codeBlock(detail)),
    ...long.map(([name, value]) => `**${escapeMarkdown(name)}**\n\n${codeBlock(value)}`),
    linksOf(content)
      .map(({ label, url }) => `[${escapeMarkdown(label)}](${url})`)
      .join(' · '),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function isLong(value: string): boolean {
  return value.length > COLUMN || value.includes('\n');
}
