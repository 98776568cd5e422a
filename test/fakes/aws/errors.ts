/** What a service answers instead of a result: its error code, its words, its HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

/** SageMaker and Application Auto Scaling answer this for nearly everything that is wrong, missing things included. */
export const invalid = (message: string) => new AwsError('ValidationException', message);

/** The error of the model itself: 424, with what the container said. */
export class ModelError extends AwsError {
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(message: string, OriginalStatusCode: number, OriginalMessage: string, LogStreamArn: string) {
    super('ModelError', message, 424);
    this.extra = { OriginalStatusCode, OriginalMessage, LogStreamArn };
  }
}
