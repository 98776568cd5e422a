/**
 * GitHub and Slack on 127.0.0.1, in this process: the npm package `emulate`, pinned to 0.12.2.
 *
 * What it cannot do: unknown tokens act as the first user, every account has the type User, and there are no
 * deployments. Somebody who is no collaborator has the access 404 where GitHub says "read" or "none".
 */
import { createEmulator } from 'emulate';
import type { AnyMessage } from './slack-limits.ts';

export interface GitHubSeed {
  /** `owner/name`; the owner is an organisation whose admin is the bot. */
  readonly repository: string;
  /** Further repositories, of any owner. */
  readonly others?: readonly string[];
  /** Login of each person; the token of `alice` is `token-alice`. */
  readonly users: readonly string[];
  /** Who may write to the repository (everybody else may read and comment). */
  readonly collaborators?: readonly string[];
  /** Team slug to members. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
}

export interface GitHubEmulator {
  readonly url: string;
  readonly repository: string;
  /** The token of the bot that workflows would act as. */
  readonly token: string;
  readonly botLogin: string;
  tokenOf(login: string): string;
  /** A request to the API as a person; the answer's JSON. @throws Error for any status that is no success */
  api<T>(method: string, path: string, options?: { as?: string; body?: unknown }): Promise<T>;
  close(): Promise<void>;
}

const BOT = 'deploy-bot';

function repo(full: string): { owner: string; name: string } {
  const [owner = '', name = ''] = full.split('/');
  return { owner, name };
}

export async function startGitHub(seed: GitHubSeed): Promise<GitHubEmulator> {
  const { owner } = repo(seed.repository);
  const people = [BOT, ...seed.users];
  const tokenOf = (login: string) => `token-${login}`;
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        people.map((login) => [tokenOf(login), { login, scopes: ['repo', 'admin:org'] }]),
      ),
      github: {
        users: people.map((login) => ({ login })),
        orgs: [{ login: owner, members: [{ login: BOT, role: 'admin' }] }],
        repos: [seed.repository, ...(seed.others ?? [])].map((full) => repo(full)),
      },
    },
  });
  const url = loopback(emulator.url);
  const api = githubCalls(url, { tokenOf, botLogin: BOT });
  for (const login of seed.collaborators ?? []) {
    const path = `/repos/${seed.repository}/collaborators/${login}`;
    await api('PUT', path, { body: { permission: 'push' } });
  }
  for (const [slug, members] of Object.entries(seed.teams ?? {})) {
    await api('POST', `/orgs/${owner}/teams`, { body: { name: slug } });
    for (const login of members) {
      await api('PUT', `/orgs/${owner}/teams/${slug}/memberships/${login}`, { body: {} });
    }
  }
  return {
    url,
    repository: seed.repository,
    token: tokenOf(BOT),
    botLogin: BOT,
    tokenOf,
    api,
    close: () => emulator.close(),
  };
}

export interface SlackEmulator {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly token: string;
  readonly webhookUrl: string;
  readonly channel: string;
  /** The messages of the channel, newest first. */
  messages(): Promise<SlackMessageSeen[]>;
  api(method: string, body: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export interface SlackMessageSeen extends AnyMessage {
  readonly ts: string;
  readonly edited?: unknown;
}

/** A workspace with one channel, a bot token for it and a webhook into it. */
export async function startSlack(channel = 'general'): Promise<SlackEmulator> {
  const token = 'xoxb-emulated-bot-token';
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        users: [{ name: 'deploy-bot' }],
        channels: [{ name: channel }],
        bots: [{ name: 'deploy-bot' }],
        tokens: [{ token, type: 'bot', user: 'deploy-bot' }],
        incoming_webhooks: [{ channel }],
      },
    },
  });
  const url = loopback(emulator.url);
  const api: SlackEmulator['api'] = async (method, body) => {
    const answer = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const { channels } = (await api('conversations.list', {})) as {
    channels: readonly { id: string; name: string }[];
  };
  const id = channels.find(({ name }) => name === channel)?.id ?? '';
  return {
    apiUrl: `${url}/api/`,
    token,
    // The emulator tells nobody the token of a webhook; any other one goes to the channel that the message names,
    // or else to #general.
    webhookUrl: `${url}/services/T000000001/B000000001/emulated-webhook-secret`,
    channel: id,
    messages: async () =>
      (await api('conversations.history', { channel: id, limit: 100 })).messages as SlackMessageSeen[],
    api,
    close: () => emulator.close(),
  };
}

function loopback(url: string): string {
  return url.replace('//localhost:', '//127.0.0.1:');
}

/** Calls a GitHub at this URL as the people of the test. @throws Error for an answer that is none */
export function githubCalls(
  url: string,
  { tokenOf, botLogin }: Pick<GitHubEmulator, 'tokenOf'> & { readonly botLogin: string },
): GitHubEmulator['api'] {
  return async <T>(
    method: string,
    path: string,
    { as = botLogin, body }: { as?: string; body?: unknown } = {},
  ) => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `token ${tokenOf(as)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
}
