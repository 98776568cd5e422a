import type { FailurePage } from '../failure-pages.ts';
import type { SmokeReport } from './report.ts';

/** The page for a test that failed: that of the first check that did, or of a difference whose cause is known. */
export function failurePage({ checks, causes, kind, parity }: SmokeReport): FailurePage | undefined {
  if (causes.length > 0) return 'predictions-differ';
  const name = checks.find(({ passed }) => !passed)?.name ?? '';
  if (name === kind) return parity?.compared === 0 ? 'nothing-compared' : 'predictions-differ';
  if (name.startsWith('accuracy')) return 'accuracy';
  if (name.endsWith(' latency')) return 'latency';
  if (name.startsWith('probe: ')) return 'probes';
  return ['answers', 'error rate'].includes(name) ? 'no-answer' : undefined;
}
