/** The engine's own API for WebAssembly, which TypeScript knows only as a part of a browser's. */

export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}
type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface WasmApi {
  readonly compile: (bytes: Uint8Array) => Promise<WasmModule>;
  instantiate: (module: unknown, imports?: WasmImports) => Promise<unknown>;
}

export const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WasmApi };

/**
 * Runs what instantiates a module from bytes, and gives it one that is compiled already. ONNX Runtime has no hook for that.
 * @param bytes what it instantiates; any other bytes are left alone
 */
export async function withModule<T>(
  bytes: ArrayBuffer,
  module: WasmModule,
  work: () => Promise<T>,
): Promise<T> {
  const original = wasm.instantiate;
  wasm.instantiate = async (source, imports = {}) => {
    const isOurs = ArrayBuffer.isView(source) && source.buffer === bytes;
    if (!isOurs) return original(source, imports);
    return { module, instance: await original(module, imports) };
  };
  try {
    return await work();
  } finally {
    wasm.instantiate = original;
  }
}
