/** @param unknown why it is not known what is in use */
export function keptSentence(endpoint: string, unknown: string): string {
  return `Versions of ${endpoint} could not be removed, because it is not known whether another endpoint uses them. ${unknown}`;
}
