/** The WWW-Authenticate header of a 401. https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */

export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly params: Readonly<Record<string, string>>;
}

const TOKEN = /([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w!#$%&'*+.^`|~-]+)/g;

/** Every challenge of a header, which may hold several. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  for (const [, name, quoted, plain, scheme] of header.matchAll(TOKEN)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), params: {} });
    else if (name !== undefined) {
      const last = challenges.at(-1);
      if (last) last.params[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
    }
  }
  return challenges;
}
