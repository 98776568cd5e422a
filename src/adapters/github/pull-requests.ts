/** Pull requests on GitHub, as far as the comment with the result of a run needs them. */
import type { PullRequest, PullRequestHost } from '../../core/pull-requests.ts';
import { GitHubApi, type Requester } from './client.ts';
import type { GateHostOptions } from './gate-host.ts';
import { gateComment, pullRequest } from './shapes.ts';

const REPO = '/repos/{owner}/{repo}';

export function createPullRequestHost(requester: Requester, options: GateHostOptions): PullRequestHost {
  const api = new GitHubApi(requester, options);
  const [owner = '', repo = ''] = options.repository.split('/');
  const at = { owner, repo };
  return {
    pullRequests: (headOwner, branch) =>
      api.list<PullRequest>(
        `GET ${REPO}/pulls`,
        { ...at, state: 'open', head: `${headOwner}:${branch}` },
        { what: 'list the pull requests', item: pullRequest },
      ),
    comments: (number) =>
      api.list(
        `GET ${REPO}/issues/{issue_number}/comments`,
        { ...at, issue_number: number },
        { what: 'read the comments', item: gateComment },
      ),
    addComment: (number, body) =>
      api.call(
        `POST ${REPO}/issues/{issue_number}/comments`,
        { ...at, issue_number: number, body },
        { what: 'comment on the pull request', read: gateComment },
      ),
    changeComment: (id, body) =>
      api.call(
        `PATCH ${REPO}/issues/comments/{comment_id}`,
        { ...at, comment_id: id, body },
        { what: 'change the comment', read: gateComment },
      ),
  };
}
