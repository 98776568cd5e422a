/** The only file that knows @actions/github; loaded only by actions that talk to GitHub. */
import * as core from '@actions/core';
import { getOctokit } from '@actions/github';

export interface OctokitClient {
  request(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<{
    readonly status: number;
    readonly data: unknown;
    readonly headers: Readonly<Record<string, string | number | undefined>>;
  }>;
}

/** A client that honours the runner's proxy settings. `apiUrl` is GITHUB_API_URL, also that of GitHub Enterprise. */
export function createOctokit(token: string, apiUrl: string): OctokitClient {
  const octokit = getOctokit(token, { baseUrl: apiUrl.replace(/\/+$/, '') });
  // On GitHub Enterprise Server, REST lives at /api/v3 and GraphQL at /api/graphql.
  const root = apiUrl.replace(/\/+$/, '').replace(/\/api\/v3$/, '/api');
  return {
    request: async (route, parameters) => {
      // What comes back depends on the route, which nobody knows here.
      const answer: Awaited<ReturnType<OctokitClient['request']>> = await octokit.request(route, {
        ...parameters,
        ...(route === 'POST /graphql' ? { baseUrl: root } : {}),
      });
      return answer;
    },
  };
}

/** The `token` input of the running step, which its post step has too; null if it is not given. */
export function tokenInput(): string | null {
  return core.getInput('token') || null;
}
