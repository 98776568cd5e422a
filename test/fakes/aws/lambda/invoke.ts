/** Invocations: which version answers, what its log ends with, and what the metrics count. */
import { createHash } from 'node:crypto';
import type { InvocationRequest } from '@aws-sdk/client-lambda';
import { RestAnswer } from '../answer.ts';
import { AwsError } from '../errors.ts';
import {
  conflict,
  functionOf,
  versionOf,
  type LambdaFunction,
  type LambdaState,
  type Returned,
  type Version,
} from './state.ts';

/** Of a request and of an answer, in bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 6_291_456;

export async function invoke(state: LambdaState, input: InvocationRequest): Promise<RestAnswer> {
  const fn = functionOf(state, input.FunctionName);
  const { Qualifier, Payload, LogType } = input;
  const body = Buffer.from(Payload ?? '');
  if (body.length > MOST_BYTES)
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${MOST_BYTES} bytes for the InvokeFunction operation`,
      413,
    );
  const version = pick(state, fn, Qualifier);
  if (version.state === 'Pending')
    throw conflict(
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    );
  const { returned, cold } = await answerOf(state, fn, version, body);
  const duration = 12;
  const resource = Qualifier === undefined ? fn.name : `${fn.name}:${Qualifier}`;
  const error = returned.error !== undefined;
  state.counted.push({
    at: state.world.time.now(),
    resource,
    functionName: fn.name,
    version: version.number,
    error,
    duration,
  });
  const log = logOf(state, version, returned, { cold, duration });
  state.log(`/aws/lambda/${fn.name}`, streamOf(state, version), log);
  const tail = Buffer.from(log.join('\n')).subarray(-4096).toString('base64');
  return new RestAnswer(
    200,
    {
      'content-type': 'application/json',
      'x-amz-executed-version': version.number,
      ...(error ? { 'x-amz-function-error': returned.error ?? 'Unhandled' } : {}),
      ...(LogType === 'Tail' ? { 'x-amz-log-result': tail } : {}),
    },
    JSON.stringify(returned.payload ?? null),
  );
}

/**
 * One of an alias's two versions by its share. Not by chance, so that a test is the same each time, but as evenly mixed:
 * a hash of the count decides.
 */
export function pick(state: LambdaState, fn: LambdaFunction, qualifier: string | undefined): Version {
  const [entry] = Object.entries(fn.aliases.get(qualifier ?? '')?.weights ?? {});
  if (entry === undefined) return versionOf(fn, qualifier);
  const [other, share] = entry;
  const roll =
    createHash('sha256').update(`${fn.name} ${state.counted.length}`).digest().readUInt32BE() / 2 ** 32;
  return versionOf(fn, roll < share ? other : qualifier);
}

async function answerOf(
  state: LambdaState,
  fn: LambdaFunction,
  version: Version,
  body: Buffer,
): Promise<{ returned: Returned; cold: boolean }> {
  const fails = state.images.get(version.codeSha256)?.initError;
  if (fails !== undefined) {
    const errorMessage = 'RequestId: 1 Error: Runtime exited with error: exit status 1';
    const payload = { errorType: 'Runtime.ExitError', errorMessage };
    return { returned: { payload, error: 'Unhandled', logs: fails }, cold: true };
  }
  const cold = version.warm === 0;
  version.warm = Math.max(1, version.warm);
  const event = JSON.parse(body.toString() || 'null') as unknown;
  const { name: functionName } = fn;
  const { number, codeSha256: image } = version;
  return { returned: await state.handler({ functionName, version: number, image, event }), cold };
}

function logOf(
  { world }: LambdaState,
  { number, settings }: Version,
  { logs = [] }: Returned,
  { cold, duration }: { readonly cold: boolean; readonly duration: number },
): string[] {
  const id = world.id('11111111-1111-4111-8111-1111');
  const init = cold ? '\tInit Duration: 812.34 ms\t' : '\t';
  const report = [
    `REPORT RequestId: ${id}`,
    `Duration: ${duration}.00 ms`,
    `Billed Duration: ${duration} ms`,
    `Memory Size: ${settings.MemorySize ?? 128} MB`,
    `Max Memory Used: 97 MB${init}`,
  ].join('\t');
  return [`START RequestId: ${id} Version: ${number}`, ...logs, `END RequestId: ${id}`, report];
}

/** `2026/01/02/[7]0123…`: the version in brackets. */
function streamOf({ world }: LambdaState, { number, codeSha256 }: Version): string {
  const day = world.time.now().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${number}]${codeSha256.slice(0, 32)}`;
}
