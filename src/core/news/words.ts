/** What is new in a plan, for people: the rows of a request and a summary, and the one line of a message. Pure. */
import type { CommitBetween, PlanNews, TestedRelease } from '../../documents/plan-news.ts';
import { clip } from '../clip.ts';
import { counted } from '../counted.ts';
import { code, escapeMarkdown, table } from '../markdown.ts';
import { percent, round } from '../smoke/check.ts';

/** What a report says of the new model: the figures that can be set beside those of what serves. */
export interface NewFigures {
  readonly accuracy: number | null;
  readonly mae: number | null;
}

const TITLE = 100;
const SHOWN_AUTHORS = 5;

/** Blocks of Markdown. @param figures of a report about the new model; null if there is none */
export function newsBlocks(news: PlanNews, figures: NewFigures | null): string[] {
  const rows = [
    ...figureRows(news, figures ?? figuresOf(news.tested)),
    ...testedRows(news),
    ...signatureRows(news),
    ...commitRows(news),
  ];
  const unknown = news.unknown.map((line) => `- ${escapeMarkdown(clip(line, 400))}`).join('\n');
  return [
    ...(rows.length === 0 ? [] : [table(['', ''], rows)]),
    ...(news.commits === undefined || news.commits.newest.length === 0 ? [] : [commitTable(news.commits)]),
    ...(unknown === '' ? [] : [unknown]),
  ];
}

/** One line; '' if nothing serves yet. */
export function newsSentence(news: PlanNews): string {
  const { serves, signature, commits } = news;
  const parts = [
    ...(commits === undefined ? [] : [commitsInWords(commits.total, commits.behind)]),
    ...(commits === undefined || commits.newest.length === 0 ? [] : [`by ${authors(commits.newest)}`]),
  ];
  const before = figureInWords(figuresOf(serves?.tested));
  return [
    parts.join(' '),
    signature === undefined
      ? ''
      : signature.length === 0
        ? 'same inputs and outputs'
        : 'other inputs or outputs',
    before === '' ? '' : `what serves: ${before}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function figuresOf(tested: TestedRelease | undefined): NewFigures | null {
  return tested === undefined ? null : { accuracy: tested.accuracy, mae: tested.mae ?? null };
}

function figureInWords(figures: NewFigures | null): string {
  if (figures?.accuracy != null) return `accuracy ${percent(figures.accuracy)}`;
  return figures?.mae == null ? '' : `mean absolute error ${round(figures.mae)}`;
}

/** The cases of then need not be those of now, so it is said when the older figure was measured. */
function figureRows({ serves }: PlanNews, now: NewFigures | null): string[][] {
  const before = figuresOf(serves?.tested);
  const name = (now ?? before)?.accuracy != null ? 'Accuracy' : 'Mean absolute error';
  const [next, last] = [figureInWords(now), figureInWords(before)];
  if (next === '' && last === '') return [];
  const then = serves?.tested === undefined ? '' : `, measured ${serves.tested.at.slice(0, 10)}`;
  const old =
    last === '' ? 'that of what serves is not known' : `what serves: ${valueInWords(before)}${then}`;
  return [[name, `${next === '' ? 'not measured' : valueInWords(now)}${changeOf(now, before)} (${old})`]];
}

/** `98.6 %, +1.4 points (before: 97.2 %)`; '' if there is no figure. */
export function figureAndChange(now: NewFigures, before: NewFigures): string {
  const [next, last] = [valueInWords(now), valueInWords(before)];
  return next === '' || last === '' ? next : `${next}${changeOf(now, before)} (before: ${last})`;
}

function valueInWords(figures: NewFigures | null): string {
  return figureInWords(figures).replace(/^\D+(?=\d)/, '');
}

function changeOf(now: NewFigures | null, before: NewFigures | null): string {
  const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±');
  if (now?.accuracy != null && before?.accuracy != null) {
    const points = 100 * (now.accuracy - before.accuracy);
    // As exact as the two figures are shown; a smaller change is none that anybody sees in them.
    const shown = Math.round(Math.abs(points) * 100) / 100;
    return `, ${sign(shown === 0 ? 0 : points)}${shown} points`;
  }
  if (now?.mae == null || before?.mae == null) return '';
  const difference = now.mae - before.mae;
  return `, ${sign(difference)}${round(Math.abs(difference))}`;
}

function testedRows({ tested }: PlanNews): string[][] {
  if (tested === undefined) return [];
  const { environment, at, compared, mismatches, p95Ms } = tested;
  const values = [
    figureInWords(figuresOf(tested)),
    compared > 0 ? `${compared} values compared, ${mismatches} differ` : '',
    p95Ms === null ? '' : `p95 ${round(p95Ms)} ms`,
  ].filter((part) => part !== '');
  const place = environment === null ? '' : ` in ${code(environment)}`;
  const day = at.slice(0, 10);
  return [[`Verified${place}`, values.length === 0 ? day : `${day}: ${values.join(', ')}`]];
}

function signatureRows({ signature }: PlanNews): string[][] {
  if (signature === undefined) return [];
  const text =
    signature.length === 0 ? 'unchanged' : signature.map((line) => code(clip(line, 200))).join('; ');
  return [['Inputs and outputs', text]];
}

function commitRows({ commits, serves }: PlanNews): string[][] {
  if (commits === undefined || serves === undefined) return [];
  const since = `since ${code(serves.commit.slice(0, 7))}`;
  return [['Commits', `${commitsInWords(commits.total, commits.behind)} ${since}`]];
}

function commitsInWords(total: number, behind: number): string {
  const ahead = total === 0 && behind === 0 ? 'the same commit' : counted(total, 'commit');
  return behind === 0 ? ahead : `${ahead}, and without ${behind} that serve now,`;
}

function authors(commits: readonly CommitBetween[]): string {
  const all = [...new Set(commits.map(({ author }) => clip(author, 40)))];
  const rest = all.length - SHOWN_AUTHORS;
  return all.slice(0, SHOWN_AUTHORS).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function commitTable({ total, newest }: NonNullable<PlanNews['commits']>): string {
  const rows = newest.map(({ sha, title, author, pull }) => [
    code(sha.slice(0, 7)),
    `${code(clip(title, TITLE))}${pull === null ? '' : ` #${pull}`}`,
    code(clip(author, 40)),
  ]);
  const rest = total - newest.length;
  const more = rest > 0 ? `\n\n_… and ${rest} more commits._` : '';
  return table(['Commit', 'Title', 'Author'], rows) + more;
}
