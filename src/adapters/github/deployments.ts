/** Requests that outlive their run, on GitHub: Deployments, their states, and the reviews of a run. */
import type { DeploymentDraft, DeploymentHost, StatusDraft } from '../../core/approval/deployment-host.ts';
import type { Deployment } from '../../core/approval/deployment-host.ts';
import { UserError } from '../../core/errors.ts';
import { tokenError, type GitHubApi } from './client.ts';
import { deployment, deploymentStatus, environmentReview } from './shapes.ts';

export interface Place {
  readonly owner: string;
  readonly repo: string;
}

const REPO = '/repos/{owner}/{repo}';
/** GitHub refuses a longer one. */
const LONGEST_DESCRIPTION = 140;

export function deploymentHost(api: GitHubApi, at: Place): DeploymentHost {
  return {
    createDeployment: (draft) => createDeployment(api, at, draft),
    deployments: ({ task, environment, since }) =>
      api.list(
        `GET ${REPO}/deployments`,
        { ...at, task, ...(environment === null ? {} : { environment }) },
        {
          what: 'list the deployments',
          item: deployment,
          enough: ({ createdAt }) => Date.parse(createdAt) < Date.parse(since),
        },
      ),
    deployment: (id) =>
      api.call<Deployment | null>(
        `GET ${REPO}/deployments/{deployment_id}`,
        { ...at, deployment_id: id },
        { what: 'read the deployment', read: deployment, on: { 404: () => null } },
      ),
    setStatus: (id, status) =>
      api.call(
        `POST ${REPO}/deployments/{deployment_id}/statuses`,
        { ...at, deployment_id: id, ...statusBody(status) },
        { what: 'write the state of the deployment', read: deploymentStatus },
      ),
    statuses: async (id) => {
      const path = `GET ${REPO}/deployments/{deployment_id}/statuses`;
      const what = { what: 'read the states of the deployment', item: deploymentStatus };
      const statuses = await api.list(path, { ...at, deployment_id: id }, what);
      return statuses.sort((a, b) => a.id - b.id);
    },
    reviews: (runId) =>
      api.list(
        `GET ${REPO}/actions/runs/{run_id}/approvals`,
        { ...at, run_id: runId },
        { what: 'read the reviews of the run', item: environmentReview, on: { 404: noRun(runId) } },
      ),
  };
}

/** Other models of the repository deploy to the same environment, so GitHub must not retire their deployments. */
function statusBody({ state, description, logUrl, environmentUrl }: StatusDraft) {
  return {
    state,
    description: description.slice(0, LONGEST_DESCRIPTION),
    auto_inactive: false,
    ...(logUrl === '' ? {} : { log_url: logUrl }),
    ...(environmentUrl === '' ? {} : { environment_url: environmentUrl }),
  };
}

/** Without auto_merge and required_contexts GitHub merges the default branch, and wants the run's own check to pass. */
function createDeployment(api: GitHubApi, at: Place, draft: DeploymentDraft): Promise<Deployment> {
  const { ref, task, environment, description, payload } = draft;
  const refused = (said: string, cause: unknown): never => {
    throw new UserError(
      `GitHub refused to create a deployment of ${ref} to ${environment} (${said}). The plan’s commit must be in ` +
        `${at.owner}/${at.repo}.`,
      { cause },
    );
  };
  const missing = (said: string, cause: unknown): never => {
    throw tokenError(
      `The token cannot create deployments in ${at.owner}/${at.repo}, or there is no such repository (${said}).`,
      cause,
    );
  };
  return api.call<Deployment>(
    `POST ${REPO}/deployments`,
    {
      ...at,
      ref,
      task,
      environment,
      payload,
      description: description.slice(0, LONGEST_DESCRIPTION),
      auto_merge: false,
      required_contexts: [],
    },
    {
      what: 'create a deployment',
      read: deployment,
      on: { 404: missing, 409: refused, 422: refused },
    },
  );
}

function noRun(runId: string) {
  return (said: string, cause: unknown): never => {
    throw tokenError(`The run ${runId} does not exist, or the token cannot read it (${said}).`, cause);
  };
}
