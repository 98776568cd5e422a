/** GitHub and Slack for the main job: emulators in this process, and two people who approve. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startSlack } from '../../test/fakes/emulators.ts';
import { startGitHubFront } from '../../test/fakes/github-front.ts';

export interface Beds {
  readonly repository: string;
  /** Who started the run, and so may not approve it. */
  readonly initiator: string;
  readonly approvers: readonly string[];
  readonly githubUrl: string;
  readonly githubToken: string;
  readonly slackUrl: string;
  readonly slackToken: string;
  readonly slackChannel: string;
  /** Waits for the next issue that asks for an approval, and lets every approver say yes; `stop` ends the wait. */
  approveNextIssue(stop: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const INITIATOR = 'olga';
const APPROVERS = ['amira', 'ben'];
const LOOK_EVERY_MS = 50;

export async function startBeds(): Promise<Beds> {
  const github = await startGitHubFront({
    repository: 'acme/churn',
    users: [INITIATOR, ...APPROVERS],
    collaborators: [INITIATOR, ...APPROVERS],
  });
  const slack = await startSlack();
  const issuesPath = `/repos/${github.repository}/issues`;
  return {
    repository: github.repository,
    initiator: INITIATOR,
    approvers: APPROVERS,
    githubUrl: github.url,
    githubToken: github.token,
    slackUrl: slack.apiUrl,
    slackToken: slack.token,
    slackChannel: slack.channel,
    approveNextIssue: async (stop) => {
      while (!stop.aborted) {
        const [issue] = await github.api<{ number: number }[]>('GET', `${issuesPath}?state=open`);
        if (issue !== undefined) {
          for (const as of APPROVERS) {
            await github.api('POST', `${issuesPath}/${issue.number}/comments`, {
              as,
              body: { body: 'Approved.' },
            });
          }
          return;
        }
        await sleep(LOOK_EVERY_MS);
      }
    },
    close: async () => {
      await Promise.all([github.close(), slack.close()]);
    },
  };
}
