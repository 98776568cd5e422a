/** What a plan costs by a price list: for people, beside the digest, because a price may change while a plan stays the same. */
import { list, map, nullable, number, object, oneOf, optional, text } from './shape.ts';

/** A number that autoscaling may move, from the least to the most; both are equal if nothing moves it. */
export interface CostRange {
  readonly least: number;
  readonly most: number;
}

/** Machines that are billed by the hour. */
export interface CostLine {
  /**
   * - `now`: what is billed before the release · `after`: what is billed once it has ended
   * - `release`: what is billed beside that while it runs
   */
  readonly phase: 'now' | 'release' | 'after';
  /** What they are for, such as `candidate`. */
  readonly what: string;
  /** One of them, as people read it, such as `ml.m5.large`. */
  readonly machine: string;
  readonly count: CostRange;
  /** What a price list is asked for. */
  readonly sku: string;
  /** How many units of the price list one of them is: 1, or the GB of an environment. */
  readonly size: number;
  /** Of a release, the hours that the settings say; null if they last as long as it takes, and for `now` and `after`. */
  readonly hours: number | null;
}

/** What a price list has answered. */
export interface CostPrices {
  /** Such as `the AWS Price List`. */
  readonly source: string;
  /** Such as `USD`. */
  readonly currency: string;
  /** Of one unit for an hour, by `sku`. */
  readonly hourly: Readonly<Record<string, number>>;
  /** Why there is no price, in a sentence, by `sku`. */
  readonly unknown: Readonly<Record<string, string>>;
}

export interface PlanCost {
  /** None if nothing is billed by the hour. */
  readonly lines: readonly CostLine[];
  /** What else is to be known, in sentences. */
  readonly notes: readonly string[];
  /** Absent if nobody has asked for them. */
  readonly prices?: CostPrices;
}

export const planCostShape = object<PlanCost>({
  lines: list(
    object<CostLine>({
      phase: oneOf('now', 'release', 'after'),
      what: text,
      machine: text,
      count: object<CostRange>({ least: number, most: number }),
      sku: text,
      size: number,
      hours: nullable(number),
    }),
  ),
  notes: list(text),
  prices: optional(
    object<CostPrices>({ source: text, currency: text, hourly: map(number), unknown: map(text) }),
  ),
});
