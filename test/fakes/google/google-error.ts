/** An answer of Google that refuses, as it writes one. https://google.aip.dev/193 */
const STATUSES = {
  INVALID_ARGUMENT: [400, 3],
  FAILED_PRECONDITION: [400, 9],
  UNAUTHENTICATED: [401, 16],
  PERMISSION_DENIED: [403, 7],
  NOT_FOUND: [404, 5],
  ALREADY_EXISTS: [409, 6],
  ABORTED: [409, 10],
  RESOURCE_EXHAUSTED: [429, 8],
  UNAVAILABLE: [503, 14],
} as const;

export type GoogleCode = keyof typeof STATUSES;

export class GoogleError extends Error {
  readonly code: GoogleCode;

  constructor(code: GoogleCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return STATUSES[this.code][0];
  }

  get body(): unknown {
    return { error: { code: this.status, message: this.message, status: this.code } };
  }

  /** Of an operation. */
  get rpc(): { readonly code: number; readonly message: string } {
    return { code: STATUSES[this.code][1], message: this.message };
  }
}
