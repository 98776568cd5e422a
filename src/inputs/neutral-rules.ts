import { capacityRules } from './capacity.ts';
import type { Rule } from '../core/spec/rule.ts';
import { strategyRules } from './strategy.ts';

/** Those of every platform that reads the inputs they are about. */
export const neutralRules: readonly Rule[] = [...capacityRules, ...strategyRules];
