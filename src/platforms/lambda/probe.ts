/** Whether a version starts. Active does not mean that, because Lambda runs its code only with the first call. */
import { UpstreamError } from '../../core/errors.ts';
import type { Performed } from '../../deployment/memory.ts';
import { eventOf } from './event.ts';
import { invokeFunction, linesOf } from './invoke.ts';
import type { LambdaTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import { failureOf, settled } from './settled.ts';

export class Probe {
  /** Why the last version did not start, in one line; '' if all did. */
  why = '';
  /** The last lines of its log. */
  tail: readonly string[] = [];
  readonly #endpoint: string;
  readonly #reads: Reads;
  readonly #options: LambdaTargetOptions;
  readonly #known = new Map<string, boolean>();

  constructor(endpoint: string, reads: Reads, options: LambdaTargetOptions) {
    this.#endpoint = endpoint;
    this.#reads = reads;
    this.#options = options;
  }

  /** Asks each version once. Its code ran if any answer came from it, whatever the answer to GET /ping is. */
  async answers(number: string): Promise<boolean> {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    // A run that died may just have published it.
    const { Configuration = {} } = (await settled(this.#endpoint, this.#reads, this.#options, number)) ?? {};
    if (Configuration.State === 'Failed') this.why = failureOf(Configuration);
    const is = Configuration.State !== 'Failed' && (await this.#ask(number));
    this.#known.set(number, is);
    return is;
  }

  /** The result of a step that would let a version serve which does not start. */
  refusal(): Performed {
    return { is: 'refused', cause: `Its code does not start: ${this.why}.` };
  }

  async #ask(number: string): Promise<boolean> {
    const { clients, log } = this.#options;
    const event = eventOf({ method: 'GET', path: '/ping' });
    const call = { FunctionName: this.#endpoint, Qualifier: number, event };
    try {
      const { error, payload, log: written, report } = await invokeFunction(clients, call);
      this.tail = linesOf(written).slice(-20);
      if (error === null) {
        if (report.initMs !== null)
          log.info(
            `Version ${number} starts in ${report.initMs} ms, and uses ${report.maxMemoryMb ?? '?'} of ${report.memoryMb ?? '?'} MB.`,
          );
        return true;
      }
      this.why = this.tail.at(-1) ?? Buffer.from(payload).toString('utf8');
      return false;
    } catch (error) {
      // A missing image is an answer; a busy service is not.
      if (!(error instanceof UpstreamError) || error.mayPass || error.refusesCaller) throw error;
      this.why = error.message;
      return false;
    }
  }
}
