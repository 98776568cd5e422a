/** What a plan changes for people: the model's figures, its inputs and outputs, the commits. Beside the digest. */
import { count, list, nullable, number, object, optional, text, time } from './shape.ts';

/** A smoke test that a release record holds. */
export interface TestedRelease {
  readonly environment: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly compared: number;
  readonly mismatches: number;
  readonly accuracy: number | null;
  /** Mean absolute error; absent for a model that answers no numbers. */
  readonly mae?: number;
  readonly p95Ms: number | null;
}

export interface CommitBetween {
  readonly sha: string;
  /** The first line of its message. */
  readonly title: string;
  /** GitHub login, or the name in the commit. */
  readonly author: string;
  /** Number of the pull request that its title names; null if it names none. */
  readonly pull: number | null;
}

export interface CommitsBetween {
  /** How many the new version has and what serves has not. */
  readonly total: number;
  /** How many what serves has and the new version has not. */
  readonly behind: number;
  /** The newest of them, the newest first. */
  readonly newest: readonly CommitBetween[];
}

export interface ServingRelease {
  readonly commit: string;
  readonly repository: string;
  /** The test after which it served; absent if its record has none. */
  readonly tested?: TestedRelease;
}

export interface PlanNews {
  /** What serves, as its record says; absent if nothing serves, or its record cannot be read. */
  readonly serves?: ServingRelease;
  /** The test of the planned release in the environment that it comes from; absent for a new build. */
  readonly tested?: TestedRelease;
  /** What is different in inputs and outputs, in words; absent if that is not known. */
  readonly signature?: readonly string[];
  readonly commits?: CommitsBetween;
  /** What could not be found out, and why, in sentences. */
  readonly unknown: readonly string[];
}

const testedShape = object<TestedRelease>({
  environment: nullable(text),
  at: time,
  compared: count,
  mismatches: count,
  accuracy: nullable(number),
  mae: optional(number),
  p95Ms: nullable(number),
});

export const planNewsShape = object<PlanNews>({
  serves: optional(object<ServingRelease>({ commit: text, repository: text, tested: optional(testedShape) })),
  tested: optional(testedShape),
  signature: optional(list(text)),
  commits: optional(
    object<CommitsBetween>({
      total: count,
      behind: count,
      newest: list(object<CommitBetween>({ sha: text, title: text, author: text, pull: nullable(count) })),
    }),
  ),
  unknown: list(text),
});
