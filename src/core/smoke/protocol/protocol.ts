/** How rows become the body of a request, and how an answer becomes fields. */
import type { JsonValue } from '../../exact-json.ts';
import type { ModelSignature } from '../../model-session.ts';
import type { InvokeAnswer } from '../../targets.ts';
import type { Decoded } from '../decode.ts';

export const PROTOCOLS = ['instances', 'v2', 'csv', 'raw'] as const;
export type ProtocolName = (typeof PROTOCOLS)[number];

export interface RequestBody {
  readonly content: string | Uint8Array;
  readonly contentType: string;
}

export interface Protocol {
  readonly name: ProtocolName;
  /** Rows that one request may carry. */
  readonly maxRows: number;
  /** @throws UserError for rows that this protocol cannot carry. */
  encode(rows: readonly JsonValue[]): RequestBody | Promise<RequestBody>;
  /** @param rows how many the request had */
  decode(answer: InvokeAnswer, rows: number): Decoded;
  /** What an endpoint must refuse; null if nobody can tell. */
  readonly malformed: RequestBody | null;
  /** A request without rows; null if there is no such thing. */
  readonly noRows: RequestBody | null;
}

export interface ProtocolOptions {
  /** Names and types of the model's inputs; null if only the rows tell. */
  readonly signature: ModelSignature | null;
  /** The rows are whole tensors, one request each, as ONNX test data has them. */
  readonly wholeTensors: boolean;
  /** Of raw bodies. */
  readonly contentType: string | null;
  /** The folder that files of raw bodies are named from. */
  readonly folder: string;
}
