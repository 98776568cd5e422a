/** Text for Slack: escaped, and never longer than a limit. https://docs.slack.dev/messaging/formatting-message-text */

const CUT = ' … (cut)';

/** Slack's three control signs as entities; nothing else is escaped. This makes `<!channel>` plain text. */
export function escapeSlack(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Escapes and, if the result would pass the limit, cuts with a mark: never inside a character or an entity. */
export function fit(text: string, limit: number): string {
  const whole = escapeSlack(text);
  if (whole.length <= limit) return whole;
  let kept = '';
  for (const character of text) {
    const next = escapeSlack(character);
    if (kept.length + next.length > limit - CUT.length) break;
    kept += next;
  }
  return kept + CUT;
}

/** For a headline: no line breaks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A link, with a label that cannot end it; only the label if the URL is none. */
export function link(url: string, label: string): string {
  if (!/^https?:\/\/[^\s]+$/.test(url)) return fit(label, 200);
  const safe = url.replace(/\|/g, '%7C').replace(/</g, '%3C').replace(/>/g, '%3E').replace(/&/g, '&amp;');
  return `<${safe}|${fit(oneLine(label), 200).replace(/\|/g, '¦')}>`;
}
