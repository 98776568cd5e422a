/** A line of a map input: `key: value` or `key=value`. */

export interface LinePair {
  readonly name: string;
  readonly value: string;
}

/**
 * Splits at the first "=" or ": ", whichever comes first; a colon counts only before a space or at the end, so a
 * name such as `acme:team` stays whole. Whatever follows is the value, with any further ":", "=" or "#".
 * @returns null for a line without a name or without a separator
 */
export function pairOf(line: string): LinePair | null {
  const match = /^(.*?)(?:=|:(?=\s|$))(.*)$/s.exec(line.trim());
  const name = match?.[1]?.trim() ?? '';
  return match === null || name === '' ? null : { name, value: match[2]?.trim() ?? '' };
}
