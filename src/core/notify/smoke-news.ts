/** What a smoke report has to say in a notification: the outputs that smoke-test would give, and what failed. */
import { parseJsonObject } from '../json-object.ts';
import type { Outputs } from './content.ts';

export interface SmokeNews {
  readonly outputs: Outputs;
  /** One text for each thing that failed. */
  readonly failures: readonly string[];
}

/** @throws Error whose message says what is wrong with the report. */
export function readSmokeNews(text: string): SmokeNews {
  const report = parseJsonObject(text);
  const { verdict, checks, passed } = report;
  const failed = (Array.isArray(checks) ? (checks as unknown[]) : []).flatMap((check) => {
    const { name, message, passed: ok } = (check ?? {}) as Partial<Record<string, unknown>>;
    return ok === false && typeof message === 'string' ? [`${String(name)}: ${message}`] : [];
  });
  const failures =
    passed === false && typeof verdict === 'string' && failed.length === 0 ? [verdict] : failed;
  return { outputs: outputsOf(report), failures };
}

interface Report {
  readonly parity?: { compared?: unknown; mismatches?: unknown; maxAbsDiff?: unknown } | null;
  readonly accuracy?: { accuracy?: unknown } | null;
  readonly quality?: { endpoint?: { mae?: unknown } | null } | null;
  readonly latency?: { p50?: unknown; p95?: unknown; p99?: unknown } | null;
  readonly subject?: { modelDigest?: unknown; endpoint?: unknown } | null;
}

function outputsOf({ parity, accuracy, quality, latency, subject }: Report): Outputs {
  const values: Record<string, unknown> = {
    'model-digest': subject?.modelDigest,
    'endpoint-name': subject?.endpoint,
    compared: parity?.compared,
    mismatches: parity?.mismatches,
    'max-abs-diff': parity?.maxAbsDiff,
    accuracy: accuracy?.accuracy,
    mae: quality?.endpoint?.mae,
    'p50-ms': latency?.p50,
    'p95-ms': latency?.p95,
    'p99-ms': latency?.p99,
  };
  const plain = Object.entries(values).filter(
    (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
  );
  return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
}
