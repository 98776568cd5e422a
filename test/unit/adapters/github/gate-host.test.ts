import { afterEach, describe, expect, it } from 'vitest';
import { createGateHost } from '../../../../src/adapters/github/gate-host.ts';
import type { ApprovalHost } from '../../../../src/core/approval/deployment-host.ts';
import { TransientError } from '../../../../src/core/approval/gate-host.ts';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { createOctokit } from '../../../../src/runner/octokit.ts';
import { startGitHub, type GitHubEmulator } from '../../../fakes/emulators.ts';
import { startHttp, type FakeAnswer, type HttpFake, type SeenRequest } from '../../../fakes/http.ts';

const TOKEN = 'ghs_secret_token_value';
const NOW = new Date('2026-01-02T03:04:05Z');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function host(url: string, token = TOKEN, signal = new AbortController().signal): ApprovalHost {
  return createGateHost(createOctokit(token, url), { repository: 'acme/churn', signal, now: () => NOW });
}

async function fake(answer: (request: SeenRequest, before: number) => FakeAnswer): Promise<HttpFake> {
  const server = await startHttp(answer);
  closers.push(server.close);
  return server;
}

async function thrown(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => new Error('nothing was thrown'),
    (e: unknown) => e,
  );
  return error as Error;
}

const draft = { title: 'Approve', body: 'text', assignees: ['alice'], labels: ['gate'] };

describe('history', () => {
  it('names an app’s account as REST does, which a person’s account of the same name is not', async () => {
    const at = '2026-01-02T03:04:05Z';
    const actors = ['Bot', 'User'].map((__typename) => ({ __typename, login: 'github-actions' }));
    const nodes = actors.map((actor) => ({
      __typename: 'CommentDeletedEvent',
      createdAt: at,
      actor,
      deletedCommentAuthor: actor,
    }));
    const issue = { lastEditedAt: null, comments: { nodes: [] }, timelineItems: { nodes } };
    const { url } = await fake(() => ({ body: { data: { repository: { issue } } } }));
    const history = await host(url).history(1);
    const names = history?.events.map(({ actor, author }) => [actor, author]);
    expect(names).toEqual([
      ['github-actions[bot]', 'github-actions[bot]'],
      ['github-actions', 'github-actions'],
    ]);
  });
});

describe('errors', () => {
  const message = (status: number, headers: Record<string, string> = {}) =>
    fake(() => ({ status, headers, body: { message: 'said so' } }));

  it('401 names the token', async () => {
    const error = await thrown(host((await message(401)).url).issue(1));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ problems: [{ where: 'token' }] });
    expect(error.message).toMatch(/said so/);
    expect(error.message).toMatch(/issues: write/);
  });

  it('403 says what the token may not do', async () => {
    const error = await thrown(host((await message(403)).url).open(draft));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/cannot open an issue/);
  });

  it('410 for a new issue says that issues are disabled', async () => {
    const error = await thrown(host((await message(410)).url).open(draft));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/has issues disabled/);
  });

  it('404 for a new issue names the repository', async () => {
    expect((await thrown(host((await message(404)).url).open(draft))).message).toMatch(
      /acme\/churn does not exist/,
    );
  });

  it.each([403, 404])('%i for a team says that the token cannot read it', async (status) => {
    const server = await message(status);
    const error = await thrown(host(server.url).teamMembers({ org: 'acme', slug: 'ml' }));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/acme\/ml does not exist, or the token cannot read it/);
  });

  it.each([
    [500, {}, null],
    [502, {}, null],
    [429, { 'retry-after': '7' }, 7000],
    [429, {}, null],
    [403, { 'retry-after': '60' }, 60_000],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW.getTime() / 1000 + 90) }, 90_000],
  ])('%i with %j is for a moment only', async (status, headers, wait) => {
    const error = await thrown(host((await message(status, headers)).url).comments(1, ''));
    expect(error).toBeInstanceOf(TransientError);
    expect(error).toMatchObject({ retryAfterMs: wait, refused: status < 500 });
  });

  it('a secondary limit is known by its words', async () => {
    const body = { message: 'You have exceeded a secondary rate limit. Please wait.' };
    const server = await fake(() => ({ status: 403, body }));
    const error = await thrown(host(server.url).comment(1, 'x'));
    expect(error).toMatchObject({ retryAfterMs: null, refused: true });
  });

  it.each([
    ['a deployment', 404, /cannot create deployments in acme\/churn/],
    ['a deployment', 409, /refused to create a deployment of c0ffee to prod/],
    ['a deployment', 422, /The plan’s commit must be in acme\/churn/],
    ['a deployment', 403, /cannot create a deployment .*deployments: write/],
  ])('%s: %i says what to do', async (_, status, words) => {
    const made = host((await message(status)).url).createDeployment({
      ref: 'c0ffee',
      task: 'ml-deploy',
      environment: 'prod',
      description: '',
      payload: {},
    });
    const error = await thrown(made);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(words);
  });

  it('the reviews of a run that cannot be read name the permission', async () => {
    const error = await thrown(host((await message(404)).url).reviews('7'));
    expect(error.message).toMatch(/run 7 does not exist, or the token cannot read it .*actions: read/);
  });

  it.each([404, 410])('%i: the issue and its history are not there any more', async (status) => {
    expect(await host((await message(status)).url).issue(1)).toBeNull();
    expect(await thrown(host((await message(500)).url).issue(1))).toBeInstanceOf(TransientError);
  });

  it('no answer at all is for a moment only', async () => {
    const server = await fake(() => ({}));
    await server.close();
    expect(await thrown(host(server.url).issue(1))).toBeInstanceOf(TransientError);
  });

  it('a page of HTML is no issue and no list', async () => {
    const { url } = await fake(() => ({ body: '<html>Sign in</html>' }));
    for (const call of [host(url).issue(1), host(url).comments(1, ''), host(url).open(draft)]) {
      const error = await thrown(call);
      expect(error).toBeInstanceOf(UpstreamError);
      expect(error.message).toMatch(/GitHub did not return/);
    }
  });

  it('a membership that is pending is none', async () => {
    const { url } = await fake(() => ({ body: { state: 'pending' } }));
    expect(await host(url).isTeamMember({ org: 'acme', slug: 'ml' }, 'alice')).toBe(false);
  });

  it('an error is no membership and no access', async () => {
    const { url } = await message(500);
    expect(await thrown(host(url).isTeamMember({ org: 'a', slug: 'b' }, 'c'))).toBeInstanceOf(TransientError);
    expect(await thrown(host(url).access('c'))).toBeInstanceOf(TransientError);
  });

  it('never shows the token', async () => {
    for (const status of [401, 403, 404, 410, 422, 429, 500]) {
      const server = await message(status);
      let error: unknown = await thrown(host(server.url).open(draft));
      for (; error instanceof Error; error = error.cause) {
        expect(`${error.message}${error.stack ?? ''}`).not.toContain(TOKEN);
      }
    }
  });

  it('reading ends with the cancellation, writing goes through', async () => {
    const controller = new AbortController();
    const { url, requests } = await fake(() => ({ body: {} }));
    controller.abort();
    const cancelled = host(url, TOKEN, controller.signal);
    expect(await thrown(cancelled.issue(1))).toBeInstanceOf(CancelledError);
    await cancelled.close(1, 'not_planned');
    expect(requests.map(({ method }) => method)).toEqual(['PATCH']);
  });
});

describe('requests', () => {
  it('asks again with the ETag, and takes "not modified" for the answer before', async () => {
    const issue = { state: 'open', body: 'b', closed_by: null };
    const { url, requests } = await fake(({ headers }) =>
      headers['if-none-match'] === '"v1"' ? { status: 304 } : { headers: { etag: '"v1"' }, body: issue },
    );
    const github = host(url);
    expect(await github.issue(1)).toMatchObject({ open: true, body: 'b', closedBy: '' });
    expect(await github.issue(1)).toMatchObject({ open: true, body: 'b', closedBy: '' });
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
  });

  it('reads every page, also where a full page is "not modified" and carries no link', async () => {
    const row = (id: number) => ({
      id,
      user: { login: 'a', type: 'User' },
      body: '',
      created_at: 'x',
      updated_at: 'x',
    });
    let total = 100;
    const { url } = await fake(({ url: path, headers }) => {
      const page = Number(new URL(path, 'http://x').searchParams.get('page'));
      const rows = Array.from({ length: total }, (_, i) => row(i)).slice((page - 1) * 100, page * 100);
      const etag = `"${page}-${rows.length}"`;
      return headers['if-none-match'] === etag ? { status: 304 } : { headers: { etag }, body: rows };
    });
    const github = host(url);
    expect(await github.comments(1, 's')).toHaveLength(100);
    total = 250;
    expect(await github.comments(1, 's')).toHaveLength(250);
  });

  it('follows a link where the server gives smaller pages', async () => {
    const { url } = await fake(({ url: path }) => {
      const page = Number(new URL(path, 'http://x').searchParams.get('page'));
      const headers: Record<string, string> = page < 4 ? { link: '<http://x>; rel="next"' } : {};
      return { headers, body: [{ login: `user${page}` }] };
    });
    expect(await host(url).teamMembers({ org: 'acme', slug: 'ml' })).toEqual([
      'user1',
      'user2',
      'user3',
      'user4',
    ]);
  });

  it('reads deployments until they are too old, and states in their order', async () => {
    const row = (id: number) => ({
      id,
      task: 'ml-deploy',
      environment: 'prod',
      sha: 'c',
      creator: { login: 'bot' },
      created_at: new Date(NOW.getTime() - id * 1000).toISOString(),
      payload: '{"issue":1}',
    });
    const { url, requests } = await fake(({ url: path }) => {
      if (path.includes('statuses')) {
        return { body: [2, 1].map((id) => ({ id, state: 'queued', description: null, log_url: null })) };
      }
      const page = Number(new URL(path, 'http://x').searchParams.get('page'));
      return { body: Array.from({ length: 100 }, (_, i) => row((page - 1) * 100 + i)) };
    });
    const since = new Date(NOW.getTime() - 150_000).toISOString();
    const found = await host(url).deployments({ task: 'ml-deploy', environment: 'prod', since });
    expect(found).toHaveLength(200);
    expect(found[0]).toMatchObject({ creator: 'bot', commit: 'c', payload: { issue: 1 } });
    expect(requests).toHaveLength(2);
    expect(requests[0]?.url).toMatch(/task=ml-deploy&environment=prod/);
    const statuses = await host(url).statuses(1);
    expect(statuses.map(({ id }) => id)).toEqual([1, 2]);
    expect(statuses[0]).toMatchObject({ description: '', logUrl: '' });
  });

  it('keeps GitHub’s limit for descriptions, and does not retire other models’ deployments', async () => {
    const { url, requests } = await fake(() => ({ status: 201, body: { id: 1, state: 'success' } }));
    const status = {
      state: 'success',
      description: 'x'.repeat(500),
      logUrl: '',
      environmentUrl: 'http://e',
    } as const;
    await host(url).setStatus(9, status);
    const body = JSON.parse(requests[0]?.body ?? '') as Record<string, unknown>;
    expect(body).toEqual({
      state: 'success',
      description: 'x'.repeat(140),
      auto_inactive: false,
      environment_url: 'http://e',
    });
  });

  it('opens the issue without assignees where GitHub refuses them', async () => {
    const issue = { number: 3, html_url: 'u', created_at: 'c', user: { login: 'bot' }, body: 'text' };
    const { url, requests } = await fake(({ body }) => {
      const { assignees } = JSON.parse(body) as { assignees: string[] };
      return assignees.length > 0
        ? { status: 422, body: { message: 'invalid assignee' } }
        : { status: 201, body: issue };
    });
    expect(await host(url).open(draft)).toMatchObject({ number: 3, author: 'bot' });
    expect(requests).toHaveLength(2);
  });

  it('says what was invalid where it was not the assignees', async () => {
    const { url } = await fake(() => ({ status: 422, body: { message: 'title is too long' } }));
    expect((await thrown(host(url).open(draft))).message).toMatch(/title is too long/);
  });

  it('uses the API of GitHub Enterprise', async () => {
    const { url, requests } = await fake(() => ({ body: { state: 'open', body: '' } }));
    await host(`${url}/api/v3/`).issue(12);
    expect(requests[0]?.url).toBe('/api/v3/repos/acme/churn/issues/12');
    expect(requests[0]?.headers.authorization).toBe(`token ${TOKEN}`);
  });
});

describe('on the emulator', () => {
  async function emulator(): Promise<GitHubEmulator> {
    const crowd = Array.from({ length: 120 }, (_, i) => `member${i}`);
    const github = await startGitHub({
      repository: 'acme/churn',
      users: ['alice', 'bob', ...crowd],
      collaborators: ['alice'],
      teams: { ml: crowd },
    });
    closers.push(github.close);
    return github;
  }

  it('does what the gate needs', async () => {
    const emulated = await emulator();
    const github = host(emulated.url, emulated.token);
    expect(await github.teamMembers({ org: 'acme', slug: 'ml' })).toHaveLength(120);
    expect(await github.isTeamMember({ org: 'acme', slug: 'ml' }, 'member119')).toBe(true);
    expect(await github.isTeamMember({ org: 'acme', slug: 'ml' }, 'bob')).toBe(false);
    expect(await github.access('alice')).toBe('write');
    expect(await github.access('bob')).toBe('unknown');
    expect(await github.account('bob')).toMatchObject({ type: 'User' });
    expect(await github.account('nobody')).toBeNull();
    const issue = await github.open(draft);
    expect(issue).toMatchObject({ author: emulated.botLogin, body: 'text' });
    for (let i = 0; i < 250; i++) await github.comment(issue.number, `remark ${i}`);
    const comments = await github.comments(issue.number, issue.createdAt);
    expect(comments).toHaveLength(250);
    expect(comments[249]).toMatchObject({
      body: 'remark 249',
      authorType: 'User',
      author: emulated.botLogin,
    });
    expect((await github.openIssues('2020-01-01T00:00:00Z')).map(({ number }) => number)).toEqual([
      issue.number,
    ]);
    await github.close(issue.number, 'completed');
    expect(await github.issue(issue.number)).toMatchObject({ open: false, closedBy: emulated.botLogin });
    expect(await github.openIssues('2020-01-01T00:00:00Z')).toEqual([]);
  });
});
