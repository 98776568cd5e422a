import type { Strategy } from '../../documents/plan.ts';
import type { Given } from './inputs.ts';

/** How traffic moves, as the inputs say it. Several shares are a key of their own: a plan with one keeps its digest. */
export function strategyOf({
  strategy,
  stepPercent,
  bakeMinutes,
  alarms,
}: Pick<Given, 'strategy' | 'stepPercent' | 'bakeMinutes' | 'alarms'>): Strategy {
  const [first = null, ...laterPercents] = stepPercent ?? [];
  return {
    type: strategy ?? 'all-at-once',
    stepPercent: first,
    ...(laterPercents.length === 0 ? {} : { laterPercents }),
    bakeMinutes: bakeMinutes ?? 0,
    alarms: alarms ?? [],
  };
}
