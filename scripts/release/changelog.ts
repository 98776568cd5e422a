/** Reads CHANGELOG.md as changesets writes it: a heading of the second level for each version. */

/** What the section of a version says, without its heading; null if there is none. */
export function notesOf(changelog: string, version: string): string | null {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.slice(0, text.indexOf('\n')).trim() === version);
  return section === undefined ? null : section.slice(section.indexOf('\n')).trim();
}
