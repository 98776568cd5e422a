/** The built deploy-endpoint as a process of its own, against a fake AWS over HTTP. */
import { rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { makeArchive } from '../fakes/archive.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import type { Place } from './faults.ts';

export const REAL_ENDPOINT = 'churn';

export interface Kill {
  readonly place: Place;
  readonly when: 'before' | 'after';
}

/** An account with two archives, an image and a role in it, or one that another bench has left. */
export class RealBench {
  readonly aws: FakeAws;
  readonly #dist: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ml-deploy-kill-'));

  private constructor(aws: FakeAws, dist: string) {
    this.aws = aws;
    this.#dist = dist;
    aws.container = ({ model }) => ({ body: JSON.stringify({ predictions: [labelOf(model.spec)] }) });
  }

  static async open(dist: string, from?: Snapshot): Promise<RealBench> {
    // Each look takes a while, so that what is under way comes to its end without anybody waiting.
    const perCall = { on: /:Describe/, milliseconds: 30_000 };
    const aws = await FakeAws.start({ perCall, ...(from === undefined ? {} : { from }) });
    if (from === undefined) await furnish(aws);
    return new RealBench(aws, dist);
  }

  /** @param kill the call before or after which the process is killed */
  async run(inputs: Readonly<Record<string, string>>, kill?: Kill): Promise<ActionRun> {
    let pid: number | undefined;
    if (kill !== undefined) {
      const { place, when } = kill;
      const die = () => {
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
        return 'drop' as const;
      };
      this.aws.inject({ on: place.name, nth: place.nth, [when]: die });
    }
    return runAction('deploy-endpoint', {
      dist: this.#dist,
      cwd: this.#folder,
      inputs: { target: 'sagemaker', 'endpoint-name': REAL_ENDPOINT, ...inputs },
      env: {
        ...this.aws.env,
        GITHUB_WORKSPACE: this.#folder,
        RUNNER_TEMP: join(this.#folder, 'temp'),
        GITHUB_RUN_ID: '1001',
        GITHUB_REPOSITORY: 'acme/churn',
        ML_DEPLOY_POLL_SECONDS: '0',
      },
      onStart: (started) => (pid = started),
    });
  }

  /** The inputs that name a model and where it runs. */
  request(model: number): Record<string, string> {
    const image = this.aws.ecr.repositories.get(`${this.aws.world.account}/churn-serving`)?.[0]?.digest ?? '';
    const { account, region } = this.aws.world;
    return {
      'model-data-url': urlOf(model),
      'image-uri': `${account}.dkr.ecr.${region}.amazonaws.com/churn-serving@${image}`,
      'execution-role-arn': this.aws.roles.get('execution')?.arn ?? '',
      'instance-type': 'ml.m5.large',
      'initial-instance-count': '2',
    };
  }

  /** The label of the model that answers now; null where none does. */
  serving(): number | null {
    const endpoint = this.aws.sagemaker.endpoints.get(REAL_ENDPOINT);
    const answers =
      endpoint !== undefined && ['InService', 'Updating', 'RollingBack'].includes(endpoint.status);
    const spec = endpoint?.variants[0]?.model.spec;
    return answers && spec !== undefined ? labelOf(spec) : null;
  }

  async dispose(): Promise<void> {
    await this.aws.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function furnish(aws: FakeAws): Promise<void> {
  aws.pushImage('churn-serving', 'v1');
  aws.addRole('execution');
  aws.quotas.endpointInstances.set('ml.m5.large', 40);
  for (const model of [1, 2]) {
    const { bytes } = await makeArchive({ 'model.onnx': `model ${model}` });
    await aws.putObject('models', keyOf(model), bytes);
  }
}

const keyOf = (model: number) => `uploads/${model}.tar.gz`;
const urlOf = (model: number) => `s3://models/${keyOf(model)}`;

function labelOf({
  PrimaryContainer,
}: {
  PrimaryContainer?: { ModelDataUrl?: string | undefined } | undefined;
}): number {
  return Number(/(\d)\.tar\.gz$/.exec(PrimaryContainer?.ModelDataUrl ?? '')?.[1] ?? '0');
}
