/**
 * Which cases of a long matrix are tried. `npm test` tries a share of each, the same one for the same
 * ML_DEPLOY_TEST_SEED (a number, 0 unless set); with `all`, as `npm run test:faults` sets it, every case is tried.
 */
const SEED = process.env.ML_DEPLOY_TEST_SEED ?? '0';
if (!/^(?:\d+|all)$/.test(SEED)) throw new Error(`ML_DEPLOY_TEST_SEED is a number or "all", not "${SEED}".`);

/** Whether every case is tried. */
export const isWhole = SEED === 'all';

/** How many of `of` cases are tried at least. */
export function shareOf(cases: number, of: number): number {
  return isWhole ? cases : Math.floor(cases / of);
}

/** @param index the number of the case, from 0 */
export function isTried(index: number, of: number): boolean {
  return isWhole || (index + Number(SEED)) % of === 0;
}

/**
 * The cases of a list that are tried, one at least.
 * @param of one case of so many
 */
export function triedOf<Case>(cases: readonly Case[], of: number): readonly Case[] {
  return cases.filter((_, index) => isTried(index, Math.min(of, cases.length)));
}

/** Likewise of the numbers from 1 to `count`. */
export function triedNumbers(count: number, of: number): readonly number[] {
  return triedOf(
    Array.from({ length: count }, (_, index) => index + 1),
    of,
  );
}

/** For matrices that count by themselves: with which case they begin. */
export const PART = isWhole ? 0 : Number(SEED);
