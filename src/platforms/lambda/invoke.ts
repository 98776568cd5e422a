/** One call of a function, with the last lines of its log as Lambda returns them. */
import type { AwsClients, CallOptions } from '../../clouds/aws/clients.ts';

export interface Invoked {
  /** The number of the version that answered. */
  readonly number: string | null;
  readonly payload: Uint8Array;
  /** The code threw, ended, or answered with a status that counts as an error; null if it did not. */
  readonly error: string | null;
  /** The last 4 kB of its log. */
  readonly log: string;
  readonly report: Report;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html (REPORT) */
export interface Report {
  /** Milliseconds in the code; null if the report does not say. */
  readonly durationMs: number | null;
  /** Milliseconds that the start of a new environment took for this call; null if none was started. */
  readonly initMs: number | null;
  readonly memoryMb: number | null;
  readonly maxMemoryMb: number | null;
}

export async function invokeFunction(
  clients: AwsClients,
  { FunctionName, Qualifier, event }: { FunctionName: string; Qualifier: string; event: string },
  http: CallOptions = {},
): Promise<Invoked> {
  const lambda = await clients.lambda();
  const answer = await clients.call(
    { operation: 'lambda:InvokeFunction', on: `${FunctionName}:${Qualifier}` },
    (own) =>
      lambda.invoke(
        { FunctionName, Qualifier, LogType: 'Tail', Payload: Buffer.from(event) },
        { ...own, ...http },
      ),
  );
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8');
  return {
    number: answer.ExecutedVersion ?? null,
    payload: answer.Payload ?? new Uint8Array(),
    error: answer.FunctionError ?? null,
    log,
    report: reportIn(log),
  };
}

export function reportIn(log: string): Report {
  const line = log.split('\n').findLast((text) => text.startsWith('REPORT ')) ?? '';
  const number = (pattern: RegExp) => {
    const found = pattern.exec(line)?.[1];
    return found === undefined ? null : Number(found);
  };
  return {
    durationMs: number(/\tDuration: ([\d.]+) ms/),
    initMs: number(/\tInit Duration: ([\d.]+) ms/),
    memoryMb: number(/\tMemory Size: (\d+) MB/),
    maxMemoryMb: number(/\tMax Memory Used: (\d+) MB/),
  };
}

/** What the code itself wrote, without the lines that Lambda adds. */
export function linesOf(log: string): readonly string[] {
  const added = /^(?:START|END|REPORT|INIT_START|INIT_REPORT|EXTENSION|XRAY)\b/;
  return log.split('\n').filter((line) => line.trim() !== '' && !added.test(line));
}
