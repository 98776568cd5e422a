/** The Markdown that our actions write, as far as a picture needs it. */
import type { Span } from './text.ts';

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | {
      readonly kind: 'list';
      readonly items: readonly { readonly mark: string; readonly spans: readonly Span[] }[];
    }
  | {
      readonly kind: 'table';
      readonly head: readonly Span[][] | null;
      readonly rows: readonly (readonly Span[][])[];
    }
  /** What a click unfolds. */
  | { readonly kind: 'details'; readonly title: string };

export function blocksOf(markdown: string): Block[] {
  const parts = markdown
    .replace(/<!--.*?-->\n*/gs, '')
    .replace(/<details><summary>(.*?)<\/summary>.*?<\/details>/gs, '<details>$1')
    .split(/\n{2,}/);
  return parts.filter((part) => part.trim() !== '').flatMap((part) => blocksIn(part.trim().split('\n')));
}

/** A list may follow a paragraph without an empty line. */
function blocksIn(lines: readonly string[]): Block[] {
  const [first = '', ...others] = lines;
  const heading = /^(#+) (.*)$/.exec(first);
  if (heading !== null) {
    const block: Block = {
      kind: 'heading',
      level: heading[1]?.length ?? 0,
      spans: spansOf(heading[2] ?? ''),
    };
    return [block, ...(others.length === 0 ? [] : blocksIn(others))];
  }
  if (first.startsWith('<details>')) return [{ kind: 'details', title: first.slice('<details>'.length) }];
  if (first.startsWith('|')) return [tableOf(lines)];
  if (first.startsWith('```')) throw new Error('No picture has a block of code yet.');
  const item = /^(- |\d+\. )/;
  const at = lines.findIndex((line) => item.test(line));
  if (at !== 0) {
    const text = lines.slice(0, at === -1 ? lines.length : at);
    const paragraph: Block = { kind: 'paragraph', spans: spansOf(text.join(' ')) };
    return [paragraph, ...(at === -1 ? [] : blocksIn(lines.slice(at)))];
  }
  const items = lines.map((line, index) => ({
    mark: line.startsWith('- ') ? '•' : `${index + 1}.`,
    spans: spansOf(line.replace(item, '')),
  }));
  return [{ kind: 'list', items }];
}

function tableOf(lines: readonly string[]): Block {
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .replace(/^\| | \|$/g, '')
      .split(' | ')
      .map((cell) => spansOf(cell.trim())),
  );
  return { kind: 'table', head: head.every((cell) => cell.length === 0) ? null : head, rows };
}

/** Code, bold, links and plain text; a character behind a backslash is itself. */
function spansOf(text: string): Span[] {
  const pattern = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\([^)]+\)/g;
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) spans.push({ text: plain(text.slice(from, match.index)), style: 'plain' });
    const [whole, code, bold, link] = match;
    if (code !== undefined) spans.push({ text: code, style: 'code' });
    else if (bold !== undefined) spans.push({ text: plain(bold), style: 'bold' });
    else spans.push({ text: plain(link ?? ''), style: 'link' });
    from = match.index + whole.length;
  }
  if (from < text.length) spans.push({ text: plain(text.slice(from)), style: 'plain' });
  return spans.flatMap(people).filter((span) => span.text !== '');
}

/** GitHub makes links of people and of numbers. */
function people({ text, style }: Span): Span[] {
  if (style !== 'plain') return [{ text, style }];
  return text
    .split(/(@[a-z]+|(?<!\S)#\d+)/)
    .map((part, index) => ({ text: part, style: index % 2 === 1 ? 'link' : 'plain' }));
}

function plain(text: string): string {
  return text
    .replace(/\\([^A-Za-z0-9\s])/g, '$1')
    .replaceAll('&#8203;', '')
    .replaceAll('<br>', '\n');
}
