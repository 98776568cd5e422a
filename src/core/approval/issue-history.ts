/** What became of an issue since it was opened, as the platform remembers it, whatever it looks like now. */

export type IssueEventKind = 'closed' | 'reopened' | 'renamed' | 'moved' | 'comment-deleted';

export interface IssueEvent {
  readonly kind: IssueEventKind;
  /** ISO 8601. */
  readonly at: string;
  /** Login; '' for an account that is gone. */
  readonly actor: string;
  /** Whose comment was deleted; '' if it is not known, or nothing of the kind. */
  readonly author: string;
}

export interface IssueHistory {
  /** Whether the body was ever edited, also back to what it was. */
  readonly bodyEdited: boolean;
  /** Ids of comments that were ever edited, also within the second in which they were written. */
  readonly editedComments: ReadonlySet<number>;
  /** Ids of comments that are hidden from readers now; the platform does not remember that one was. */
  readonly hiddenComments: ReadonlySet<number>;
  /** Ids of comments that came as answers to notifications by e-mail. */
  readonly commentsByEmail: ReadonlySet<number>;
  /** Ids of every comment that is there. */
  readonly comments: ReadonlySet<number>;
  /** Oldest first. */
  readonly events: readonly IssueEvent[];
}
