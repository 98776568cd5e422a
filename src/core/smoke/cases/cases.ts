/** The cases to send: rows, and what is known about them. Row numbers in messages and reports start at 1. */
import type { JsonValue } from '../../exact-json.ts';
import type { ModelSignature } from '../../model-session.ts';
import type { Label } from '../label.ts';
import type { Tolerance } from '../tolerance.ts';
import type { LabelFacts } from './label-facts.ts';

/** One row. */
export interface Case {
  readonly instance: JsonValue;
  /** The true label, or those of several outputs; null if it is not known. */
  readonly label: Label | readonly Label[] | null;
  /** What was recorded of this row, by field of the answer; null if nothing was. */
  readonly expected: Readonly<Record<string, JsonValue>> | null;
  /** Shapes of whole tensors that are expected, by output; null for rows. */
  readonly shapes: ReadonlyMap<string, readonly number[]> | null;
}

/** What is known of cases before a model says how their values are to be read. */
export interface CasesFacts {
  /** Where they come from, for the log and the report. */
  readonly source: string;
  /** How many rows there are: one at least. */
  readonly count: number;
  /** Each case is the model's whole input (ONNX test data), not a row of it. */
  readonly wholeTensors: boolean;
  /** Every row has its true label. */
  readonly labelled: boolean;
  readonly featureNames: readonly string[] | null;
  /** What the labels 0, 1, … are called. */
  readonly labelNames: readonly string[] | null;
  /** The fields that something is recorded of, for every row; null if nothing is. */
  readonly expectedFields: readonly string[] | null;
  /** Tolerances for fields of their own; what is absent is as for all others. */
  readonly tolerances: ReadonlyMap<string, Partial<Tolerance>>;
  /** What the labels are like; null if there are none. */
  readonly labels: LabelFacts | null;
  /** The largest row, by its number from 1; null if none is large. */
  readonly largest: { readonly row: number; readonly bytes: number } | null;
}

export interface Cases extends CasesFacts {
  /** All rows in order, from the first one each time; there may be more of them than memory holds. */
  rows(): Iterable<Case>;
  /** Columns of the file that the model has no place for, and that are not sent. */
  readonly leftOut: readonly string[];
}

/** A file of cases that was checked as far as it can be without a model. */
export interface OpenedCases extends CasesFacts {
  /**
   * @param signature of the model that takes the rows; null if only the file tells.
   * @throws UserError if the rows are not the model's.
   */
  bind(signature: ModelSignature | null): Cases;
}

/** Rows of which nothing is known but what to send. */
export function bareCases(source: string, count: number, rows: () => Iterable<JsonValue>): Cases {
  return {
    source,
    count,
    *rows() {
      for (const instance of rows()) yield bareCase(instance);
    },
    wholeTensors: false,
    labelled: false,
    featureNames: null,
    labelNames: null,
    expectedFields: null,
    tolerances: new Map(),
    labels: null,
    largest: null,
    leftOut: [],
  };
}

export function bareCase(instance: JsonValue): Case {
  return { instance, label: null, expected: null, shapes: null };
}

/** The first of them. */
export function firstCases(cases: Pick<Cases, 'rows'>, count: number): Case[] {
  return [...upTo(cases.rows(), count)];
}

/** The cases without those after the first `count`. */
export function shortened(cases: Cases, count: number): Cases {
  return { ...cases, count, rows: () => upTo(cases.rows(), count) };
}

function* upTo<T>(items: Iterable<T>, count: number): Generator<T> {
  let left = count;
  if (left === 0) return;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}
