/** A token that is kept while it lasts: asked for again before it ends, and once by any number of callers. */
import { UpstreamError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

export interface Token {
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** As the AWS client does; tokens of clouds last an hour. */
const BEFORE_THE_END_MS = 300_000;

export class HeldToken {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #request: () => Promise<Token>;
  #held: Token | null = null;
  #pending: Promise<Token> | null = null;

  constructor(clock: Pick<Clock, 'now'>, request: () => Promise<Token>) {
    this.#clock = clock;
    this.#request = request;
  }

  /** @throws what the request throws; not if that may pass and the present token lasts a little longer */
  async text(): Promise<string> {
    const held = this.#held;
    const now = this.#clock.now().getTime();
    if (held !== null && now < held.until - BEFORE_THE_END_MS) return held.text;
    try {
      return (await this.#renewed()).text;
    } catch (error) {
      const mayPass = error instanceof UpstreamError && error.mayPass;
      if (held !== null && now < held.until && mayPass) return held.text;
      throw error;
    }
  }

  #renewed(): Promise<Token> {
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = null;
    });
    return this.#pending;
  }

  async #renew(): Promise<Token> {
    this.#held = await this.#request();
    return this.#held;
  }
}
