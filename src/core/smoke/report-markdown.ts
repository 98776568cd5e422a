/** The report for the job summary: the verdict first. */
import { code, codeBlock, details, escapeMarkdown, table } from '../markdown.ts';
import { shortValue } from './explain.ts';
import { sayEnvironments, testName, type SmokeReport } from './report.ts';
import { round } from './check.ts';

export function markdownOf(report: SmokeReport): string {
  const { passed, verdict, checks, rollback, causes } = report;
  const blocks = [
    `### ${passed ? '✅' : '❌'} ${escapeMarkdown(testName(report))}: ${passed ? 'passed' : 'failed'}`,
    escapeMarkdown(verdict),
    ...causes.map(({ message }) => `**Likely cause:** ${escapeMarkdown(message)}`),
    ...(rollback ? [`**Rollback:** ${escapeMarkdown(rollback.message)}`] : []),
    table(
      ['', 'Check', 'Results'],
      checks.map((check) => [
        check.passed ? '✅' : '❌',
        escapeMarkdown(check.name),
        escapeMarkdown(check.message),
      ]),
    ),
    ...latency(report),
    ...environments(report),
    ...worstRows(report),
    ...logs(report),
    details('Tested', facts(report)),
  ];
  return blocks.join('\n\n');
}

function environments(report: SmokeReport): string[] {
  const said = sayEnvironments(report);
  return said.length === 0 ? [] : [said.join(' ')];
}

function latency({ latency: found, requests }: SmokeReport): string[] {
  if (!found || found.n === 0) return [];
  const cells = [found.p50, found.p95, found.p99, found.max].map((value) =>
    value === null ? '' : round(value),
  );
  const header = [
    'p50 (ms)',
    'p95 (ms)',
    'p99 (ms)',
    'max (ms)',
    'requests',
    'rows each',
    'at once',
    'warm-up',
  ];
  const counts = [found.n, requests.rowsEach, requests.concurrency, requests.warmup].map(String);
  return [table(header, [[...cells, ...counts]]), ...platformTime(found), ...latencyChart(found)];
}

function platformTime({ platform, retries }: Latency): string[] {
  const lines: string[] = [];
  if (platform?.p50 != null && platform.p95 != null) {
    lines.push(
      `Of this, the platform itself took ${round(platform.p50)} ms (p50) and ${round(platform.p95)} ms (p95), by its own figures.`,
    );
  }
  if (retries > 0) lines.push(`The client repeated ${retries} requests; the latency includes this.`);
  return lines.length > 0 ? [lines.join(' ')] : [];
}

/** GitHub draws Mermaid in summaries. https://mermaid.js.org/syntax/xyChart.html */
function latencyChart({ curve, n }: Latency): string[] {
  if (n < 2) return [];
  const values = curve.map(({ ms }) => Number(ms.toPrecision(4)));
  const chart = [
    'xychart-beta',
    '  title "Latency by percentile"',
    `  x-axis [${curve.map(({ percent }) => `"p${percent}"`).join(', ')}]`,
    '  y-axis "ms"',
    `  bar [${values.join(', ')}]`,
  ];
  return [codeBlock(chart.join('\n'), 'mermaid')];
}

type Latency = NonNullable<SmokeReport['latency']>;

function logs({ logs: lines }: SmokeReport): string[] {
  return lines === '' ? [] : [details('Last log lines of the endpoint', codeBlock(lines))];
}

function worstRows({ worstRows: rows }: SmokeReport): string[] {
  if (rows.length === 0) return [];
  const lines = rows.flatMap(({ row, differences }) =>
    differences.map(({ field, index, expected, actual, difference }) => [
      String(row),
      code(index === null ? field : `${field}[${index}]`),
      code(shortValue(expected)),
      code(shortValue(actual)),
      difference === null ? '' : round(difference),
    ]),
  );
  const header = ['Row', 'Value', 'Expected', 'Actual', 'Difference'];
  return [details(`The ${rows.length} worst rows`, table(header, lines))];
}

function facts({ subject, reference, tolerance, cases, mapping, kind, protocol }: SmokeReport): string {
  const lines: [string, string | null][] = [
    ['Proof', kind],
    ['URL', subject.url],
    ['Protocol', protocol],
    ['Version', subject.version],
    ['Model digest', subject.modelDigest],
    ['Release record', subject.release],
    ['Reference', reference && `${reference.label}${reference.runtime ? ` (${reference.runtime})` : ''}`],
    ['Reference digest', reference?.digest ?? null],
    ['Tolerance', `rtol ${tolerance.rtol}, atol ${tolerance.atol}`],
    ['Cases', `${cases.rows} rows of ${cases.source}${cases.labelled ? ', with labels' : ''}`],
    ['Compared', mapping.map(({ field, output }) => `${field} with ${output}`).join(', ') || null],
  ];
  const known = lines.flatMap(([name, value]) => (value === null ? [] : [[name, code(value)]]));
  return table(['', ''], known);
}
