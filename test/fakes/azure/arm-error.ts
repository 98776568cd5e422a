/** An answer of ARM that refuses, as it writes one. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static bad(message: string, code = 'BadRequest'): ArmError {
    return new ArmError(400, code, message);
  }

  static missing(what: string): ArmError {
    return new ArmError(404, 'ResourceNotFound', `The Resource '${what}' was not found.`);
  }

  get body(): unknown {
    return { error: { code: this.code, message: this.message, details: [] } };
  }
}
