/**
 * Tells a pull request how its run ended, in one comment that later runs change. It runs with a token that may write, in a
 * workflow on `workflow_run`: which pull request is meant, and how the run ended, is what GitHub says. Nothing that the
 * run itself made decides anything.
 */
import { resolve } from 'node:path';
import { loginKey } from '../../core/approval/approvers.ts';
import { UserError } from '../../core/errors.ts';
import type { FinishedRun } from '../../core/pull-requests.ts';
import { COMMENT_MARKER, commentBody } from './comment-body.ts';
import { connected } from './connected.ts';
import type { Inputs } from './inputs.ts';
import type { ResolvePorts, WorkflowHost } from './ports.ts';
import { readResults } from './results.ts';

/** @throws UserError, UpstreamError */
export async function comment({ results, account }: Inputs, ports: ResolvePorts): Promise<void> {
  const { report, log, context } = ports;
  report.output('comment-url', '');
  if (results === null) throw UserError.of([{ where: 'results', message: 'is required for this command.' }]);
  const run = await ports.finishedRun();
  if (run === null) throw new UserError('The run was not started by another run (workflow_run).');
  const host = await connected(ports);
  const numbers = await pullRequestsOf(run, host);
  if (numbers.length === 0) {
    log.info(`No open pull request has the commit ${run.commit} at its head: nothing to comment on.`);
    return;
  }
  const body = commentBody(run, await readResults(resolve(context.workspace, results)));
  for (const number of numbers) {
    const url = await upsert(number, body, account, host);
    report.output('comment-url', url);
    log.info(`Told #${number}: ${url}`);
  }
}

/** The event names none for a fork. A branch that has moved on gets the comment of its newest commit's own run. */
async function pullRequestsOf(run: FinishedRun, host: WorkflowHost): Promise<number[]> {
  const [owner = ''] = run.repository.split('/');
  if (owner === '' || run.branch === '') return [];
  const all = await host.pullRequests(owner, run.branch);
  const mine = all.filter(({ commit, repository }) => commit === run.commit && repository === run.repository);
  return mine.map(({ number }) => number);
}

/** Anybody may write the marker into a comment, so it has to be one of our account too. */
async function upsert(number: number, body: string, account: string, host: WorkflowHost): Promise<string> {
  const comments = await host.comments(number);
  const before = comments.findLast(
    (comment) => loginKey(comment.author) === loginKey(account) && comment.body.startsWith(COMMENT_MARKER),
  );
  if (before === undefined) return (await host.addComment(number, body)).url;
  return (await host.changeComment(before.id, body)).url;
}
