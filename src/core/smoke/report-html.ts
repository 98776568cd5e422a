/** The report as one page: nothing is loaded from anywhere, it reads well on a phone, and without scripts too. */
import { shortValue, type ExplainedRow } from './explain.ts';
import { chartsOf, type Chart } from './report-charts.ts';
import { createHash } from 'node:crypto';
import { html, Html } from './html.ts';
import { sayEnvironments, testName, type SmokeReport } from './report.ts';
import { PAGE_STYLE } from './report-style.ts';
import { round } from './check.ts';

/** @param chartLibrary Chart.js, which becomes part of the page */
export function htmlOf(report: SmokeReport, chartLibrary: string): string {
  const charts = chartsOf(report);
  const scripts = charts.length === 0 ? [] : [chartLibrary, DRAW];
  const { passed, verdict, causes, rollback } = report;
  const title = `${testName(report)}: ${passed ? 'passed' : 'failed'}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}" />
        <title>${title}</title>
        <style>
          ${PAGE_STYLE}
        </style>
      </head>
      <body>
        <header class="${passed ? 'passed' : 'failed'}">
          <h1>${title}</h1>
          <p>${verdict}</p>
          ${causes.map(({ message }) => html`<p><strong>Likely cause:</strong> ${message}</p>`)}
          ${rollback ? html`<p><strong>Rollback:</strong> ${rollback.message}</p>` : null}
        </header>
        <main>
          ${checksSection(report)} ${paritySection(report)} ${latencySection(report)} ${chartsSection(charts)}
          ${worstSection(report)} ${logsSection(report)} ${factsSection(report)}
        </main>
        ${scripts.map((script) => new Html(`<script>${script}</script>`))}
      </body>
    </html> `.text;
}

/** Runs the scripts of this page and no others, whatever a text in it may say. https://www.w3.org/TR/CSP3/ */
function policyFor(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return `default-src 'none'; style-src 'unsafe-inline'; script-src ${hashes.join(' ') || "'none'"}`;
}

/** What a chart shows is in the tables too, so nothing is lost without scripts. */
const DRAW = `
'use strict';
const style = getComputedStyle(document.body);
Chart.defaults.color = style.color;
Chart.defaults.borderColor = 'rgba(128, 128, 128, 0.3)';
Chart.defaults.font.family = style.fontFamily;
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
for (const figure of document.querySelectorAll('figure.chart')) {
  figure.hidden = false;
  new Chart(figure.querySelector('canvas'), JSON.parse(figure.querySelector('script').textContent));
}
`;

function chartsSection(charts: readonly Chart[]): Html | null {
  if (charts.length === 0) return null;
  const figures = charts.map(({ title, config }) => {
    // No end tag can be in JSON if every "<" is escaped.
    const json = new Html(JSON.stringify(config).replaceAll('<', '\\u003c'));
    return html`<figure class="chart" hidden="hidden">
      <figcaption>${title}</figcaption>
      <div><canvas role="img" aria-label="${title}"></canvas></div>
      <script type="application/json">
        ${json}
      </script>
    </figure>`;
  });
  return section('Charts', html`${figures}`);
}

function logsSection({ logs }: SmokeReport): Html | null {
  return logs === '' ? null : section('Last log lines of the endpoint', html`<pre>${logs}</pre>`);
}

function checksSection({ checks }: SmokeReport): Html {
  const rows = checks.map(({ name, passed, message }) => [
    html`<span class="${passed ? 'passed' : 'failed'}">${passed ? 'passed' : 'failed'}</span>`,
    html`${name}`,
    html`${message}`,
  ]);
  return section('Checks', tableOf(['', 'Check', 'Results'], rows));
}

function paritySection({ parity, kind, tolerance }: SmokeReport): Html | null {
  if (!parity) return null;
  const rows = parity.outputs.map(({ field, output, compared, mismatches, maxAbsDiff, tolerance: own }) => [
    html`<code>${field}</code>`,
    html`<code>${output}</code>`,
    html`${compared}`,
    html`${mismatches}`,
    html`${numberCell(maxAbsDiff)}`,
    html`${own.atol} + ${own.rtol}`,
  ]);
  const rule = html`<p>
    Equal means |actual − expected| ≤ ${tolerance.atol} + ${tolerance.rtol} · |expected|, unless the table
    says otherwise.
    ${parity.ties > 0 ? html`${parity.ties} labels differ, but the reference hardly prefers one of them, so they do not count.` : null}
  </p>`;
  const table = tableOf(
    ['Answer field', 'Reference output', 'Compared', 'Mismatches', 'Largest difference', 'atol + rtol'],
    rows,
  );
  return section(kind === 'parity' ? 'Parity with the reference' : 'Transport check', html`${rule}${table}`);
}

function latencySection(report: SmokeReport): Html | null {
  const { latency, requests } = report;
  if (!latency) return null;
  const cells = [latency.p50, latency.p95, latency.p99, latency.min, latency.max].map(
    (v) => html`${numberCell(v)}`,
  );
  const table = tableOf(
    ['p50', 'p95', 'p99', 'min', 'max', 'Requests', 'Failed'],
    [[...cells, html`${latency.requests}`, html`${latency.failed}`]],
  );
  const note = html`<p>
    Milliseconds, nearest rank over ${latency.n} answered requests of up to ${requests.rowsEach} rows,
    ${requests.concurrency} at once; ${requests.warmup} for warm-up are left out.
  </p>`;
  const environments = sayEnvironments(report).map((sentence) => html`<p>${sentence}</p>`);
  const failures = latency.failures.map(
    ({ reason, count }) => html`<li>${count} times the endpoint ${reason}</li>`,
  );
  return section(
    'Latency',
    html`${note}${table}${environments}${
      failures.length > 0
        ? html`<ul>
            ${failures}
          </ul>`
        : null
    }`,
  );
}

function worstSection({ worstRows }: SmokeReport): Html | null {
  if (worstRows.length === 0) return null;
  return section('Worst rows', html`${worstRows.map(rowDetails)}`);
}

function rowDetails({ row, differences, input, inputLeftOut }: ExplainedRow): Html {
  const values = differences.map(({ field, index, expected, actual, difference }) => [
    html`<code>${index === null ? field : `${field}[${index}]`}</code>`,
    html`${shortValue(expected)}`,
    html`${shortValue(actual)}`,
    html`${numberCell(difference)}`,
  ]);
  const inputs = input.map(({ name, value }) => html`<li>${name} <code>${value}</code></li>`);
  const more = inputLeftOut > 0 ? html`<li>and ${inputLeftOut} more</li>` : null;
  return html`<article>
    <h3>Row ${row}</h3>
    ${tableOf(['Value', 'Expected', 'Actual', 'Difference'], values)}
    <details>
      <summary>Its input</summary>
      <ul class="input">
        ${inputs}${more}
      </ul>
    </details>
  </article>`;
}

function factsSection({ subject, reference, cases, mapping, ...report }: SmokeReport): Html {
  const facts: [string, string | null][] = [
    ['Proof', report.kind],
    ['URL', subject.url],
    ['Protocol', report.protocol],
    ['Endpoint', subject.endpoint],
    ['Candidate', subject.candidate],
    ['Version', subject.version],
    ['Model digest', subject.modelDigest],
    ['Release record', subject.release],
    ['Reference', reference?.label ?? null],
    ['Reference digest', reference?.digest ?? null],
    ['ONNX Runtime', reference?.runtime ?? null],
    ['Cases', `${cases.rows} rows of ${cases.source}${cases.labelled ? ', with labels' : ''}`],
    [
      'Mapping',
      mapping.map(({ field, output, why }) => `${field} with ${output} (${why})`).join('; ') || null,
    ],
    ['Environment', report.environment],
    ['Commit', report.commit || null],
    ['Run', report.run || null],
    ['At', report.createdAt],
  ];
  const known = facts.flatMap(([name, value]) =>
    value === null
      ? []
      : [
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
        ],
  );
  return section('Tested', html`<dl>${known}</dl>`);
}

function section(title: string, body: Html): Html {
  return html`<section>
    <h2>${title}</h2>
    ${body}
  </section>`;
}

/** On a narrow screen each row becomes a list of its cells under their names. */
function tableOf(header: readonly string[], rows: readonly (readonly Html[])[]): Html {
  const head = header.map((cell) => html`<th>${cell}</th>`);
  const body = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell, at) => html`<td data-name="${header[at] ?? ''}">${cell}</td>`)}
      </tr>`,
  );
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

function numberCell(value: number | null): string {
  return value === null ? '' : round(value);
}
