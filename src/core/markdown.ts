/** Markdown for job summaries and issues. Whatever a user or a platform wrote goes through `escapeMarkdown` or `code`. */

/** A carriage return alone ends a line, too: https://spec.commonmark.org/0.31.2/#line-ending */
const LINE_END = /\r\n?|\n/g;

/**
 * What GitHub makes links of, with the place at which a character without width ends that.
 * https://github.github.com/gfm/#autolinks-extension-, https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const AUTOLINK =
  /(?<=\b(?:[a-z][a-z0-9+.-]*:(?=\/\/)|mailto:|xmpp:|www(?=\.)))|(?<=#)(?=\d)|(?<=\bGH-)(?=\d)/gi;
const NO_WIDTH = '\u200b';

/** Escapes a text so it is shown unchanged: no markup, no HTML, no link, no mention of a person, no line break. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(LINE_END, ' ')
    .replace(AUTOLINK, NO_WIDTH)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~-]/g, (sign) => `\\${sign}`)
    .replace(/@/g, `@${NO_WIDTH}`)
    .replaceAll(NO_WIDTH, '&#8203;');
}

/** A text as inline code, whatever it contains; safe inside a table. */
export function code(text: string): string {
  const flat = text.replace(LINE_END, ' ').replace(/\|/g, '\\|');
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(flat) ? ' ' : '';
  return flat === '' ? '' : `${fence}${pad}${flat}${pad}${fence}`;
}

/** A block of text as it is, whatever it contains. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table of cells that are Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\n/g, '<br>')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A part that is folded until somebody opens it. `title` is plain text. */
export function details(title: string, body: string): string {
  return `<details><summary>${escapeHtml(title)}</summary>\n\n${body}\n\n</details>`;
}

export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
