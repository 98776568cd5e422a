/** How an alias is called: the live one, or a candidate's. */
import { UserError } from '../../core/errors.ts';
import type { EndpointInvoker, EnvironmentsSeen, InvokeAnswer } from '../../core/targets.ts';
import { answerOf, BODY_BYTES, eventOf } from './event.ts';
import { invokeFunction, linesOf, type Invoked, type Report } from './invoke.ts';
import type { LambdaTargetOptions } from './options.ts';

export interface Called {
  readonly endpoint: string;
  /** The alias. */
  readonly alias: string;
  readonly url: string;
  /** Content ids of the versions by their numbers. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The status with which an API answers for a function whose code failed. */
const FAILED = 502;

export function createInvoker(
  { endpoint, alias, url, ids }: Called,
  { clients, log, clock }: Pick<LambdaTargetOptions, 'clients' | 'log' | 'clock'>,
): EndpointInvoker {
  let seen: EnvironmentsSeen = { coldStarts: 0, longestStartMs: null, mostMemoryMb: null, memoryMb: null };
  return {
    url,
    bodyBytes: BODY_BYTES,
    environments: () => seen,
    invoke: async (body, contentType, signal) => {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      if (bytes.length > BODY_BYTES) throw tooLarge(bytes.length);
      const event = eventOf({ method: 'POST', path: '/invocations', contentType, body: bytes });
      const begun = clock.monotonic();
      const invoked = await invokeFunction(
        clients,
        { FunctionName: endpoint, Qualifier: alias, event },
        { abortSignal: signal },
      );
      sayStart(invoked.report, log);
      seen = withReport(seen, invoked.report);
      const version = invoked.number === null ? null : (ids.get(invoked.number) ?? null);
      const latencyMs = clock.monotonic() - begun;
      return { ...toldBy(invoked), latencyMs, version, platformMs: invoked.report.durationMs };
    },
  };
}

function toldBy(invoked: Invoked): Pick<InvokeAnswer, 'status' | 'contentType' | 'body'> {
  if (invoked.error === null) return answerOf(invoked.payload);
  const body = [Buffer.from(invoked.payload).toString('utf8'), ...linesOf(invoked.log).slice(-1)].join('\n');
  return { status: FAILED, contentType: 'text/plain', body: Buffer.from(body) };
}

function sayStart({ initMs, memoryMb, maxMemoryMb }: Report, log: LambdaTargetOptions['log']): void {
  if (initMs === null) return;
  log.info(
    `A new environment was started: ${initMs} ms, and ${maxMemoryMb ?? '?'} of ${memoryMb ?? '?'} MB were used.`,
  );
}

function withReport(seen: EnvironmentsSeen, { initMs, memoryMb, maxMemoryMb }: Report): EnvironmentsSeen {
  const most = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.max(one, other);
  return {
    coldStarts: seen.coldStarts + (initMs === null ? 0 : 1),
    longestStartMs: most(seen.longestStartMs, initMs),
    mostMemoryMb: most(seen.mostMemoryMb, maxMemoryMb),
    memoryMb: memoryMb ?? seen.memoryMb,
  };
}

function tooLarge(bytes: number): UserError {
  return new UserError(
    `A body of ${bytes} bytes does not fit into an event of Lambda, which has 6 MB with the body as base64: ${BODY_BYTES} bytes at most. Send fewer rows at once.`,
  );
}
