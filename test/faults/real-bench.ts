/** The built deploy-endpoint as a process of its own, against a stand-in for its cloud over HTTP. */
import { rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import type { Place } from './faults.ts';

export const REAL_ENDPOINT = 'churn';
/** For node: a process that lives in the time of the stand-in. */
export const IN_ITS_TIME = ['--import', pathToFileURL(join(root, 'test/e2e/time-hook.mjs')).href];

export interface Kill {
  readonly place: Place;
  readonly when: 'before' | 'after';
}

export type Inputs = Readonly<Record<string, string>>;

/** The account of a cloud, as far as processes that are killed need it. */
export interface RealCloud {
  /** What a process needs in its environment to talk to this and to nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly now: Date;
  /** The calls since they were forgotten, by names that are the same in each run. */
  names(): readonly string[];
  /** Forgets the calls, and what was ordered. */
  forget(): void;
  advance(milliseconds: number): void;
  /** What there is, for another one to begin with; nothing may be under way. */
  snapshot(): unknown;
  /** Before that call is carried out, or after, `act` is called, and nothing is answered. */
  cut(kill: Kill, act: () => void): void;
  /** Texts that nobody may find in what a process leaves. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

/** What a platform's account holds, and how it is looked at. */
export interface RealPlatform<Cloud extends RealCloud = RealCloud> {
  readonly target: string;
  /** Arguments of the processes' node. */
  readonly nodeArgs: readonly string[];
  /** An account with two models, and what each needs; or one that another bench has left. */
  start(from?: unknown): Promise<Cloud>;
  /** The inputs of every command. */
  place?(cloud: Cloud): Inputs;
  /** The inputs that name a model and where it runs. */
  request(cloud: Cloud, model: number): Inputs;
  /** The label of the model that answers now, both with their shares where two do; null where none does. */
  serving(cloud: Cloud): string | null;
  /** The same, at each call since the calls were forgotten; for platforms whose traffic moves at once. */
  served?(cloud: Cloud): readonly (string | null)[];
  /** Everything of ours that is there, in words that are the same for the same. */
  inventory(cloud: Cloud): readonly string[];
}

/** An account with two models in it, or one that another bench has left. */
export class RealBench<Cloud extends RealCloud = RealCloud> {
  readonly cloud: Cloud;
  readonly platform: RealPlatform<Cloud>;
  readonly #dist: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ml-deploy-kill-'));

  private constructor(platform: RealPlatform<Cloud>, cloud: Cloud, dist: string) {
    this.platform = platform;
    this.cloud = cloud;
    this.#dist = dist;
  }

  static async open<Of extends RealCloud>(
    platform: RealPlatform<Of>,
    dist: string,
    from?: unknown,
  ): Promise<RealBench<Of>> {
    return new RealBench(platform, await platform.start(from), dist);
  }

  /**
   * @param kill the call before or after which the process is killed
   * @param env beside that of the cloud
   */
  async run(inputs: Inputs, kill?: Kill, env: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
    let pid: number | undefined;
    if (kill !== undefined) {
      this.cloud.cut(kill, () => {
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
      });
    }
    const { target, nodeArgs, place } = this.platform;
    return runAction('deploy-endpoint', {
      dist: this.#dist,
      cwd: this.#folder,
      nodeArgs,
      inputs: { target, 'endpoint-name': REAL_ENDPOINT, ...place?.(this.cloud), ...inputs },
      env: {
        ...this.cloud.env,
        GITHUB_WORKSPACE: this.#folder,
        RUNNER_TEMP: join(this.#folder, 'temp'),
        GITHUB_RUN_ID: '1001',
        GITHUB_REPOSITORY: 'acme/churn',
        ML_DEPLOY_POLL_SECONDS: '0',
        FAKE_TIME: this.cloud.now.toISOString(),
        ...env,
      },
      onStart: (started) => (pid = started),
    });
  }

  request(model: number): Inputs {
    return this.platform.request(this.cloud, model);
  }

  serving(): string | null {
    return this.platform.serving(this.cloud);
  }

  async dispose(): Promise<void> {
    await this.cloud.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
