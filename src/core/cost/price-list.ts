import type { CostPrices } from '../../documents/plan-cost.ts';

/**
 * What units of a cloud are billed by the hour, by its list of prices. Nobody waits longer than seconds for it, and what
 * cannot be found out is told, never thrown.
 * @throws CancelledError
 */
export type PriceList = (skus: readonly string[]) => Promise<CostPrices>;
