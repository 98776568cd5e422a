/** One line of what a release is. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Where the value leads; null for nowhere. */
  readonly url: string | null;
  /** The value is GitHub logins, separated by commas. */
  readonly people: boolean;
}
