/** Who approved a plan: part of the approved plan and of the release record. */
import { digest, list, object, oneOf, optional, text, type Shape } from './shape.ts';

export interface ApprovalVote {
  readonly login: string;
  readonly at: string;
  /** The comment by which it was given; '' if there is none to link to. */
  readonly url: string;
  /** What that comment said, word for word. */
  readonly said?: string;
}

export interface Approval {
  readonly status: 'approved';
  /** Never empty: an approval by nobody is none. */
  readonly by: readonly ApprovalVote[];
  readonly planDigest: string;
}

const login: Shape<string> = {
  problems: (value, at) =>
    typeof value === 'string' && value.trim() !== '' ? [] : [`${at} must name an account`],
};

export const approvalShape: Shape<Approval> = object<Approval>({
  status: oneOf('approved'),
  by: list(object<ApprovalVote>({ login, at: text, url: text, said: optional(text) }), 1),
  planDigest: digest,
});
