/**
 * What this process and the one that runs a model say to each other, by structured clone. The bytes of the model go
 * through standard input: as a message they would be copied whole.
 */
import type { RuntimeChoice, SessionRuntime, ModelSignature, Tensor } from '../../../core/model-session.ts';
import type { Problem } from '../../../core/errors.ts';

type Tensors = Readonly<Record<string, Tensor>>;

export interface OpenRequest {
  /** How many bytes of standard input are the model. */
  readonly open: number;
  readonly label: string;
  readonly runtime: RuntimeChoice;
  readonly moduleRoots: readonly string[];
  readonly toolCacheDir: string | undefined;
}

export interface RunRequest {
  readonly feeds: Tensors;
}

export interface Opened {
  readonly runtime: SessionRuntime;
  readonly signature: ModelSignature;
}

export interface Failure {
  readonly message: string;
  /** Whether the model or the feeds are at fault (UserError). */
  readonly isUser: boolean;
  readonly problems: readonly Problem[];
}

/** Every request has one answer; lines for the log may come before it. */
export type Answer =
  | { readonly opened: Opened }
  | { readonly outputs: Record<string, Tensor> }
  | { readonly failure: Failure }
  | { readonly log: 'info' | 'debug'; readonly line: string };
