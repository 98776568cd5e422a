/**
 * Mode environment: if GitHub's own protection rules held the job, the reviews of this run are read and bound to the
 * plan that this run made. https://docs.github.com/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run
 */
import { loginKey } from '../../core/approval/approvers.ts';
import type { EnvironmentReview } from '../../core/approval/deployment-host.ts';
import { shortDigest } from '../../core/canonical-json.ts';
import { OutcomeError, UserError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { RunContext } from '../../core/ports.ts';
import type { Gate } from './checks.ts';
import { passOn, summaryOf, type Approving } from './outputs.ts';
import type { Connected } from './ports.ts';

const LONGEST_COMMENT = 500;

export async function environment(gate: Gate, ports: Connected): Promise<void> {
  const { plan, environment: name } = gate;
  const { host, context, report } = ports;
  checkRun(plan, context);
  const reviews = await host.reviews(context.runId);
  const about = reviews.filter(({ environments }) => environments.includes(name ?? ''));
  const rejected = about.filter(({ state }) => state === 'rejected');
  if (rejected.length > 0) {
    report.output('status', 'denied');
    throw new OutcomeError(`${name} was rejected by ${names(rejected)}; nothing was changed.`, {
      page: 'approval',
    });
  }
  const allowed = await allowedOf(gate, ports);
  const counting = about.filter((review) => allowed(review) && isOfAttempt(review, plan, context));
  const votes = once(counting).map((review) => voteOf(review, ports));
  if (votes.length < gate.minimumApprovals) {
    report.output('status', 'denied');
    throw new OutcomeError(shortfall(gate, about, votes.length, context), { page: 'approval' });
  }
  await passOn(plan, name, votes, ports);
  report.output('status', 'approved');
  report.summary(summaryOf({ ...gate, kind: 'approved', issue: null, by: votes.map(({ login }) => login) }));
}

/** GitHub's reviewers let a run go on: that says nothing about a plan that another run made. */
function checkRun(plan: Plan, { runId, runUrl }: RunContext): void {
  if (plan.run === runId || (runUrl !== '' && plan.run === runUrl)) return;
  throw UserError.of([
    {
      where: 'plan-path',
      message: `the plan was made by the run ${plan.run || '(unknown)'}, not by this run (${runUrl || runId}), whose reviews are read.`,
      fix: 'Plan in an earlier job of the same run.',
    },
  ]);
}

/**
 * GitHub lists the reviews of all attempts of a run, and does not say of which attempt one is. A re-run may have made
 * another plan since; so there, a review counts if its comment names the plan.
 */
function isOfAttempt({ comment }: EnvironmentReview, { digest }: Plan, context: RunContext): boolean {
  return !isRerun(context) || comment.toLowerCase().includes(shortDigest(digest));
}

function isRerun({ runAttempt }: RunContext): boolean {
  return Number(runAttempt || 1) > 1;
}

/** A person, other than those who started the run; one of approvers if that is given. */
async function allowedOf(gate: Gate, { host }: Connected): Promise<(review: EnvironmentReview) => boolean> {
  const { users, teams } = gate.approvers;
  const members = [];
  for (const team of teams) members.push(...(await host.teamMembers(team)));
  const named = new Set([...users, ...members].map(loginKey));
  const excluded = new Set(gate.excluded.map(loginKey));
  const isNamed = (login: string) => (users.length + teams.length === 0 ? true : named.has(loginKey(login)));
  return ({ login, userType, state }) =>
    state === 'approved' &&
    login !== '' &&
    userType === 'User' &&
    !excluded.has(loginKey(login)) &&
    isNamed(login);
}

function once(reviews: readonly EnvironmentReview[]): EnvironmentReview[] {
  return [...new Map(reviews.map((review) => [loginKey(review.login), review])).values()];
}

/** GitHub tells neither the time of a review nor a link to it: the time is that of reading, the link is the run. */
function voteOf({ login, comment }: EnvironmentReview, { clock, context }: Connected): Approving {
  const said = comment.slice(0, LONGEST_COMMENT);
  return { login, at: clock.now().toISOString(), url: context.runUrl, said };
}

function names(reviews: readonly EnvironmentReview[]): string {
  return once(reviews)
    .map(({ login }) => login)
    .join(', ');
}

function shortfall(
  gate: Gate,
  about: readonly EnvironmentReview[],
  count: number,
  context: RunContext,
): string {
  const { minimumApprovals, environment: name, plan } = gate;
  const rerun = isRerun(context)
    ? ` In a re-run, a review counts only if its comment contains the first digits of the plan's digest, ${shortDigest(plan.digest)}, because GitHub also lists the reviews of earlier attempts.`
    : '';
  if (about.length === 0) {
    return `Nobody reviewed ${name} in this run: the job needs "environment: ${name}", and that environment required reviewers.`;
  }
  return (
    `${count} of ${minimumApprovals} approvals of ${name} count (reviewed by ${names(about)}): those of bots, of the person who ` +
    `started the run, and of people not in approvers do not.${rerun}`
  );
}
