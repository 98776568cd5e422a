/**
 * The one version of ONNX Runtime that this project runs, and the integrity of its npm packages.
 *
 * A result is only comparable if the same version made it, so nothing but this version is ever used. On an update
 * take the new values from package-lock.json; a test compares the two.
 */

export const ORT_VERSION = '1.30.0';

export interface PinnedPackage {
  readonly name: string;
  /** As in package-lock.json: the SHA-512 of the packed package, base64, with the prefix "sha512-". */
  readonly integrity: string;
}

export const NATIVE_PACKAGES: readonly PinnedPackage[] = [
  {
    name: 'onnxruntime-node',
    integrity:
      'sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==',
  },
  {
    name: 'onnxruntime-common',
    integrity:
      'sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==',
  },
];

/** Platform and architecture pairs, as Node names them, that the native package has a binding for. */
export const NATIVE_TARGETS: readonly string[] = [
  'darwin-arm64',
  'linux-arm64',
  'linux-x64',
  'win32-arm64',
  'win32-x64',
];

/** What the WASM runtime consists of: two files, side by side, that import nothing else. */
export const WASM_FILES = {
  module: 'ort.wasm.bundle.min.mjs',
  binary: 'ort-wasm-simd-threaded.wasm',
} as const;
