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
  /** failed / requests; null if none was sent. */
  readonly errorRate: number | null;
  /** Requests whose latency is in the figures: those that were answered as they should be. */
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly failures: readonly FailureCount[];
  /** How often a client sent a request again by itself; part of what the latency is made of. */
  readonly retries: number;
  /** What the platform says that it took itself; null if it does not tell. */
  readonly platform: { readonly n: number; readonly p50: number | null; readonly p95: number | null } | null;
  /** Latencies by percentile, for charts; empty if nothing was answered. */
  readonly curve: readonly { readonly percent: number; readonly ms: number }[];
}

const MOST_REASONS = 20;
const OTHER = 'failed in other ways';

export class LatencyTally {
  readonly #latencies: number[] = [];
  readonly #reasons = new Map<string, number>();
  readonly #platform: number[] = [];
  #failed = 0;
  #retries = 0;

  answered(latencyMs: number, platformMs: number | null = null): void {
    this.#latencies.push(latencyMs);
    if (platformMs !== null) this.#platform.push(platformMs);
  }

  retried(times: number): void {
    this.#retries += times;
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
      retries: this.#retries,
      platform: platformOf(this.#platform),
      curve: CURVE.flatMap((percent) => {
        const ms = percentile(sorted, percent);
        return ms === null ? [] : [{ percent, ms }];
      }),
    };
  }
}

const CURVE = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 100];

function platformOf(times: readonly number[]): LatencyResult['platform'] {
  if (times.length === 0) return null;
  const sorted = Float64Array.from(times).sort();
  return { n: sorted.length, p50: percentile(sorted, 50), p95: percentile(sorted, 95) };
}

/** The smallest value that at least `percent` % of the values do not exceed (nearest rank); null if there is none. */
export function percentile(sorted: ArrayLike<number>, percent: number): number | null {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? null;
}
