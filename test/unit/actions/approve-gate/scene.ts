/** One repository with people, in which requests are made and resumed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommentEvent, GatePorts, Output } from '../../../../src/actions/approve-gate/ports.ts';
import { run } from '../../../../src/actions/approve-gate/run.ts';
import { spec } from '../../../../src/actions/approve-gate/spec.ts';
import { createGateHost } from '../../../../src/adapters/github/gate-host.ts';
import { gateComment } from '../../../../src/adapters/github/shapes.ts';
import type { GateComment } from '../../../../src/core/approval/decide.ts';
import type { ApprovalHost } from '../../../../src/core/approval/deployment-host.ts';
import type { Plan, PlanDetails, PlanSubject } from '../../../../src/documents/plan.ts';
import type { RunContext } from '../../../../src/core/ports.ts';
import { parseInputs } from '../../../../src/core/spec/action-spec.ts';
import { createOctokit } from '../../../../src/runner/octokit.ts';
import { startGitHubFront, type GitHubFront, type StoredDeployment } from '../../../fakes/github-front.ts';
import { fakePlan } from '../../../fakes/plan.ts';
import { fakePorts, type FakePorts } from '../../../fakes/ports.ts';

export interface Ran {
  readonly ports: FakePorts<Output>;
  readonly error: Error | null;
  readonly remembered: readonly string[];
  readonly outputs: Partial<Record<Output, string>>;
}

type Given = Record<string, string>;
interface Setting {
  readonly context?: Partial<RunContext>;
  readonly event?: CommentEvent | null;
  /** ISO 8601; the time of day by default. */
  readonly at?: string;
  readonly token?: string;
  /** Milliseconds between two looks; null for what poll-seconds says. */
  readonly pollMs?: number | null;
  readonly wrap?: (host: ApprovalHost) => ApprovalHost;
  readonly onPorts?: (ports: FakePorts<Output>) => void;
}

export const RUN = 'https://github.com/acme/churn/actions/runs';

export class Scene {
  readonly github: GitHubFront;
  readonly folder: string;
  /** Comments as they were written, as the event of each has them. */
  readonly #said = new Map<number, GateComment>();
  #endpoints = 0;
  #runs = 5000;

  private constructor(github: GitHubFront, folder: string) {
    this.github = github;
    this.folder = folder;
  }

  /** @param members of the team acme/ml */
  static async open(members = 120): Promise<Scene> {
    const crowd = Array.from({ length: members }, (_, i) => `member${i}`);
    const github = await startGitHubFront({
      repository: 'acme/churn',
      users: ['olga', 'alice', 'bob', 'carol', 'mallory', 'ci-bot', ...crowd],
      collaborators: ['olga', 'alice', 'bob', 'carol'],
      teams: { ml: crowd, 'ml-ops': ['mallory'] },
      anyCommit: true,
    });
    github.bots.add('ci-bot').add(github.botLogin);
    for (const login of crowd) github.writers.add(login);
    return new Scene(github, await mkdtemp(join(tmpdir(), 'ml-deploy-scene-')));
  }

  async close(): Promise<void> {
    await this.github.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** For an endpoint of its own, so that the tests do not supersede each other. */
  async plan(subject: Partial<PlanSubject> = {}, details: Partial<PlanDetails> = {}): Promise<Plan> {
    const made = fakePlan({ endpoint: `churn-${++this.#endpoints}`, ...subject }, details);
    await writeFile(join(this.folder, 'plan.json'), JSON.stringify(made));
    return made;
  }

  async gate(
    given: Given,
    { context, event = null, at, token, pollMs = 1000, wrap = (h) => h, onPorts }: Setting = {},
  ): Promise<Ran> {
    const run_ = String(++this.#runs);
    const ports = fakePorts<Output>({
      workspace: this.folder,
      temp: this.folder,
      runId: run_,
      runUrl: `${RUN}/${run_}`,
      ...context,
    });
    ports.clock.advance((at === undefined ? Date.now() : Date.parse(at)) - ports.clock.now().getTime());
    onPorts?.(ports);
    const remembered: string[] = [];
    const gate: GatePorts = {
      ...ports,
      pollMs,
      event: () => Promise.resolve(event),
      connect: async () =>
        wrap(
          createGateHost(createOctokit(token ?? this.github.token, this.github.url), {
            repository: 'acme/churn',
            signal: ports.signal,
            now: () => ports.clock.now(),
          }),
        ),
      remember: {
        opened: (issue) => void remembered.push(`opened ${issue}`),
        ended: () => void remembered.push('ended'),
      },
    };
    const { inputs, problems } = parseInputs(spec, (name) =>
      given[name] ? { text: given[name], origin: '' } : null,
    );
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    const error = await run(inputs, gate).then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    return { ports, error, remembered, outputs: ports.outputs };
  }

  /** Makes a request; the issue's number. */
  async request(given: Given = {}, setting: Setting = {}): Promise<{ issue: number; ran: Ran }> {
    const ran = await this.gate(
      { mode: 'request', approvers: 'alice, bob', 'plan-path': 'plan.json', ...given },
      setting,
    );
    if (ran.error) throw ran.error;
    return { issue: Number(ran.outputs['issue-number']), ran };
  }

  /** What the workflow on issue_comment does. */
  async resume(
    issue: number,
    comment: number | null,
    given: Given = {},
    setting: Setting = {},
  ): Promise<Ran> {
    const told = comment === null ? null : (this.#said.get(comment) ?? null);
    const event = { issue, isPullRequest: false, comment: told };
    const all = {
      mode: 'resume',
      approvers: 'alice, bob',
      requester: this.github.botLogin,
      environment: 'prod',
      ...given,
    };
    const context = {
      actor: 'alice',
      triggeringActor: 'alice',
      eventName: 'issue_comment',
      ...setting.context,
    };
    return this.gate(all, { event, ...setting, context });
  }

  async say(issue: number, as: string, body: string): Promise<number> {
    const path = `/repos/acme/churn/issues/${issue}/comments`;
    const comment = gateComment(await this.github.api('POST', path, { as, body: { body } }));
    this.#said.set(comment.id, comment);
    return comment.id;
  }

  async edit(comment: number, body: string, as = 'olga'): Promise<void> {
    const path = `/repos/acme/churn/issues/comments/${comment}`;
    await this.github.api('PATCH', path, { as, body: { body } });
  }

  async comments(issue: number): Promise<string[]> {
    const path = `/repos/acme/churn/issues/${issue}/comments?per_page=100`;
    return (await this.github.api<{ body: string }[]>('GET', path)).map(({ body }) => body);
  }

  async isOpen(issue: number): Promise<boolean> {
    const path = `/repos/acme/churn/issues/${issue}`;
    return (await this.github.api<{ state: string }>('GET', path)).state === 'open';
  }

  deployment({ outputs }: Ran): StoredDeployment {
    const id = Number(outputs['deployment-id']);
    const found = this.github.deployments.find((deployment) => deployment.id === id);
    if (found === undefined) throw new Error(`There is no deployment ${id}.`);
    return found;
  }

  async approvedPlan({ outputs }: Ran): Promise<Plan & { approval: unknown }> {
    return JSON.parse(await readFile(outputs['approved-plan'] ?? '', 'utf8')) as Plan & { approval: unknown };
  }
}
