import { isRecord } from '../../exact-json.ts';
import type { Label } from '../label.ts';
import type { Case } from './cases.ts';
import type { RawCase } from './raw-case.ts';

/** The field that a bare recorded value stands for. */
export const PREDICTIONS = 'predictions';

/** A row that was checked. */
export function toCase({ instance, label, expected }: RawCase): Case {
  return {
    instance,
    label: label === undefined ? null : (label as Label | readonly Label[]),
    expected: expected === undefined ? null : isRecord(expected) ? expected : { [PREDICTIONS]: expected },
    shapes: null,
  };
}
