/**
 * The parts of the product that are explored, in one place: whoever wants to know what they were asked, and answered,
 * wraps them.
 */
import { notice, remember, turned } from '../../src/deployment/memory.ts';
import { next } from '../../src/deployment/next.ts';
import { holds } from '../../src/deployment/observed.ts';

export interface Product {
  next: typeof next;
  notice: typeof notice;
  remember: typeof remember;
  turned: typeof turned;
  /** What a driver compares immediately before a step. */
  holds: typeof holds;
}

export const product: Product = { next, notice, remember, turned, holds };
