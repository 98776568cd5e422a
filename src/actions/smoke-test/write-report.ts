/** The report's files, and the outputs that sum it up. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunContext } from '../../core/ports.ts';
import { htmlOf } from '../../core/smoke/report-html.ts';
import type { SmokeReport } from '../../core/smoke/report.ts';
import { runFile } from '../../core/workspace.ts';
import type { SmokePorts } from './ports.ts';
import type { Inputs } from './inputs.ts';

/** Every output has a value from the first moment on, whatever happens later. */
export function setEmptyOutputs({ report }: SmokePorts): void {
  report.output('passed', false);
  report.output('compared', 0);
  report.output('mismatches', 0);
  report.output('rolled-back', false);
  for (const name of ['max-abs-diff', 'accuracy', 'p50-ms', 'p95-ms', 'p99-ms', 'error-rate'] as const) {
    report.output(name, '');
  }
  for (const name of ['report-json', 'report-junit', 'report-html', 'release-digest'] as const) {
    report.output(name, '');
  }
}

export function setOutputs(
  { passed, parity, accuracy, latency, rollback }: SmokeReport,
  { report }: SmokePorts,
): void {
  report.output('passed', passed);
  report.output('compared', parity?.compared ?? 0);
  report.output('mismatches', parity?.mismatches ?? 0);
  report.output('max-abs-diff', parity?.maxAbsDiff ?? '');
  report.output('accuracy', accuracy?.accuracy ?? '');
  report.output('rolled-back', rollback?.rolledBack ?? false);
  if (latency === null) return;
  report.output('p50-ms', milliseconds(latency.p50));
  report.output('p95-ms', milliseconds(latency.p95));
  report.output('p99-ms', milliseconds(latency.p99));
  report.output('error-rate', latency.errorRate ?? '');
}

function milliseconds(value: number | null): number | '' {
  return value === null ? '' : Math.round(value * 1000) / 1000;
}

/** Writes report.json, report.junit.xml and report.html, and sets their paths as outputs. */
export async function writeReport(
  report: SmokeReport,
  { reportDir }: Inputs,
  ports: SmokePorts,
): Promise<void> {
  const folder = await folderOf(report, reportDir, ports.context);
  await mkdir(folder, { recursive: true });
  // Loaded only here: the XML library takes longer to load than everything else together.
  const { junitOf } = await import('../../core/smoke/report-junit.ts');
  const files = [
    ['report-json', 'report.json', `${JSON.stringify(report, null, 2)}\n`],
    ['report-junit', 'report.junit.xml', junitOf(report)],
    ['report-html', 'report.html', htmlOf(report, await ports.chartLibrary())],
  ] as const;
  for (const [output, name, content] of files) {
    await writeFile(join(folder, name), content);
    ports.report.output(output, join(folder, name));
  }
}

/** Several tests of one job, such as of the candidate and of the live version, keep a folder each. */
async function folderOf(
  { kind, subject, createdAt }: SmokeReport,
  given: string | null,
  context: RunContext,
): Promise<string> {
  if (given !== null) return resolve(context.workspace, given);
  const name = subject.candidate ?? subject.endpoint ?? (kind === 'model check' ? 'model' : 'url');
  return runFile(context, `smoke-test-${name}-${createdAt.replace(/[^0-9TZ]/g, '')}`);
}
