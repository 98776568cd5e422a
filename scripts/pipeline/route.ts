/** Takes one release through the actions, in the order of the real workflow. */
import type { Beds } from './beds.ts';
import type { ReleaseStory } from './releases.ts';
import type { Expectation, Runner } from './steps.ts';

export interface Shared {
  readonly runner: Runner;
  readonly beds: Beds;
  readonly endpoint: string;
}

export interface ReleaseResult {
  readonly story: ReleaseStory;
  readonly modelDigest: string;
  readonly planDigest: string;
  /** The smoke tests of this release, in order: outputs of the action. */
  readonly smoke: readonly Readonly<Record<string, string>>[];
  readonly runningVersion: string;
}

const passes = (outputs: Record<string, string> = {}): Expectation => ({ exitCode: 0, outputs });
const fails = (outputs: Record<string, string> = {}): Expectation => ({ exitCode: 1, outputs });

/** @param serving - the version that serves before this release, '' for none; a refused release must leave it be. */
export async function takeThrough(
  story: ReleaseStory,
  shared: Shared,
  serving: string,
): Promise<ReleaseResult> {
  return new ReleaseRun(story, shared, serving).run();
}

class ReleaseRun {
  readonly #story: ReleaseStory;
  readonly #shared: Shared;
  readonly #serving: string;
  readonly #smoke: Readonly<Record<string, string>>[] = [];
  #approvedPlan = '';
  #record = '';

  constructor(story: ReleaseStory, shared: Shared, serving: string) {
    this.#story = story;
    this.#shared = shared;
    this.#serving = serving;
  }

  async run(): Promise<ReleaseResult> {
    const packaged = await this.#package();
    const digest = packaged.outputs['model-digest'] ?? '';
    const message = await this.#notify('in-progress', digest, null);
    const plan = await this.#plan();
    const running = await this.#release(digest);
    await this.#notify(this.#story.ending === 'released' ? 'success' : 'failure', digest, message);
    return {
      story: this.#story,
      modelDigest: digest,
      planDigest: plan,
      smoke: this.#smoke,
      runningVersion: running,
    };
  }

  async #package() {
    const { model, reference } = this.#story;
    const inputs = { 'model-path': model, ...(reference === null ? {} : { 'reference-path': reference }) };
    const run = await this.#step('package-model', '', inputs, passes());
    this.#record = run.outputs['release-record'] ?? '';
    return run;
  }

  /** Plans, and waits at the gate until two people have approved exactly this plan. */
  async #plan(): Promise<string> {
    const plan = await this.#deploy('plan', { release: this.#record }, passes({ outcome: 'planned' }));
    const { beds } = this.#shared;
    const gateEnded = new AbortController();
    const approval = beds.approveNextIssue(gateEnded.signal);
    const inputs = {
      mode: 'wait',
      'plan-path': plan.outputs['plan-path'] ?? '',
      approvers: beds.approvers.join(','),
      'minimum-approvals': String(beds.approvers.length),
      token: beds.githubToken,
      'poll-seconds': '1',
      'timeout-minutes': '2',
    };
    try {
      const gate = await this.#step('approve-gate', '', inputs, passes({ status: 'approved' }));
      this.#approvedPlan = gate.outputs['approved-plan'] ?? '';
    } finally {
      gateEnded.abort();
      await approval;
    }
    return plan.outputs['plan-digest'] ?? '';
  }

  async #release(digest: string): Promise<string> {
    switch (this.#story.route) {
      case 'straight':
        await this.#deploy(
          'deploy',
          this.#approved(),
          passes({ outcome: 'deployed', 'running-version': digest }),
        );
        await this.#smokeLive(passes({ passed: 'true' }));
        return digest;
      case 'staged':
        return this.#behindACandidate(digest);
      case 'careless':
        return this.#promotedOnPurpose(digest);
    }
  }

  async #behindACandidate(digest: string): Promise<string> {
    const staged = await this.#deploy('stage', this.#approved(), passes({ outcome: 'staged' }));
    const candidate = { 'candidate-name': staged.outputs['candidate-name'] ?? '' };
    if (this.#story.ending === 'refused') {
      await this.#smokeTest('of the candidate', candidate, fails({ passed: 'false' }));
      const untouched = passes({ outcome: 'discarded', 'running-version': this.#serving });
      await this.#deploy('discard', this.#approved(), untouched);
      return this.#serving;
    }
    await this.#smokeTest('of the candidate', candidate, passes({ passed: 'true' }));
    await this.#deploy(
      'promote',
      this.#approved(),
      passes({ outcome: 'promoted', 'running-version': digest }),
    );
    await this.#smokeLive(passes({ passed: 'true' }));
    return digest;
  }

  /** What happens if somebody skips the look at the candidate: the live smoke test takes the release back. */
  async #promotedOnPurpose(digest: string): Promise<string> {
    await this.#deploy('stage', this.#approved(), passes({ outcome: 'staged' }));
    await this.#deploy(
      'promote',
      this.#approved(),
      passes({ outcome: 'promoted', 'running-version': digest }),
    );
    await this.#smokeLive(fails({ passed: 'false', 'rolled-back': 'true' }));
    // The proof: what serves now is tested again, against the reference that it names.
    await this.#smokeTest('of what serves now', {}, passes({ passed: 'true' }));
    await this.#deploy('plan', { release: this.#record }, passes({ 'running-version': this.#serving }));
    return this.#serving;
  }

  #smokeLive(expected: Expectation) {
    return this.#smokeTest('of the live version', { 'rollback-on-failure': 'true' }, expected);
  }

  async #smokeTest(title: string, inputs: Record<string, string>, expected: Expectation): Promise<void> {
    const { cases, minAccuracy } = this.#story;
    const floor: Record<string, string> = minAccuracy === '' ? {} : { 'min-accuracy': minAccuracy };
    const all = { target: 'local', 'endpoint-name': this.#shared.endpoint, cases, ...floor, ...inputs };
    const run = await this.#step('smoke-test', title, all, expected);
    this.#smoke.push(run.outputs);
  }

  #approved(): Record<string, string> {
    return { release: this.#record, 'approved-plan': this.#approvedPlan };
  }

  #deploy(command: string, inputs: Record<string, string>, expected: Expectation) {
    const all = {
      command,
      target: 'local',
      'endpoint-name': this.#shared.endpoint,
      environment: 'dev',
      ...inputs,
    };
    return this.#step('deploy-endpoint', command, all, expected);
  }

  /** One message for a release: posted at its start, edited at its end. */
  async #notify(status: string, digest: string, messageTs: string | null): Promise<string> {
    const { beds, endpoint } = this.#shared;
    const smoke = this.#smoke.at(-1);
    const fields = [
      `Model=${digest.slice(0, 12)}`,
      `Endpoint=${endpoint}`,
      ...(smoke?.accuracy ? [`Accuracy=${Number(smoke.accuracy).toFixed(3)}`] : []),
    ];
    const inputs = {
      status,
      token: beds.slackToken,
      channel: beds.slackChannel,
      title: `${this.#story.name}: ${this.#story.title}`,
      fields: fields.join('\n'),
      ...(messageTs === null ? {} : { 'message-ts': messageTs }),
      'on-error': 'fail',
    };
    const run = await this.#step('notify-slack', status, inputs, passes({ delivered: 'true' }));
    return run.outputs.ts ?? '';
  }

  #step(action: string, title: string, inputs: Record<string, string>, expected: Expectation) {
    return this.#shared.runner.run(this.#story.name, action, title, inputs, expected);
  }
}
