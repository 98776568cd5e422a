/** What stands in for AWS, its price list, GitHub and the time of day while a release is made for pictures. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSessionOpener } from '../../src/adapters/onnx/open-session.ts';
import { createAwsClients } from '../../src/clouds/aws/clients.ts';
import { awsPrices } from '../../src/clouds/aws/price-list.ts';
import { messageOf } from '../../src/core/errors.ts';
import { answerRequest } from '../../src/core/inference/serve.ts';
import type { ModelSession } from '../../src/core/model-session.ts';
import type { RunContext } from '../../src/core/ports.ts';
import type { DeploymentTarget } from '../../src/core/targets.ts';
import { productOf } from '../../src/platforms/sagemaker/cost.ts';
import { createSageMakerTarget } from '../../src/platforms/sagemaker/sagemaker-target.ts';
import { openStore, openUrl } from '../../src/stores/open-store.ts';
import { FakeAws } from '../../test/fakes/aws/fake-aws.ts';
import { FakeClock } from '../../test/fakes/clock.ts';
import { startGitHubFront, type GitHubFront } from '../../test/fakes/github-front.ts';
import { startHttp, type HttpFake } from '../../test/fakes/http.ts';
import { fakePorts, type FakePorts } from '../../test/fakes/ports.ts';
import { root } from '../lib/paths.ts';

export const REPOSITORY = 'acme/churn';
export const ENDPOINT = 'churn';
export const REGION = 'us-east-1';
export const STORE = 's3://acme-models/churn';
export const PEOPLE = { starts: 'olga', approve: ['amira', 'ben'] } as const;
export const ISSUES = `/repos/${REPOSITORY}/issues`;
const START = '2026-03-02T09:00:00.000Z';
/** Milliseconds that a small model on a small machine takes. */
const QUICKEST = 9;
const SPREAD = 7;

/** The run in which something is done. */
export type At = Pick<RunContext, 'commit' | 'runId'>;
export type Given = Readonly<Record<string, string>>;

export class StandIns {
  readonly clock = new FakeClock(START);
  readonly folder: string;
  readonly github: GitHubFront;
  /** The settings of what serves. */
  readonly serving: Given;
  readonly openSession = createSessionOpener({
    moduleRoots: [root],
    exec: () => Promise.reject(new Error('Nothing is started.')),
    log: { info: () => undefined, debug: () => undefined },
  });
  readonly #aws: FakeAws;
  readonly #prices: HttpFake;
  /** By the URL of its archive. */
  readonly #served = new Map<string, ModelSession>();

  private constructor(folder: string, aws: FakeAws, prices: HttpFake, github: GitHubFront) {
    this.folder = folder;
    this.github = github;
    this.#aws = aws;
    this.#prices = prices;
    const image = aws.pushImage('churn-serving', 'v1');
    this.serving = {
      'execution-role-arn': aws.addRole('sagemaker-churn'),
      'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
      'instance-type': 'ml.m5.large',
    };
    aws.addBucket('acme-models', REGION);
    aws.quotas.endpointInstances.set('ml.m5.large', 20);
    aws.follow(this.clock);
    aws.container = ({ model, body }) =>
      this.#answer(model.spec.PrimaryContainer?.ModelDataUrl ?? '', Buffer.from(body).toString('utf8'));
    github.now = () => this.clock.now();
  }

  static async start(): Promise<StandIns> {
    const aws = await FakeAws.start({ listen: false, region: REGION, start: START });
    const published = await readFile(join(root, 'test/fixtures/prices/aws-sagemaker.json'), 'utf8');
    const prices = await startHttp(() => ({ body: JSON.parse(published) as unknown }));
    const people = [PEOPLE.starts, ...PEOPLE.approve];
    const github = await startGitHubFront({ repository: REPOSITORY, users: people, collaborators: people });
    return new StandIns(await mkdtemp(join(tmpdir(), 'ml-deploy-pictures-')), aws, prices, github);
  }

  async close(): Promise<void> {
    for (const session of this.#served.values()) await session.close();
    await Promise.all([this.#aws.close(), this.#prices.close(), this.github.close()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Whatever serves this archive from now on answers as the model does. */
  async serve(url: string, model: Uint8Array): Promise<void> {
    this.#served.set(url, await this.openSession(model, { label: url, runtime: 'auto' }));
  }

  ports<Name extends string>(at: At): FakePorts<Name> {
    const context: Partial<RunContext> = {
      ...at,
      repository: REPOSITORY,
      runUrl: `https://github.com/${REPOSITORY}/actions/runs/${at.runId}`,
      actor: PEOPLE.starts,
      triggeringActor: PEOPLE.starts,
      workspace: this.folder,
      temp: join(this.folder, 'temp'),
    };
    return { ...fakePorts<Name>(context), clock: this.clock };
  }

  openStore = (url: string) => openStore(url, this.#stores());
  openUrl = (location: string) => openUrl(location, this.folder, this.#stores());

  target({ log, signal }: Pick<FakePorts, 'log' | 'signal'>, { commit, runId }: At): DeploymentTarget {
    const { clock } = this;
    const { client } = this.#aws;
    const credentials = () => Promise.resolve(client.credentials);
    return createSageMakerTarget({
      clients: createAwsClients({ region: REGION, config: client }),
      account: null,
      adopt: false,
      removesAdopted: false,
      hasApprovers: true,
      environment: new Map(),
      environmentKey: null,
      tags: new Map(),
      environmentName: 'prod',
      context: { repository: REPOSITORY, commit, runId },
      openStore: this.openStore,
      clock,
      signal,
      log,
      timeoutMs: 3_600_000,
      pollMs: null,
      sessionSeconds: null,
      keepVersions: 3,
      prices: awsPrices(
        { region: REGION, endpoint: this.#prices.url, clock, signal, credentials },
        productOf,
      ),
    });
  }

  #stores() {
    const config = { ...this.#aws.client, forcePathStyle: true };
    return { s3: { region: REGION, config, clock: this.clock } };
  }

  #answer(url: string, body: string): Promise<{ status?: number; body: string }> {
    this.clock.advance(QUICKEST + (body.length % SPREAD));
    const session = this.#served.get(url);
    if (session === undefined) return Promise.resolve({ status: 500, body: 'There is no such model.' });
    return answerRequest(session, body, 'application/json').then(
      (answer) => ({ body: answer }),
      (error: unknown) => ({ status: 400, body: JSON.stringify({ error: messageOf(error) }) }),
    );
  }
}
