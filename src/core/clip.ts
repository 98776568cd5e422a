/** Cuts between characters, never inside one; `…` stands for the rest. @param length in characters, with the `…` */
export function clip(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
