/** The comment on a pull request, as Markdown. Pure. Everything that comes from the run is escaped. */
import { code, details, escapeMarkdown, table } from '../../core/markdown.ts';
import type { FinishedRun } from '../../core/pull-requests.ts';
import { STEPS, type Check, type StepId, type VerifyResult } from './results.ts';

/** The first line, by which the comment is found again. */
export const COMMENT_MARKER = '<!-- ml-deploy: result of a pull request -->';
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;

const ENDINGS: Readonly<Record<string, string>> = {
  success: '✅ The model passed',
  failure: '❌ The check of the model failed',
  cancelled: '⚪ The check of the model was cancelled',
};
const SIGNS: Readonly<Record<string, string>> = {
  success: '✅',
  failure: '❌',
  cancelled: '⚪',
  skipped: '⏭️',
};

export function commentBody(run: FinishedRun, results: readonly VerifyResult[]): string {
  const head = [
    COMMENT_MARKER,
    `### ${ENDINGS[run.conclusion] ?? '⚪ The check of the model ended without a result'}`,
    `Commit ${code(run.commit.slice(0, 12))}, [run ${run.id}](${run.url}), with its summary and reports.`,
  ];
  const none = 'The run ended before the model was packed, or it has no job that does so.';
  const parts = results.length === 0 ? [none] : results.map(part);
  // The whole of each model, as far as it fits.
  const kept = parts.filter((_, i) => [...head, ...parts.slice(0, i + 1)].join('\n\n').length <= LONGEST);
  const left = parts.length - kept.length;
  const rest = left === 0 ? [] : [`${left} more in the summary of the run.`];
  return [...head, ...kept, ...rest].join('\n\n');
}

function part({ model, steps, outputs, checks, changes, problems }: VerifyResult): string {
  const ids = Object.keys(STEPS) as StepId[];
  const rows = ids.map((id) => [STEPS[id], SIGNS[steps[id]] ?? '', found(id, outputs)]);
  const blocks = [`#### ${escapeMarkdown(model)}`, table(['Step', '', 'Result'], rows)];
  if (checks.length > 0) blocks.push(table(['Check', '', 'Result'], checks.map(checkRow)));
  if (changes.length > 0) {
    const planned = changes.map(([field, to]) => [code(field), code(to)]);
    blocks.push(details('Plan (of the endpoint on the runner)', table(['Field', 'Value'], planned)));
  }
  blocks.push(...problems.map((problem) => `Not shown: ${escapeMarkdown(problem)}.`));
  return blocks.join('\n\n');
}

function checkRow({ name, passed, message }: Check): string[] {
  return [escapeMarkdown(name), passed ? '✅' : '❌', escapeMarkdown(message)];
}

function found(id: StepId, outputs: VerifyResult['outputs']): string {
  const of = (name: string) => outputs.get(`${id}.${name}`) ?? '';
  if (id === 'package') return named('model', of('model-digest').slice(0, 12));
  if (id === 'plan') return named('', of('outcome'));
  if (id !== 'smoke') return '';
  const values = [
    named('compared', of('compared')),
    named('outside the tolerance', of('mismatches')),
    named('accuracy', of('accuracy').slice(0, 6)),
    named('p95 in ms', of('p95-ms')),
  ];
  return values.filter((value) => value !== '').join(', ');
}

function named(name: string, value: string): string {
  return value === '' ? '' : `${name} ${code(value)}`.trim();
}
