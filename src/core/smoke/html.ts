/** HTML in which every value that is put in is escaped, unless it is HTML already. */
import { escapeHtml } from '../markdown.ts';

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | readonly Html[];

export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(
    parts.map((part, at) => part + (at < values.length ? put(values[at] ?? null) : '')).join(''),
  );
}

function put(value: Part): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value === null ? '' : value.map(({ text }) => text).join('\n');
}
