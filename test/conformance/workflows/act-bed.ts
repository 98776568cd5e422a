/** A user's repository with GitHub and Slack emulated, whose workflows run under act. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { layOutForServer } from '../../../scripts/release-tree.ts';
import { runAct, SELF, type WorkflowRun, type WorkflowStart } from './act.ts';
import { INITIATOR, REPOSITORY, startPeople, type People } from './people.ts';
import { makeRepository, type UserRepository } from './user-repository.ts';

export { missingAct, type WorkflowRun } from './act.ts';

/** What a start may leave open. */
export type Start = Pick<WorkflowStart, 'workflow' | 'event' | 'log'> & Partial<WorkflowStart>;

export interface ActBed {
  readonly people: People;
  readonly repository: UserRepository;
  /** The folder that jobs know as ML_DEPLOY_BED. */
  readonly folder: string;
  /** The release that the jobs run. */
  readonly tree: string;
  /** A folder that all jobs have, for an artifact store. */
  readonly store: string;
  run(start: Start): Promise<WorkflowRun>;
  /** Runs deploy-ml-model.yml as for a push of this release of the sample to a branch. */
  push(branch: string, release: string, more?: Partial<WorkflowStart>): Promise<WorkflowRun>;
  /** The same as for a pull request from that branch, with no secret but the job's own token. */
  pullRequest(branch: string, release: string, more?: Partial<WorkflowStart>): Promise<WorkflowRun>;
  /** Runs a workflow as by hand, on a branch that there is. */
  dispatch(
    workflow: string,
    branch: string,
    inputs: object,
    more?: Partial<WorkflowStart>,
  ): Promise<WorkflowRun>;
  close(): Promise<void>;
}

export interface ActBedOptions {
  /** A file beside this one that becomes ml-deploy.yml, with `@STORE@` for the URL of `store`. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
}

export async function startActBed(options: ActBedOptions): Promise<ActBed> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-act-'));
  const store = join(folder, 'store');
  const tree = join(folder, 'release');
  // act knows neither `$/` nor `deployment: false`: what runs here is the rewritten copy for GitHub Enterprise Server.
  layOutForServer(tree, SELF);
  const config = readFileSync(join(import.meta.dirname, options.config), 'utf8');
  const url = pathToFileURL(store).href;
  const repository = makeRepository(join(folder, 'repository'), config.replaceAll('@STORE@', url));
  const people = await startPeople();
  let lastRun = 100;
  const run = ({ env, secrets, vars, ...start }: Start) => {
    const filled = {
      actor: INITIATOR,
      runId: String(++lastRun),
      payload: { repository: repositoryPayload() },
      ...start,
      env: { ...people.env, ...options.env, ...env },
      secrets: secrets ?? {
        GITHUB_TOKEN: people.token,
        SLACK_BOT_TOKEN: people.slack.token,
        ...options.secrets,
      },
      vars: { ...options.vars, ...vars },
    };
    return runAct(filled, { folder, repository: repository.path, tree });
  };
  const commit = (branch: string, release: string) => {
    repository.write('model/trained-release', release);
    repository.commit(branch, `${release} to ${branch}`);
  };
  return {
    people,
    repository,
    folder,
    tree,
    store,
    run,
    push: (branch, release, more) => {
      commit(branch, release);
      const payload = { ref: `refs/heads/${branch}`, repository: repositoryPayload() };
      return run({ workflow: 'deploy-ml-model', event: 'push', payload, log: branch, ...more });
    },
    pullRequest: (branch, release, more) => {
      commit(branch, release);
      const pull_request = { number: 7, head: { ref: branch }, base: { ref: 'develop' } };
      const payload = { number: 7, pull_request, repository: repositoryPayload() };
      const secrets = { GITHUB_TOKEN: people.token };
      const event = 'pull_request';
      return run({ workflow: 'deploy-ml-model', event, payload, secrets, log: event, ...more });
    },
    dispatch: (workflow, branch, inputs, more) => {
      repository.checkOut(branch);
      const payload = { inputs, ref: `refs/heads/${branch}`, repository: repositoryPayload() };
      return run({ workflow, event: 'workflow_dispatch', payload, ...more });
    },
    close: async () => {
      await people.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function repositoryPayload(): object {
  return { full_name: REPOSITORY, default_branch: 'main' };
}
