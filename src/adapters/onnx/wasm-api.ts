/** The engine's own API for WebAssembly, which TypeScript knows only as a part of a browser's. */

export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
export type WasmExports = Readonly<Record<string, unknown>>;
type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface WasmApi {
  readonly Memory: new () => WasmMemory;
  readonly compile: (bytes: Uint8Array) => Promise<WasmModule>;
  instantiate: (module: unknown, imports?: WasmImports) => Promise<unknown>;
}

export const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WasmApi };

/** @param memory the module's own @returns what the module's user gets instead of its exports */
export type ChangeExports = (exports: WasmExports, memory: WasmMemory) => WasmExports;

/**
 * Runs what instantiates a module from bytes, and gives it one that is compiled already. ONNX Runtime has no hook for that.
 * @param bytes what it instantiates; any other bytes are left alone
 */
export async function withModule<T>(
  bytes: ArrayBuffer,
  module: WasmModule,
  change: ChangeExports,
  work: () => Promise<T>,
): Promise<T> {
  const original = wasm.instantiate;
  wasm.instantiate = async (source, imports = {}) => {
    const isOurs = ArrayBuffer.isView(source) && source.buffer === bytes;
    if (!isOurs) return original(source, imports);
    const { exports } = (await original(module, imports)) as { readonly exports: WasmExports };
    return { module, instance: { exports: change(exports, memoryOf(imports)) } };
  };
  try {
    return await work();
  } finally {
    wasm.instantiate = original;
  }
}

function memoryOf(imports: WasmImports): WasmMemory {
  const memory = Object.values(imports)
    .flatMap((names) => Object.values(names))
    .find((value): value is WasmMemory => value instanceof wasm.Memory);
  if (memory === undefined) throw new Error('The WASM runtime imports no memory.');
  return memory;
}
