/** The image that a request names. */
export interface ResolvedImage {
  readonly uri: string;
  /** What AWS's own serving image wants to be told of the user's code; null for an image of the user's own. */
  readonly environment: Readonly<Record<string, string>> | null;
}
