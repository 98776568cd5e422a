/** What people are told of a failure whose cause is known. */
import type { FailurePage } from '../core/failure-pages.ts';
import type { Explained } from './port.ts';

export interface Advice {
  readonly page: FailurePage;
  readonly advice: string;
}

/** What a platform says of each cause; the first that fits counts. */
export type Causes = readonly (readonly [says: RegExp, advice: Advice])[];

export function adviceOn(said: string, causes: Causes): Advice | undefined {
  return causes.find(([says]) => says.test(said))?.[1];
}

/**
 * @param said by the platform; '' if it says nothing
 * @param detail such as the end of a log
 */
export function advised(said: string, known: Advice | undefined, detail: string): Explained {
  return { message: [said, known?.advice].filter(Boolean).join(' '), detail, page: known?.page };
}
