import type { JsonValue } from '../exact-json.ts';

/** What a file of cases holds, before it is checked. */
export interface RawCases {
  readonly instances: JsonValue | undefined;
  readonly labels?: JsonValue | undefined;
  readonly featureNames?: JsonValue | undefined;
  readonly labelNames?: JsonValue | undefined;
  readonly expected?: JsonValue | undefined;
  readonly tolerances?: JsonValue | undefined;
}
