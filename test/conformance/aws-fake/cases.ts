/** What is asked of the fake and of moto alike, through the same clients. */
import { aroundCases } from './cases-around.ts';
import { removalCases, servingCases } from './cases-serving.ts';
import type { Clients } from './clients.ts';

export interface Case {
  readonly name: string;
  readonly ask: (clients: Clients) => Promise<unknown>;
  /**
   * What of the answer is compared; all members that both have where absent. Errors are compared by name, and by
   * message where `words` is set.
   */
  readonly pick?: readonly string[];
  readonly words?: boolean;
  /** Why moto is known to differ from AWS here; then it is only shown that it still does. */
  readonly motoDiffers?: string;
}

/** One after the other, on one account that is empty but for the image and the role. */
export const cases: readonly Case[] = [...servingCases, ...aroundCases, ...removalCases];
