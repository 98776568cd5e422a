/** What a registry's vulnerability scan found, and whether it blocks. */

/** From the worst to the mildest. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  /** Such as CVE-2024-1234. */
  readonly name: string;
  readonly severity: string;
  /** Such as `openssl 3.0.11`; '' if it is unknown. */
  readonly package: string;
  readonly url: string;
}

export interface ScanState {
  readonly status: 'running' | 'done' | 'impossible';
  /** The platform's own word and reason, for messages. */
  readonly detail: string;
  /** By severity, as the platform counts them. */
  readonly counts: Readonly<Record<string, number>>;
  /** The first of them, not all. */
  readonly findings: readonly Finding[];
}

/** Counts in the order of severity; a severity that this code does not know comes last. */
export function sortedCounts(counts: Readonly<Record<string, number>>): [severity: string, count: number][] {
  const known = SEVERITIES.filter((severity) => counts[severity] !== undefined);
  const unknown = Object.keys(counts).filter((name) => !SEVERITIES.some((severity) => severity === name));
  return [...known, ...unknown.sort()].map((severity) => [severity, counts[severity] ?? 0]);
}

/** How many findings are as bad as `level`, or worse. */
export function findingsFrom(counts: Readonly<Record<string, number>>, level: Severity): number {
  const worst = SEVERITIES.slice(0, SEVERITIES.indexOf(level) + 1);
  return worst.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
}
