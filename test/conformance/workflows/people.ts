/** GitHub and Slack for workflows, and the people who answer a gate. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startSlack, type SlackEmulator } from '../../fakes/emulators.ts';
import { startGitHubFront, type GitHubFront } from '../../fakes/github-front.ts';

export const REPOSITORY = 'acme/churn';
/** Who starts the runs, and so may not approve them. */
export const INITIATOR = 'olga';
/** Whose token a job has. */
const BOT = 'github-actions[bot]';
const APPROVERS = ['amira', 'ben'];
const LOOK_EVERY_MS = 50;

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

export interface People {
  readonly github: GitHubFront;
  readonly slack: SlackEmulator;
  /** The job's own token. */
  readonly token: string;
  /** For every job. */
  readonly env: Readonly<Record<string, string>>;
  /** Waits for an open issue, and gives its number. @throws where `stop` comes first */
  nextIssue(stop?: AbortSignal): Promise<number>;
  /** Number of the open issue with this in its title. */
  issueAbout(word: string): Promise<number>;
  /** Says something on an issue. @returns the comment's id */
  say(login: string, issue: number, body: string): Promise<number>;
  comments(issue: number): Promise<Comment[]>;
  /** Lets both approvers say yes to what is asked for while `body` lasts. */
  approving<T>(body: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function startPeople(): Promise<People> {
  const github = await startGitHubFront({
    repository: REPOSITORY,
    users: [BOT, INITIATOR, ...APPROVERS, 'carla'],
    collaborators: [BOT, INITIATOR, ...APPROVERS, 'carla'],
    anyCommit: true,
  });
  github.bots.add(BOT);
  const slack = await startSlack();
  const issues = `/repos/${REPOSITORY}/issues`;
  const say: People['say'] = async (as, issue, body) =>
    (await github.api<Comment>('POST', `${issues}/${issue}/comments`, { as, body: { body } })).id;
  const nextIssue: People['nextIssue'] = async (stop) => {
    for (;;) {
      const [issue] = await github.api<{ number: number }[]>('GET', `${issues}?state=open`);
      if (issue !== undefined) return issue.number;
      await sleep(LOOK_EVERY_MS, undefined, { signal: stop });
    }
  };
  return {
    github,
    slack,
    token: github.tokenOf(BOT),
    env: { GITHUB_API_URL: github.url, SLACK_API_URL: slack.apiUrl, ML_DEPLOY_POLL_SECONDS: '0.2' },
    nextIssue,
    issueAbout: async (word) => {
      const open = await github.api<{ number: number; title: string }[]>('GET', `${issues}?state=open`);
      const found = open.find(({ title }) => title.includes(word));
      if (found === undefined) throw new Error(`No open issue is about ${word}.`);
      return found.number;
    },
    say,
    comments: (issue) => github.api('GET', `${issues}/${issue}/comments`),
    approving: async (body) => {
      const stop = new AbortController();
      const approvals = nextIssue(stop.signal).then(
        async (issue) => {
          for (const login of APPROVERS) await say(login, issue, 'Approved.');
        },
        (error: unknown) => {
          if (!stop.signal.aborted) throw error;
        },
      );
      try {
        return await body();
      } finally {
        stop.abort();
        await approvals;
      }
    },
    close: async () => {
      await Promise.all([github.close(), slack.close()]);
    },
  };
}
