/** Waits until an endpoint answers at all. */
import { poll } from '../poll.ts';
import type { Ports } from '../ports.ts';
import type { Reply, Send } from './exchange.ts';
import type { RequestBody } from './protocol/protocol.ts';

export interface WaitOptions {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Gateways say these for what is behind them and is not up yet. */
const NOT_YET = new Set([502, 503, 504]);

/** The first answer of any kind; if the time is over before, the last reply. */
export async function waitForAnswer(
  send: Send,
  body: RequestBody,
  options: WaitOptions,
  { clock, signal, log }: Pick<Ports, 'clock' | 'signal' | 'log'>,
): Promise<{ readonly ready: boolean; readonly reply: Reply }> {
  const { state, timedOut } = await poll<Reply>({
    ...options,
    check: () => send(body),
    done: answers,
    key: (reply) => (answers(reply) ? 'answers' : describe(reply)),
    onChange: (reply) => {
      if (!answers(reply)) log.info(`Waiting for the endpoint, which ${describe(reply)}.`);
    },
    clock,
    signal,
  });
  return { ready: !timedOut, reply: state };
}

function answers(reply: Reply): boolean {
  return reply.answer ? !NOT_YET.has(reply.answer.status) : reply.isUp;
}

/** Continues a sentence. */
export function describe(reply: Reply): string {
  return reply.answer ? `answers HTTP ${reply.answer.status}` : reply.failure.replace(/\.$/, '');
}
