/** Values as Terraform and a provider send them to each other: msgpack, with an extension for what is not known yet. */
import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';

/** Of a resource: attributes and blocks by name. */
export type State = Record<string, unknown>;

/** Stands for a value that is known after the apply alone. */
export class Unknown {
  readonly isUnknown = true;
}
export const UNKNOWN = new Unknown();

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** 0: unknown; 12: unknown, with what is known of it (such as "is not null"), which nobody needs here. */
const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array(1) : null),
  decode: () => UNKNOWN,
});
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** Null where there is none: a resource that is not there. */
export function read({ msgpack, json }: DynamicValue = {}): State | null {
  if (msgpack !== undefined && msgpack.length > 0) {
    return decode(msgpack, { extensionCodec: codec }) as State | null;
  }
  return json !== undefined && json.length > 0
    ? (JSON.parse(Buffer.from(json).toString()) as State | null)
    : null;
}

export function write(value: State | null): DynamicValue {
  return { msgpack: Buffer.from(encode(value, { extensionCodec: codec })) };
}

export function holdsUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnknown);
}
