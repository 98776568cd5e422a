/**
 * The parts of the product that are explored, in one place: whoever wants to know what they were asked, and answered,
 * wraps them.
 */
import { answered, begin, notice, remember, turned } from '../../src/deployment/memory.ts';
import { next } from '../../src/deployment/next.ts';
import { holds } from '../../src/deployment/observed.ts';

export interface Product {
  next: typeof next;
  begin: typeof begin;
  notice: typeof notice;
  answered: typeof answered;
  remember: typeof remember;
  turned: typeof turned;
  /** What a driver compares immediately before a step. */
  holds: typeof holds;
}

export const product: Product = { next, begin, notice, answered, remember, turned, holds };
