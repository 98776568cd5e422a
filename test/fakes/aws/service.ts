import type { CallContext } from './calls.ts';

/** What a service does with one checked request. */
export type Operation = (input: never, call: CallContext) => unknown;

/** One service of AWS, as the server knows it. */
export interface Service {
  /** botocore's name, also the name of its file in shapes/. */
  readonly name: string;
  /** How its errors of the form "the request breaks the model" are called. */
  readonly validationCode: string;
  /** The answer as it goes over the wire, where members are called otherwise there. */
  readonly toWire?: (output: unknown) => unknown;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What the caller needs to be allowed: the IAM actions with the ARNs that they are on. */
  readonly permissions: (action: string, input: Record<string, unknown>) => readonly Permission[];
}

/** An IAM action on a resource, with the condition keys that the service fills in. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}
