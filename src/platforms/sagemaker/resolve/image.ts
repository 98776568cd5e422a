/** The image that a request names. */
export interface ResolvedImage {
  readonly uri: string;
  /** What AWS's own serving image needs to know of the user's code; null for the user's own image. */
  readonly environment: Readonly<Record<string, string>> | null;
}
