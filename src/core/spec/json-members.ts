/** The members of a JSON object as they are written, so 1.10 stays 1.10 and a duplicate name is seen. */

export interface JsonMember {
  readonly name: string;
  /** The value's own JSON text. */
  readonly source: string;
  /** Of the name, counted from 1. */
  readonly line: number;
}

/** @param text a JSON object, known to be valid */
export function jsonMembers(text: string): JsonMember[] {
  const members: JsonMember[] = [];
  let depth = 0;
  let name: { readonly text: string; readonly line: number } | null = null;
  let from = 0;
  const close = (end: number) => {
    if (name !== null)
      members.push({ name: name.text, source: text.slice(from, end).trim(), line: name.line });
    name = null;
  };
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/gs)) {
    if (depth === 1 && name === null && token.startsWith('"')) {
      name = { text: JSON.parse(token) as string, line: lineAt(text, index) };
    } else if (depth === 1 && token === ':') from = index + 1;
    else if (depth === 1 && (token === ',' || token === '}')) close(index);
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
  return members;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
