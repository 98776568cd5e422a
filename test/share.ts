/**
 * Which cases of a long matrix are tried. `npm test` tries a share of each, the same one for the same
 * ML_DEPLOY_TEST_SEED (a number, 0 unless set); with `all`, as `npm run test:faults` sets it, every case is tried.
 */
const SEED = process.env.ML_DEPLOY_TEST_SEED ?? '0';
if (!/^(?:\d+|all)$/.test(SEED)) throw new Error(`ML_DEPLOY_TEST_SEED is a number or "all", not "${SEED}".`);

/** How many of `of` cases are tried at least. */
export function shareOf(cases: number, of: number): number {
  return SEED === 'all' ? cases : Math.floor(cases / of);
}

/** @param index the number of the case, from 0 */
export function isTried(index: number, of: number): boolean {
  return SEED === 'all' || (index + Number(SEED)) % of === 0;
}

/** For matrices that count by themselves: with which case they begin. */
export const PART = SEED === 'all' ? 0 : Number(SEED);
