/**
 * The parts of the product that are explored, in one place: whoever wants to know what they were asked, and answered,
 * wraps them.
 */
import { answered, begin, notice, remember, turned } from '../../src/deployment/memory.ts';
import { next } from '../../src/deployment/next.ts';
import { ABSENT, holds, type Serving } from '../../src/deployment/observed.ts';

export interface Product {
  next: typeof next;
  begin: typeof begin;
  notice: typeof notice;
  answered: typeof answered;
  remember: typeof remember;
  turned: typeof turned;
  /** What a driver compares immediately before a step. */
  holds: typeof holds;
  /** What is seen of an endpoint that is not there. */
  absent(): Serving;
}

const absent = () => ABSENT;
export const product: Product = { next, begin, notice, answered, remember, turned, holds, absent };
