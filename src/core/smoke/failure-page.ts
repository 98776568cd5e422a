import type { FailurePage } from '../failure-pages.ts';
import type { SmokeReport } from './report.ts';

const QUALITY = new Set([
  'labels',
  'accuracy',
  'accuracy drop',
  'F1',
  'AUC',
  'mean absolute error',
  'RMSE',
  'R2',
]);

/** The page for a test that failed: that of the first check that did, or of a difference whose cause is known. */
export function failurePage({ checks, causes, kind, parity }: SmokeReport): FailurePage | undefined {
  if (causes.length > 0) return 'predictions-differ';
  const name = checks.find(({ passed }) => !passed)?.name ?? '';
  if (name === kind) return showsDifferences(parity) ? 'predictions-differ' : 'nothing-compared';
  if (name === 'reference') return 'nothing-compared';
  if (QUALITY.has(name)) return 'accuracy';
  if (name.endsWith(' latency')) return 'latency';
  if (name.startsWith('probe: ')) return 'probes';
  return ['answers', 'error rate'].includes(name) ? 'no-answer' : undefined;
}

/** Whether answers were compared, and found to be different. */
function showsDifferences(parity: SmokeReport['parity']): boolean {
  return (parity?.mismatches ?? 0) > 0 || (parity?.compared !== 0 && parity?.loose.length === 0);
}
