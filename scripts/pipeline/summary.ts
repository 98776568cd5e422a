/** The end of the main job on the terminal. */
import { styleText } from 'node:util';
import { relative } from 'node:path';
import type { ReleaseResult } from './route.ts';
import type { StepRecord } from './steps.ts';

export interface PipelineReport {
  readonly steps: readonly StepRecord[];
  readonly results: readonly ReleaseResult[];
  /** '' if every step did what it should. */
  readonly failure: string;
  readonly url: string;
  readonly kept: boolean;
  /** A file with one row for the endpoint, from this folder; null if the cases are no JSON. */
  readonly row: string | null;
  readonly milliseconds: number;
}

/** What a release's last decisive smoke test said, as texts. */
export interface ReleaseFigures {
  readonly parity: string;
  readonly accuracy: string;
  readonly p95: string;
}

export function figuresOf(result: ReleaseResult): ReleaseFigures {
  const failed = result.smoke.find((outputs) => outputs.passed !== 'true');
  const decisive = failed ?? result.smoke.at(-1) ?? {};
  const { compared = '0', mismatches = '0' } = decisive;
  return {
    parity: mismatches === '0' ? `${compared} values agree` : `${mismatches} of ${compared} values differ`,
    accuracy: decisive.accuracy ? Number(decisive.accuracy).toFixed(3) : '-',
    p95: decisive['p95-ms'] ? `${Number(decisive['p95-ms']).toFixed(1)} ms` : '-',
  };
}

export function printSummary(report: PipelineReport, htmlPath: string): void {
  if (report.results.length > 0) printReleases(report);
  printEnd(report, htmlPath);
}

function printReleases(report: PipelineReport): void {
  console.log(`\n${styleText('bold', 'Summary')}`);
  const header = ['release', 'ending', 'model', 'parity', 'accuracy', 'p95', 'serves after it'];
  const rows = report.results.map((result) => {
    const { parity, accuracy, p95 } = figuresOf(result);
    const { name, ending } = result.story;
    return [
      name,
      ending,
      result.modelDigest.slice(0, 12),
      parity,
      accuracy,
      p95,
      result.runningVersion.slice(0, 12),
    ];
  });
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    console.log(`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
  }
}

function printEnd(report: PipelineReport, htmlPath: string): void {
  const seconds = (report.milliseconds / 1000).toFixed(1);
  const ran = report.steps.filter((step) => step.status !== 'skipped').length;
  const skipped = report.steps.length - ran;
  console.log(
    `\n  ${ran} ${ran === 1 ? 'step' : 'steps'} ran, ${skipped} skipped, ${seconds} s. The same as a page: ${relative(process.cwd(), htmlPath)}`,
  );
  printTry(report);
  if (report.failure === '') console.log(styleText('green', '\nEvery step did what it should.'));
  else console.log(styleText('red', `\nFAILED: ${report.failure}`));
}

function printTry(report: PipelineReport): void {
  if (report.url === '') return;
  if (!report.kept) {
    console.log('  The endpoint was torn down; `npm run pipeline -- --keep` leaves it serving.');
  } else {
    console.log(`\n  The endpoint serves at ${report.url}`);
    if (report.row !== null) console.log(`  Try it:\n    ${curlLine(report.url, report.row)}`);
    console.log('  Stop it: npm run pipeline -- --stop');
  }
}

export function curlLine(url: string, row: string): string {
  return `curl -H 'content-type: application/json' --data-binary @${row} ${url}`;
}
