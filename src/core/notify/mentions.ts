/** Who is called if it failed. Only Slack IDs can be mentioned, so names are looked up in user-map. */
import type { Problem } from '../errors.ts';
import type { Mention } from './content.ts';

const USER = /^[UW][A-Z0-9]{2,20}$/;
const GROUP = /^S[A-Z0-9]{2,20}$/;

/** GitHub logins are matched without regard to case. */
export function parseMentions(
  names: readonly string[],
  userMap: ReadonlyMap<string, string>,
): { mentions: Mention[]; people: Map<string, string>; problems: Problem[] } {
  const problems: Problem[] = [];
  const ids = new Map<string, string>();
  for (const [login, id] of userMap) {
    if (USER.test(id)) ids.set(login.replace(/^@/, '').toLowerCase(), id);
    else
      problems.push({
        where: 'user-map',
        message: `"${id}" of ${login} is not a Slack user ID such as U0123456789.`,
      });
  }
  const mentions: Mention[] = [];
  for (const name of names) {
    const id = ids.get(name.replace(/^@/, '').toLowerCase()) ?? name;
    if (USER.test(id)) mentions.push({ kind: 'user', id });
    else if (GROUP.test(id)) mentions.push({ kind: 'group', id });
    else problems.push(unknown(name));
  }
  return { mentions, people: ids, problems };
}

function unknown(name: string): Problem {
  return {
    where: 'mention-on-failure',
    message: `"${name}" is neither a Slack ID nor in user-map.`,
    fix: 'Give the ID of a user (U…) or of a user group (S…), or add the name to user-map.',
  };
}
