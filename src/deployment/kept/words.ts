/** What is remembered in a text of a platform, such as a tag or a description: `key:value` pairs between spaces. */
export type Words = Readonly<Record<string, string | null>>;

/** What is null or '' is left out. */
export function writeWords(words: Words): string {
  return Object.entries(words)
    .flatMap(([key, value]) => (value === null || value === '' ? [] : [`${key}:${value}`]))
    .join(' ');
}

export function readWords(text: string): ReadonlyMap<string, string> {
  const parts = text.split(' ').filter((part) => part.includes(':'));
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]));
}
