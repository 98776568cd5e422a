/** The same notification as Markdown, for the job summary. */
import { code, codeBlock, escapeMarkdown, table } from '../markdown.ts';
import { headline, linksOf, type Content } from './content.ts';

const COLUMN = 180;

export function summaryMarkdown(content: Content): string {
  const { word, jobs } = headline(content);
  const place = content.environment === null ? '' : ` in ${escapeMarkdown(content.environment)}`;
  const about = jobs.length === 0 ? '' : `: ${jobs.map(code).join(', ')}`;
  const short = [...content.fields].filter(([, value]) => !isLong(value));
  const long = [...content.fields].filter(([, value]) => isLong(value));
  const parts = [
    `### ${escapeMarkdown(content.title || word)}`,
    `**${word}**${place}${about}`,
    short.length === 0
      ? ''
      : table(
          ['', ''],
          short.map((pair) => pair.map(escapeMarkdown)),
        ),
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
