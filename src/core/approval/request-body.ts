/** The request as people read it: an issue's title and body, and, where the plan is in a comment, that. Pure. */
import { shortDigest } from '../canonical-json.ts';
import { clip } from '../clip.ts';
import { costTable } from '../cost/words.ts';
import { newsBlocks, type NewFigures } from '../news/words.ts';
import { code, details, escapeMarkdown, table } from '../markdown.ts';
import type { Plan } from '../../documents/plan.ts';
import { leavesOf } from '../plan/differences.ts';
import { canBeGuessed } from '../plan/environment-digests.ts';
import { stepLines } from '../plan/steps.ts';
import { isBotLogin, loginKey, teamName, type ApproverList } from './approvers.ts';
import type { Evidence } from '../../documents/request-payload.ts';
import { documentOf, type DocumentOf } from './document/document-plan.ts';
import { ours, requestMark } from './marker.ts';
import { wordsFor, type DecisionWords } from './words.ts';

/** What is decided on. */
export interface Subject {
  readonly plan: Plan;
  /** Where it is asked. */
  readonly repository: string;
  readonly environment: string | null;
  readonly runUrl: string;
  readonly commit: string;
  readonly evidence: Evidence | null;
  /** Who started the run that asks. */
  readonly initiators: readonly string[];
}

export interface RequestContent extends Subject {
  readonly approvers: ApproverList;
  readonly minimumApprovals: number;
  readonly excludeInitiator: boolean;
  readonly words: DecisionWords;
  readonly timeoutMinutes: number;
}

/** GitHub takes 65,536 characters; the rest is room for how it may count line ends. */
export const BODY_LIMIT = 65_000;
const TITLE_LIMIT = 250;
const CUT = '\n\n**This request was shortened here, because GitHub limits its length.**\n';
const ROWS = 60;
const VALUE = 200;

export function requestTitle(content: RequestContent, title: string | null): string {
  const place = content.environment === null ? '' : ` in ${content.environment}`;
  const text = title ?? `Approve ${content.plan.endpoint}${place}: plan ${shortDigest(content.plan.digest)}`;
  return clip(text.replace(/\s+/g, ' '), TITLE_LIMIT);
}

/** The issue. The plan is in a comment of its own, of which an edit is seen. */
export function invitationBody(content: RequestContent): string {
  const closing =
    'Closing this issue denies, unless you close it together with an approving comment ("Close with comment"). ' +
    "The first comment shows the plan. If this text, the title or that comment is edited, or an approver's comment is deleted, this request is void.";
  return cutBody([markOf(content), howTo(content, closing)].join('\n\n'));
}

/** The plan as a comment: the same text for the same subject, so a text which says anything else is found out. */
export function planComment(subject: Subject): string {
  return cutBody(ours(subjectParts(subject).join('\n\n')));
}

function markOf({ plan, environment, repository }: RequestContent): string {
  return requestMark({ repository, environment, endpoint: plan.endpoint, plan: plan.digest });
}

function subjectParts(subject: Subject): string[] {
  const { plan } = subject;
  const document = documentOf(plan);
  return [
    '### What is approved',
    ...foreign(subject),
    ...(document === null ? planParts(subject) : documentParts(subject, document)),
    '### Evidence',
    evidence(subject),
    ...findings(plan),
  ];
}

function planParts(subject: Subject): string[] {
  const { plan } = subject;
  return [
    table(['', ''], rowsOf(boundFacts(plan))),
    ...settings(plan),
    '### What is done',
    NOT_BOUND,
    table(['', ''], rowsOf(otherFacts(subject))),
    ...steps(plan),
    changes(plan),
    ...whatItMeans(subject),
  ];
}

/** Blocks for whoever decides, and whoever reads of it later: what is new, and what it costs. */
export function whatItMeans(subject: Pick<Subject, 'plan' | 'evidence'>): string[] {
  return [...news(subject), ...cost(subject.plan)];
}

function documentParts({ plan, commit, runUrl }: Subject, { kind }: DocumentOf): string[] {
  const facts: Fact[] = [
    ['Document', plan.endpoint],
    ['Kind', kind],
    ['Environment', plan.environmentName],
    ['Repository', plan.repository],
    ['Digest', plan.digest],
    ['Content', plan.desired.model],
    ['Commit', plan.commit || commit],
    ['Run', runUrl],
  ];
  return [table(['', ''], rowsOf(facts)), DOCUMENT_BOUND, '### What changes', changes(plan)];
}

/** Said in so many words: people read the whole page, and approve the digest. */
const NOT_BOUND =
  'The plan digest covers the table and the settings above. The rest (steps, changes, what is new, costs, commit and run, ' +
  'the URL of the archive, evidence and checks) is information; the digest does not cover it.';

type Fact = readonly [name: string, value: string | null | undefined];

function rowsOf(facts: readonly Fact[]): string[][] {
  const shown = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return shown.map(([name, value]) => [name, cell(value)]);
}

const DOCUMENT_BOUND =
  'The digest covers every part of the document that counts, its name, the environment and the repository. Values are not shown here: read ' +
  'them where the run has printed the document.';

function foreign({ plan: { origin }, repository }: Subject): string[] {
  if (origin === undefined || loginKey(origin.repository) === loginKey(repository)) return [];
  return [`**Warning:** this release was built in another repository, ${cell(origin.repository)}.`];
}

function howTo(content: RequestContent, closing: string): string {
  const { approvers, words, minimumApprovals, initiators } = content;
  const mentions = [...approvers.users, ...approvers.teams.map(teamName)].map((name) => `@${name}`).join(' ');
  const needed = minimumApprovals === 1 ? 'One approval is' : `${minimumApprovals} approvals are`;
  const out =
    content.excludeInitiator && initiators.length > 0
      ? ` ${initiators.map(code).join(' and ')} started the run and cannot approve it.`
      : '';
  const bots = initiators.filter(isBotLogin).map(code);
  const unknown =
    bots.length === 0
      ? ''
      : ` ${bots.join(' and ')} is a bot: the person behind the run is not known, and can be one of the approvers.`;
  return [
    `${mentions}: a deployment needs your decision. ${needed} needed; one denial denies.${out}${unknown}`,
    `- To approve, comment one of: ${wordsFor(words, 'approve').map(code).join(', ')}`,
    `- To deny, comment one of: ${wordsFor(words, 'deny').map(code).join(', ')}`,
    `- The word must be the whole comment, and an edited comment does not count. ${closing}`,
    `- Without a decision, this request ends after ${minutes(content.timeoutMinutes)}.`,
  ].join('\n');
}

/** All of it is in the digest. */
function boundFacts(plan: Plan): Fact[] {
  const { desired } = plan;
  return [
    ['Endpoint', plan.endpoint],
    ['Environment', plan.environmentName],
    ['Repository', plan.repository],
    ['Target', [plan.target, plan.account, plan.region].filter((part) => part).join(', ')],
    ['Plan digest', plan.digest],
    ['Model digest', desired.model],
    ['Reference model digest', desired.reference],
    ['Image digest', desired.image],
    ['Serves now (content id)', plan.base ?? 'nothing'],
    ['Was rolled back from, at', plan.withdrawn],
    ['Strategy', desired.strategy.type],
    ['Staging', desired.staging],
    ['Container environment', names(desired.environment)],
    ...built(plan),
  ];
}

/** The release record's own words, which are not those of the run that asks. */
function built({ origin }: Plan): Fact[] {
  if (origin === undefined) return [['Built by', 'not known: there is no release record']];
  const { repository, commit, run, actor, store } = origin;
  return [
    ['Built from', `${repository}@${commit}`],
    ['Built by', [actor, run].filter((part) => part !== '').join(', run ')],
    ['Artifact store', store ?? 'a folder of the run'],
  ];
}

/** Names only: values of environment variables never are in issues. */
function names(environment: Plan['desired']['environment']): string {
  const list = Object.keys(environment).join(', ');
  return list !== '' && canBeGuessed(environment) ? `${list} (values can be guessed: no digest-key)` : list;
}

/** What the platform makes of the rest of the request. */
function settings({ desired: { spec, strategy } }: Plan): string[] {
  const { type: _, ...rest } = strategy;
  const rows = [...leavesOf({ strategy: rest, ...spec })];
  if (rows.length === 0) return [];
  const shown = rows.slice(0, ROWS).map(([name, value]) => [escapeMarkdown(clip(name, VALUE)), cell(value)]);
  return [details('Settings', table(['', ''], shown) + more(rows.length, 'settings'))];
}

function otherFacts({ plan, commit, runUrl, initiators }: Subject): Fact[] {
  return [
    ['Asked by', initiators.join(', ')],
    ['Action', plan.action],
    ['Candidate', plan.candidate],
    ['Commit of the plan', plan.commit || commit],
    ['Archive', plan.sources.modelUrl],
    ['Run', runUrl],
  ];
}

function steps(plan: Plan): string[] {
  const lines = stepLines(plan.steps)
    .slice(0, ROWS)
    .map((line) => `1. ${escapeMarkdown(clip(line, VALUE))}`);
  return lines.length === 0 ? [] : [lines.join('\n') + more(plan.steps.length, 'steps')];
}

function changes(plan: Plan): string {
  if (plan.changes.length === 0) return 'The plan has no differences.';
  const rows = plan.changes.slice(0, ROWS);
  const side = (value: string | null) => (value === null ? '_none_' : cell(value));
  const lines = rows.map(({ field, from, to }) => [escapeMarkdown(clip(field, VALUE)), side(from), side(to)]);
  return table(['What', 'Now', 'Planned'], lines) + more(plan.changes.length, 'changes');
}

/** Of the new model, the report says; of what serves, its record does. */
function news({ plan: { news: found }, evidence: report }: Pick<Subject, 'plan' | 'evidence'>): string[] {
  if (found === undefined) return [];
  const figure = (name: string) => {
    const value = report?.rows.find(([key]) => key === name)?.[1];
    return value === undefined || !Number.isFinite(Number(value)) ? null : Number(value);
  };
  const figures: NewFigures = { accuracy: figure('accuracy.accuracy'), mae: figure('quality.endpoint.mae') };
  const isKnown = figures.accuracy !== null || figures.mae !== null;
  const blocks = newsBlocks(found, isKnown ? figures : null);
  return blocks.length === 0 ? [] : ['### What is new', ...blocks];
}

/** A price may change while the plan stays the same, so the digest does not cover it. */
function cost({ cost: found }: Plan): string[] {
  return found === undefined ? [] : ['### What it costs', costTable(found)];
}

function evidence({ evidence: found }: Subject): string {
  if (found === null) return 'There is no smoke report for this request.';
  const isCheck = ([, value]: readonly [string, string]) => /^(passed|failed): /.test(value);
  const lines = ([name, value]: readonly [string, string]) => [
    escapeMarkdown(clip(name, VALUE)),
    cell(value),
  ];
  const checks = found.rows.filter(isCheck).slice(0, ROWS);
  const others = found.rows.filter((row) => !isCheck(row));
  const list = table(['Smoke report', ''], others.slice(0, ROWS).map(lines)) + more(others.length, 'values');
  const parts = [
    verdictOf(found),
    ...(checks.length === 0 ? [] : [table(['Check', 'Result'], checks.map(lines))]),
    ...(others.length === 0 ? [] : [details('Smoke report', list)]),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A check of the model by itself is no test of what will serve, and is not called one. */
function verdictOf({ passed, kind }: Evidence): string {
  if (passed === null) return '';
  if (kind !== 'model check') return passed ? 'The smoke test passed.' : '**The smoke test did not pass.**';
  const result = passed ? 'passed the check' : '**did not pass the check**';
  return `The model by itself ${result}, on the machine of the run: no endpoint was asked, so this is no parity check. The release tests what serves.`;
}

function findings(plan: Plan): string[] {
  if (plan.findings.length === 0) return [];
  const lines = plan.findings
    .slice(0, ROWS)
    .map(({ level, message }) => `- ${escapeMarkdown(level)}: ${escapeMarkdown(clip(message, 400))}`);
  return ['### Checks before the plan', lines.join('\n') + more(plan.findings.length, 'findings')];
}

function more(count: number, what: string): string {
  return count > ROWS ? `\n\n_… and ${count - ROWS} more ${what}._` : '';
}

function cell(value: unknown): string {
  return code(clip(String(value), VALUE));
}

/** A duration in the unit that people would use. */
export function minutes(count: number): string {
  const [amount, unit] =
    count >= 2880 ? [count / 1440, 'day'] : count >= 120 ? [count / 60, 'hour'] : [count, 'minute'];
  const rounded = Math.round(amount * 100) / 100;
  return rounded === 1 ? `one ${unit}` : `${rounded} ${unit}s`;
}

/** Cuts at a line, so no tag or code span is left half. */
export function cutBody(body: string): string {
  if (body.length <= BODY_LIMIT) return body;
  const head = body.slice(0, BODY_LIMIT - CUT.length - '</details>'.length - 2);
  const whole = head.slice(0, head.lastIndexOf('\n'));
  const open = (whole.match(/<details>/g) ?? []).length - (whole.match(/<\/details>/g) ?? []).length;
  return whole + (open > 0 ? '\n\n</details>' : '') + CUT;
}
