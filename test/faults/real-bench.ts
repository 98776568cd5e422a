/** The built deploy-endpoint as a process of its own, against a fake AWS over HTTP. */
import { rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { FakeAws, type FakeAwsOptions } from '../fakes/aws/fake-aws.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import type { Place } from './faults.ts';

export const REAL_ENDPOINT = 'churn';

export interface Kill {
  readonly place: Place;
  readonly when: 'before' | 'after';
}

export type Inputs = Readonly<Record<string, string>>;

/** What a platform's account holds, and how it is looked at. */
export interface RealPlatform {
  readonly target: string;
  /** Each look takes a while, so that what is under way comes to its end without anybody waiting. */
  readonly perCall: NonNullable<FakeAwsOptions['perCall']>;
  /** Arguments of the processes' node. */
  readonly nodeArgs: readonly string[];
  /** Two models, and what each needs, in a fresh account. */
  furnish(aws: FakeAws): Promise<void>;
  /** What no snapshot holds. */
  prepare(aws: FakeAws): void;
  /** The inputs that name a model and where it runs. */
  request(aws: FakeAws, model: number): Inputs;
  /** The label of the model that answers now, both with their shares where two do; null where none does. */
  serving(aws: FakeAws): string | null;
  /** Everything of ours that is there, in words that are the same for the same. */
  inventory(aws: FakeAws): readonly string[];
}

/** An account with two models in it, or one that another bench has left. */
export class RealBench {
  readonly aws: FakeAws;
  readonly platform: RealPlatform;
  readonly #dist: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ml-deploy-kill-'));

  private constructor(platform: RealPlatform, aws: FakeAws, dist: string) {
    this.platform = platform;
    this.aws = aws;
    this.#dist = dist;
    platform.prepare(aws);
  }

  static async open(platform: RealPlatform, dist: string, from?: Snapshot): Promise<RealBench> {
    const { perCall } = platform;
    const aws = await FakeAws.start({ perCall, ...(from === undefined ? {} : { from }) });
    if (from === undefined) await platform.furnish(aws);
    return new RealBench(platform, aws, dist);
  }

  /** @param kill the call before or after which the process is killed */
  async run(inputs: Inputs, kill?: Kill): Promise<ActionRun> {
    let pid: number | undefined;
    if (kill !== undefined) {
      const { place, when } = kill;
      const die = () => {
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
        return 'drop' as const;
      };
      this.aws.inject({ on: place.name, nth: place.nth, [when]: die });
    }
    const { target, nodeArgs } = this.platform;
    return runAction('deploy-endpoint', {
      dist: this.#dist,
      cwd: this.#folder,
      nodeArgs,
      inputs: { target, 'endpoint-name': REAL_ENDPOINT, ...inputs },
      env: {
        ...this.aws.env,
        GITHUB_WORKSPACE: this.#folder,
        RUNNER_TEMP: join(this.#folder, 'temp'),
        GITHUB_RUN_ID: '1001',
        GITHUB_REPOSITORY: 'acme/churn',
        ML_DEPLOY_POLL_SECONDS: '0',
        FAKE_AWS_TIME: this.aws.time.now().toISOString(),
      },
      onStart: (started) => (pid = started),
    });
  }

  request(model: number): Inputs {
    return this.platform.request(this.aws, model);
  }

  serving(): string | null {
    return this.platform.serving(this.aws);
  }

  async dispose(): Promise<void> {
    await this.aws.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
