/** The main job's result as one HTML page that needs nothing else. */
import { escapeHtml } from '../../src/core/markdown.ts';
import type { ReleaseResult } from './route.ts';
import type { StepRecord } from './steps.ts';
import { curlLine, figuresOf, type PipelineReport } from './summary.ts';

const STYLE = `
:root { color-scheme: light dark; --good: #1a7f37; --bad: #b35900; --line: #8884; --dim: #777; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0.2rem; } h2 { margin-top: 2.5rem; }
.dim { color: var(--dim); } code { font-size: 0.9em; overflow-wrap: anywhere; }
.releases { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; padding: 0; }
.releases li { list-style: none; border: 1px solid var(--line); border-top: 4px solid var(--good); border-radius: 6px; padding: 0.8rem 1rem; }
.releases li.stopped { border-top-color: var(--bad); }
.releases h3 { margin: 0; } .ending { font-weight: 600; color: var(--good); } .stopped .ending { color: var(--bad); }
dl { margin: 0.6rem 0 0; display: grid; grid-template-columns: auto 1fr; gap: 0.1rem 0.8rem; font-size: 0.9rem; }
dt { color: var(--dim); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.35rem 0.8rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.action { white-space: nowrap; } td.number { text-align: right; white-space: nowrap; } .failed { color: #cf222e; font-weight: 600; }
pre { border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem; overflow-x: auto; }
td { overflow-wrap: anywhere; }
@media (max-width: 34rem) {
  thead { display: none; } table, tbody, tr { display: block; } tr { border-bottom: 1px solid var(--line); padding: 0.3rem 0; }
  td, td.number { display: flex; gap: 0.8rem; border: 0; padding: 0.15rem 0; text-align: left; } td.action { white-space: normal; }
  td::before { content: attr(data-name); flex: 0 0 5rem; color: var(--dim); }
}
`;

export function htmlReport(report: PipelineReport): string {
  const stopped = report.results.filter((result) => result.story.ending !== 'released').length;
  const verdict = report.failure === '' ? 'Every step did what it should.' : report.failure;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ml-deploy: good and bad models on their way to an endpoint</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Good and bad models on their way to an endpoint</h1>
<p class="${report.failure === '' ? '' : 'failed'}">${escapeHtml(verdict)}</p>
<p class="dim">What <code>npm run pipeline</code> did: ${report.results.length} releases, of which
${stopped} were bad and did not stay: refused before they served, or rolled back.
${report.steps.length} steps in ${(report.milliseconds / 1000).toFixed(1)} s. GitHub and Slack were emulators;
the built actions, the model, the archive and the endpoint were real.</p>
<h2>Releases</h2>
<ul class="releases">
${report.results.map(releaseCard).join('\n')}
</ul>
<h2>Steps</h2>
<table>
<thead><tr><th>Release</th><th>Action</th><th>Result</th><th>Seconds</th></tr></thead>
<tbody>
${report.steps.map(stepRow).join('\n')}
</tbody>
</table>
${tryIt(report)}
</body>
</html>
`;
}

function releaseCard(result: ReleaseResult): string {
  const { parity, accuracy, p95 } = figuresOf(result);
  const rows: [string, string][] = [
    ['model', `<code>${escapeHtml(result.modelDigest.slice(0, 12))}</code>`],
    ['plan', `<code>${escapeHtml(result.planDigest.slice(0, 12))}</code>`],
    ['parity', escapeHtml(parity)],
    ['accuracy', escapeHtml(accuracy)],
    ['p95', escapeHtml(p95)],
    ['serves after', `<code>${escapeHtml(result.runningVersion.slice(0, 12))}</code>`],
  ];
  const list = rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
  return `<li class="${result.story.ending === 'released' ? 'released' : 'stopped'}">
<h3>${escapeHtml(result.story.name)}</h3>
<span class="ending">${escapeHtml(result.story.ending)}</span>
<div class="dim">${escapeHtml(result.story.title)}</div>
<dl>${list}</dl>
</li>`;
}

function stepRow(step: StepRecord): string {
  const seconds = step.status === 'skipped' ? 'skipped' : (step.milliseconds / 1000).toFixed(1);
  const why = step.error === '' ? '' : `<div class="dim">${escapeHtml(step.error)}</div>`;
  const failed = step.status === 'not as expected' ? ' class="failed"' : '';
  return `<tr${failed}><td data-name="Release">${escapeHtml(step.release)}</td>
<td class="action" data-name="Action">${escapeHtml(`${step.action} ${step.title}`)}</td>
<td data-name="Result"><div>${escapeHtml(step.result)}${why}</div></td><td class="number" data-name="Seconds">${seconds}</td></tr>`;
}

function tryIt(report: PipelineReport): string {
  if (!report.kept || report.url === '' || report.row === null) return '';
  return `<h2>Try it</h2>\n<pre>${escapeHtml(curlLine(report.url, report.row))}</pre>`;
}
