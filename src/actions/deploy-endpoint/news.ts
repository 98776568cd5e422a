/** What a plan changes for people: read from the records of what serves and of what is planned, and from GitHub. */
import { CancelledError, messageOf } from '../../core/errors.ts';
import { readRelease, type ReleasePorts } from '../../core/release/read-release.ts';
import { signatureChanges } from '../../core/release/signature-change.ts';
import { shortVersion, type DeploymentTarget } from '../../core/targets.ts';
import type { CommitsBetween, PlanNews, TestedRelease } from '../../documents/plan-news.ts';
import type { Plan } from '../../documents/plan.ts';
import type { ReleaseRecord } from '../../documents/release-record.ts';
import type { Command } from './inputs.ts';
import type { Sources } from './source-ports.ts';

/** @throws UserError, UpstreamError if GitHub does not show them */
export type ReadCommits = (base: string, head: string) => Promise<CommitsBetween>;

export interface NewsPorts extends ReleasePorts {
  /** The commits that one has and the other has not, of this repository; null without a token. */
  readonly commits: ReadCommits | null;
}

/** The commands after which somebody reads what is new; what was approved was told then. */
const TOLD: readonly Command[] = ['plan', 'deploy', 'stage'];

export async function withNews(
  plan: Plan,
  command: Command,
  sources: Pick<Sources, 'model' | 'release' | 'storeUrl'>,
  target: Pick<DeploymentTarget, 'describe'>,
  ports: NewsPorts,
): Promise<Plan> {
  if (!TOLD.includes(command) || plan.action === 'unchanged') return plan;
  const tested = testedBy(sources.release?.record ?? null);
  const begun: PlanNews = { ...(tested === null ? {} : { tested }), unknown: [] };
  if (plan.base === null) return tested === null ? plan : { ...plan, news: begun };
  const { live } = await target.describe(plan.endpoint);
  if (live === null) return plan;
  const what = `what is different from version ${shortVersion(live.version)}, which serves`;
  if (live.release === null) return { ...plan, news: notKnown(begun, what, 'It has no release record.') };
  let before: ReleaseRecord;
  try {
    before = await readRelease(live.release, sources.storeUrl, ports);
  } catch (error) {
    return { ...plan, news: notKnown(begun, what, reasonOf(error)) };
  }
  return { ...plan, news: await compared(begun, before, plan, sources, ports) };
}

async function compared(
  begun: PlanNews,
  before: ReleaseRecord,
  plan: Plan,
  { model }: Pick<Sources, 'model'>,
  ports: NewsPorts,
): Promise<PlanNews> {
  const { repository, commit } = before.source;
  const tested = testedBy(before);
  const serves = { repository, commit, ...(tested === null ? {} : { tested }) };
  const [was, is] = [before.model.signature, model.signature];
  const signature = was === null || is === null ? {} : { signature: signatureChanges(was, is) };
  const found = { ...begun, serves, ...signature };
  const what = 'the commits between what serves and the new version';
  try {
    const commits = await commitsFor(before, plan, ports);
    return typeof commits === 'string' ? notKnown(found, what, commits) : { ...found, commits };
  } catch (error) {
    return notKnown(found, what, reasonOf(error));
  }
}

const COMMIT = /^[0-9a-f]{40}$/;

/** @returns why there are none to tell */
async function commitsFor(
  { source }: ReleaseRecord,
  { origin, repository }: Plan,
  { commits }: NewsPorts,
): Promise<CommitsBetween | string> {
  if (origin === undefined) return 'The new version has no release record.';
  if (source.repository !== origin.repository || origin.repository !== repository)
    return `They were built in ${source.repository || 'no repository'} and ${origin.repository || 'no repository'}, and this is ${repository || 'no repository'}.`;
  const [base, head] = [source.commit, origin.commit];
  if (!COMMIT.test(base) || !COMMIT.test(head)) return 'A release record names no whole commit.';
  if (base === head) return { total: 0, behind: 0, newest: [] };
  return commits === null ? 'There is no token.' : commits(base, head);
}

function notKnown(news: PlanNews, what: string, why: string): PlanNews {
  return { ...news, unknown: [...news.unknown, `Not known: ${what}. ${why}`] };
}

/** What is beside the plan stops no plan. */
function reasonOf(error: unknown): string {
  if (error instanceof CancelledError) throw error;
  return messageOf(error);
}

function testedBy(record: ReleaseRecord | null): TestedRelease | null {
  if (!record?.smoke || !record.deployment) return null;
  const { compared: values, mismatches, accuracy, mae, p95Ms } = record.smoke;
  return {
    environment: record.deployment.environment,
    at: record.createdAt,
    compared: values,
    mismatches,
    accuracy,
    ...(mae === undefined ? {} : { mae }),
    p95Ms,
  };
}
