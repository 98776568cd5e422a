import { UserError } from '../errors.ts';

const LONGEST_NAME = 63;
const CANDIDATE_DIGITS = 8;

/** What the names of all candidates of the endpoint begin with. */
export function candidatePrefix(endpoint: string): string {
  return `${endpoint}-c-`;
}

/** `<endpoint>-c-<8 of the plan digest>`: two runs cannot swap each other's candidate. */
export function candidateName(endpoint: string, digest: string): string {
  const name = candidatePrefix(endpoint) + digest.slice(0, CANDIDATE_DIGITS);
  if (name.length > LONGEST_NAME) {
    const longest = LONGEST_NAME - (name.length - endpoint.length);
    throw new UserError(
      `The candidate's name "${name}" would have ${name.length} characters; ${LONGEST_NAME} are allowed. ` +
        `Shorten endpoint-name to ${longest} characters, or set staging to "none".`,
    );
  }
  return name;
}

/** Whether something is named as candidates of the endpoint are. */
export function isCandidateName(endpoint: string, name: string): boolean {
  const prefix = candidatePrefix(endpoint);
  return name.startsWith(prefix) && /^[0-9a-f]{8}$/.test(name.slice(prefix.length));
}
