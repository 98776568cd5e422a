/** What errors of Lambda mean to the engine. */
import { isDenied, isMissing, isRefused } from '../../clouds/aws/errors.ts';
import type { Meaning } from '../../deployment/performed.ts';
import { isLost } from './reads.ts';

export const MEANING: Meaning = { isLost, isMissing, isDenied, isRefused };
