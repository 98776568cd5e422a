import { expect, test } from 'vitest';
import { failurePage } from '../../../../src/core/smoke/failure-page.ts';
import type { SmokeReport } from '../../../../src/core/smoke/report.ts';

const check = (name: string, passed = false) => ({ name, passed }) as SmokeReport['checks'][number];
const report = (given: Partial<SmokeReport>) =>
  ({ kind: 'parity', causes: [], checks: [], parity: null, ...given }) as unknown as SmokeReport;
const compared = (count: number, loose: readonly string[] = []) =>
  ({ compared: count, mismatches: 0, loose }) as unknown as SmokeReport['parity'];

test.each([
  ['answers', 'no-answer'],
  ['error rate', 'no-answer'],
  ['parity', 'predictions-differ'],
  ['accuracy', 'accuracy'],
  ['labels', 'accuracy'],
  ['mean absolute error', 'accuracy'],
  ['AUC', 'accuracy'],
  ['accuracy drop', 'accuracy'],
  ['p95 latency', 'latency'],
  ['probe: empty batch', 'probes'],
])('%s has the page %s, whatever failed after it', (name, page) => {
  const checks = [check('other', true), check(name), check('p50 latency')];
  expect(failurePage(report({ checks, parity: compared(9) }))).toBe(page);
});

test('nothing compared is another page than what differs, and a known cause is always one of those', () => {
  const checks = [check('parity')];
  expect(failurePage(report({ checks, parity: compared(0) }))).toBe('nothing-compared');
  const loose = compared(9, ['Nothing is proven for "y".']);
  expect(failurePage(report({ checks, parity: loose }))).toBe('nothing-compared');
  const causes = [{ kind: 'class order', message: 'Swapped.' }] as const;
  expect(failurePage(report({ checks: [check('accuracy')], causes }))).toBe('predictions-differ');
});
