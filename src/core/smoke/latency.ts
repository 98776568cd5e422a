/** Latency and errors of the requests that count; the warm-up is not among them. */

export interface FailureCount {
  /** Continues a sentence: "answered HTTP 500: …". */
  readonly reason: string;
  readonly count: number;
}

export interface LatencyResult {
  /** Requests sent. */
  readonly requests: number;
  readonly failed: number;
  /** failed / requests; null where none was sent. */
  readonly errorRate: number | null;
  /** Requests whose latency is in the figures: those that were answered as they should be. */
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly failures: readonly FailureCount[];
}

const MOST_REASONS = 20;
const OTHER = 'failed in other ways';

export class LatencyTally {
  readonly #latencies: number[] = [];
  readonly #reasons = new Map<string, number>();
  #failed = 0;

  answered(latencyMs: number): void {
    this.#latencies.push(latencyMs);
  }

  failed(reason: string): void {
    this.#failed++;
    const key = this.#reasons.has(reason) || this.#reasons.size < MOST_REASONS ? reason : OTHER;
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1);
  }

  result(): LatencyResult {
    const sorted = Float64Array.from(this.#latencies).sort();
    const requests = sorted.length + this.#failed;
    return {
      requests,
      failed: this.#failed,
      errorRate: requests === 0 ? null : this.#failed / requests,
      n: sorted.length,
      p50: percentile(sorted, 50),
      p95: percentile(sorted, 95),
      p99: percentile(sorted, 99),
      min: sorted[0] ?? null,
      max: sorted.at(-1) ?? null,
      failures: [...this.#reasons]
        .map(([reason, count]) => ({ reason, count }))
        .sort((a, b) => b.count - a.count),
    };
  }
}

/** The smallest value that at least `percent` % of the values do not exceed (nearest rank); null where there is none. */
export function percentile(sorted: ArrayLike<number>, percent: number): number | null {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? null;
}
