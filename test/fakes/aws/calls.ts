import type { IncomingHttpHeaders } from 'node:http';
import type { Permission } from './service.ts';

/** One request as the fake understood it, and what became of it. */
export interface Call {
  /** Counted from 0 since the fake was started or `forget` was called. */
  readonly index: number;
  /** Such as `sagemaker`, `application-autoscaling`, `s3`. */
  readonly service: string;
  /** Such as `CreateModel`. */
  readonly action: string;
  /** `sagemaker:CreateModel`: the name for injections. */
  readonly name: string;
  /** The members by their names in the API; timestamps as Date, blobs as bytes. */
  readonly input: Record<string, unknown>;
  /** What IAM would ask for. */
  readonly permissions: readonly Permission[];
  readonly headers: IncomingHttpHeaders;
  /** What came, without the framing of chunks. */
  readonly body: Buffer;
  /** The fake's own time. */
  readonly at: Date;
  /** Whether the service did what it was asked for. */
  acted: boolean;
  /** What was answered; null where nothing was. */
  status: number | null;
  /** The error's code, if it was one. */
  error: string | null;
  output: unknown;
  /** The injected fault, if there was one. */
  fault: string | null;
}

export interface CallContext {
  readonly call: Call;
}

/** A call that changes nothing when it is made a second time. */
export function isRead(action: string): boolean {
  return /^(Describe|List|Get|Head|BatchGet|Filter|Invoke|Search|AssumeRole)/.test(action);
}
