/**
 * Hidden marks (HTML comments) by which requests and our own comments are found again. A mark is never proof: whoever
 * reads one also checks who wrote it.
 */
import { canonicalJson } from '../canonical-json.ts';

/** What makes two requests rivals, and the plan that one asks about. */
export interface RequestKey {
  readonly repository: string;
  readonly environment: string | null;
  readonly endpoint: string;
}

export interface RequestMark extends RequestKey {
  readonly plan: string;
}

const REQUEST = 'ml-deploy:approval-request';
const COMMENT = 'ml-deploy:comment';
const REMINDER = 'ml-deploy:reminder';
const SUPERSEDED = 'ml-deploy:superseded';

export function requestMark(mark: RequestMark): string {
  const { repository, environment, endpoint, plan } = mark;
  // As escapes, these signs cannot end the HTML comment early, nor mention anybody.
  const json = canonicalJson({ repository, environment, endpoint, plan }).replace(
    /[<>@-]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<!-- ${REQUEST} ${json} -->`;
}

/** The mark at the very start of an issue's body; null if there is none that can be read. */
export function parseRequestMark(body: string): RequestMark | null {
  const json = new RegExp(`^<!-- ${REQUEST} (\\{.*?\\}) -->`).exec(body)?.[1];
  if (json === undefined) return null;
  try {
    const mark = JSON.parse(json) as Partial<Record<keyof RequestMark, unknown>>;
    const { repository, environment = null, endpoint, plan } = mark;
    if (typeof repository !== 'string' || typeof endpoint !== 'string' || typeof plan !== 'string')
      return null;
    if (environment !== null && typeof environment !== 'string') return null;
    return { repository, environment, endpoint, plan };
  } catch {
    return null;
  }
}

/** Repository names are compared without regard to case, as GitHub does; the rest as it is. */
export function sameKey(a: RequestKey, b: RequestKey): boolean {
  return (
    a.repository.toLowerCase() === b.repository.toLowerCase() &&
    a.environment === b.environment &&
    a.endpoint === b.endpoint
  );
}

/** Marks a comment as ours, so it is neither counted nor answered. */
export function ours(text: string): string {
  return `<!-- ${COMMENT} -->\n${text}`;
}

export function isOurs(body: string): boolean {
  return body.startsWith(`<!-- ${COMMENT} -->`) || body.startsWith(`<!-- ${SUPERSEDED} `);
}

/** A reminder is one of our comments, and known as such, so there is only one. */
export function reminderComment(text: string): string {
  return ours(`<!-- ${REMINDER} -->\n${text}`);
}

export function isReminder(body: string): boolean {
  return body.startsWith(ours(`<!-- ${REMINDER} -->`));
}

/** The comment that a newer request leaves on an older one. */
export function supersededComment(by: number, text: string): string {
  return `<!-- ${SUPERSEDED} ${by} -->\n${text}`;
}

/** The number of the newer request; null if the comment is not such a one. */
export function supersededBy(body: string): number | null {
  const number = new RegExp(`^<!-- ${SUPERSEDED} (\\d{1,15}) -->`).exec(body)?.[1];
  return number === undefined ? null : Number(number);
}
