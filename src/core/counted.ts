/** "1 value", "2 values": a number with its noun. @param more the plural if it is not just an s more */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
