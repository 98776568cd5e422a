/** AWS on a loopback port, as far as deploying a model to SageMaker needs it. See README.md. */
import type { CreateModelInput, DescribeModelPackageOutput, EndpointStatus } from '@aws-sdk/client-sagemaker';
import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { FakeClock } from '../clock.ts';
import { isRead, type Call } from './calls.ts';
import { Injector, type Injection } from './inject.ts';
import { arnOf } from './sagemaker/lookup.ts';
import { modelProblem } from './sagemaker/model-problems.ts';
import type { Durations, PlannedOutcome } from './sagemaker/outcomes.ts';
import { echo, runtimeService, type Container } from './sagemaker/runtime.ts';
import { sageMakerService } from './sagemaker/service.ts';
import { createState, type Kind, type SageMakerState, type Variant } from './sagemaker/state.ts';
import { watchAlarms } from './sagemaker/update.ts';
import { lambdaMetric } from './lambda/metrics.ts';
import { lambdaService } from './lambda/service.ts';
import { createLambdaState, type LambdaState } from './lambda/state.ts';
import { OtherPeople, type Neighbours } from './other-people/other-people.ts';
import { writeRecord } from './record.ts';
import { Sessions } from './sessions.ts';
import { perform, receive, startServer, type ServerOptions } from './server.ts';
import type { Permission } from './service.ts';
import { autoscalingService, removeTarget } from './services/autoscaling.ts';
import { scalingKey, type ScalingState } from './services/autoscaling-state.ts';
import { alarmArn, cloudWatchService, setAlarm, type AlarmState } from './services/cloudwatch.ts';
import { gatewayService, type GatewayState } from './services/api-gateway.ts';
import { restService, type RestState } from './services/rest-api.ts';
import {
  ecrService,
  imageOfUri,
  pushImage,
  resolveUri,
  type EcrState,
  type ImageContents,
} from './services/ecr.ts';
import { eventsService, type EventsState } from './services/events.ts';
import { iamService, stsService, type Role } from './services/identity.ts';
import { logsService, writeLog, type LogState } from './services/logs.ts';
import { quotasService, type QuotaState } from './services/quotas.ts';
import { s3Service } from './services/s3.ts';
import { createS3State, store, type S3State } from './services/s3-state.ts';
import { applySnapshot, takeSnapshot, type Snapshot } from './snapshot.ts';
import { ManualTime } from './time.ts';
import { scopeOnly, wireTo, type Wire } from './wire.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface FakeAwsOptions extends WorldOptions {
  /** ISO 8601; that of FakeClock where absent. */
  readonly start?: string;
  /** Milliseconds that pass with each call of these names, for clients whose sleeps the test does not see. */
  readonly perCall?: { readonly on: RegExp; readonly milliseconds: number };
  /** CreateModel looks for the image and the archive, as AWS does; on where absent. */
  readonly checkModels?: boolean;
  /**
   * Whether it listens on a port; without, its clients reach it by `client.requestHandler` alone. `beside`: they do, and
   * there is a port for who knows its URL alone. On where absent.
   */
  readonly listen?: boolean | 'beside';
  /** Who else is in the account, and whether what is theirs may be looked at; `beside` where absent. */
  readonly neighbours?: Neighbours;
  /** What is there from the beginning, from `snapshot()` of another one. */
  readonly from?: Snapshot;
}

export class FakeAws {
  readonly world: World;
  readonly time: ManualTime;
  /** Everything that was asked, in order. */
  readonly calls: Call[] = [];
  readonly sagemaker: SageMakerState;
  readonly scaling: ScalingState;
  readonly alarms: AlarmState;
  readonly logs: LogState;
  readonly ecr: EcrState;
  readonly s3: S3State;
  readonly quotas: QuotaState;
  readonly roles = new Map<string, Role>();
  readonly lambda: LambdaState;
  readonly gateway: GatewayState;
  readonly rest: RestState;
  readonly events: EventsState;
  readonly sessions: Sessions;
  readonly neighbours: OtherPeople;
  /** Answers for the containers; echoes what it got, as `{"predictions": <instances>}`, until a test says otherwise. */
  container: Container = echo;
  /** Who may do what: everybody everything, until a test says otherwise. */
  allows: (permission: Permission, call: Call) => boolean | Promise<boolean> = () => true;
  perCall: FakeAwsOptions['perCall'];
  #url = 'http://127.0.0.1';
  #wire: Wire | null = null;
  #perform: (wanted: Parameters<typeof perform>[1]) => ReturnType<typeof perform> = () =>
    Promise.reject(new Error('A fake that listens is asked over its port.'));
  #close: () => Promise<void> = () => Promise.resolve();
  readonly #faults = new Injector();

  private constructor(options: FakeAwsOptions) {
    this.time = new ManualTime(options.start);
    this.world = createWorld(this.time, this.#faults, options);
    this.perCall = options.perCall;
    const { world } = this;
    this.alarms = {
      world,
      alarms: new Map(),
      tags: new Map(),
      metrics: (query) => (query.namespace === 'AWS/Lambda' ? lambdaMetric(this.lambda, query) : []),
      onChange: () => {
        for (const endpoint of this.sagemaker.endpoints.values()) watchAlarms(this.sagemaker, endpoint);
      },
    };
    this.logs = { world, groups: new Map() };
    this.ecr = {
      world,
      repositories: new Map(),
      lifecycles: new Map(),
      policies: new Map(),
      blobs: new Map(),
      // Without a port the URL holds the blob itself.
      urlOf: (digest, blob) =>
        this.#wire === null
          ? `${this.#url}/_blobs/${digest}`
          : `data:;base64,${Buffer.from(blob).toString('base64')}`,
    };
    this.lambda = createLambdaState(world, {
      image: (uri) => imageOfUri(this.ecr, uri),
      log: (group, stream, lines) => writeLog(this.logs, group, stream, lines),
    });
    this.gateway = { world, apis: new Map() };
    this.rest = { world, apis: new Map() };
    this.events = { world, rules: new Map() };
    this.s3 = createS3State(world);
    this.sessions = new Sessions(world, this.roles);
    this.quotas = { world, endpointInstances: new Map(), others: new Map() };
    this.sagemaker = createState(world, this.#others(options.checkModels ?? true));
    this.scaling = this.#scalingState();
    this.neighbours = new OtherPeople(options.from?.neighbours ?? options.neighbours ?? 'beside', this);
  }

  static async start(options: FakeAwsOptions = {}): Promise<FakeAws> {
    const fake = new FakeAws(options);
    const { world, calls, sagemaker } = fake;
    if (options.from !== undefined) applySnapshot(options.from, fake);
    const services: ServerOptions = {
      world,
      calls,
      services: [
        sageMakerService(sagemaker),
        runtimeService(sagemaker, () => fake.container),
        autoscalingService(fake.scaling),
        cloudWatchService(fake.alarms),
        logsService(fake.logs),
        stsService(world, fake.sessions),
        iamService(world, fake.roles),
        ecrService(fake.ecr),
        s3Service(fake.s3),
        quotasService(fake.quotas),
        lambdaService(fake.lambda),
        gatewayService(fake.gateway),
        restService(fake.rest),
        eventsService(fake.events),
      ],
      allows: (permission, call) => !fake.neighbours.denies(permission) && fake.allows(permission, call),
      blob: (digest) => fake.ecr.blobs.get(digest),
      credentials: (call) => fake.sessions.refusal(call),
      tick: (call) => {
        const { perCall } = fake;
        if (perCall?.on.test(call.name) === true) fake.time.advance(perCall.milliseconds);
      },
    };
    const { listen = true } = options;
    if (listen !== true) {
      fake.#wire = wireTo((raw) => receive(services, raw));
      fake.#perform = (wanted) => perform(services, wanted);
    }
    if (listen === false) return fake;
    const server = await startServer(services);
    fake.#url = server.url;
    fake.#close = server.close;
    return fake;
  }

  /** For AWS_ENDPOINT_URL. */
  get url(): string {
    return this.#url;
  }

  /** What a process needs in its environment to talk to this fake and to nothing else. */
  get env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.#url,
      AWS_REGION: this.world.region,
      AWS_ACCESS_KEY_ID: 'AKIAFAKEFAKEFAKEFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake-secret',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** For the constructor of any SDK client: one try, so that each injected fault is seen. */
  get client(): {
    endpoint: string;
    region: string;
    maxAttempts: number;
    credentials: { accessKeyId: string; secretAccessKey: string };
    requestHandler?: Wire;
    signer?: typeof scopeOnly;
  } {
    const credentials = { accessKeyId: 'AKIAFAKEFAKEFAKEFAKE', secretAccessKey: 'fake-secret' };
    const wire = this.#wire === null ? {} : { requestHandler: this.#wire, signer: scopeOnly };
    return { endpoint: this.#url, region: this.world.region, maxAttempts: 1, credentials, ...wire };
  }

  async close(): Promise<void> {
    await this.#close();
    const folder = process.env.FAKE_AWS_RECORD;
    if (folder !== undefined && folder !== '') writeRecord(folder, this.calls);
    this.neighbours.check(this.calls);
  }

  /** What there is, for `from`; nothing may be under way. */
  snapshot(): Snapshot {
    return takeSnapshot(this);
  }

  /** One call of a JSON service, as `wire` makes it, without reading and writing it. */
  perform(wanted: Parameters<typeof perform>[1]): ReturnType<typeof perform> {
    return this.#perform(wanted);
  }

  /** Lets the fake's time pass. */
  advance(milliseconds: number): void {
    this.time.advance(milliseconds);
  }

  /** Each sleep on this clock passes here too. Both should start at the same moment, which they do by default. */
  follow(clock: FakeClock): void {
    const before = clock.onSleep;
    clock.onSleep = async (now) => {
      this.time.advanceTo(now);
      await before(now);
    };
  }

  /** Orders a fault; the answer takes it back. */
  inject(injection: Injection): () => void {
    return this.#faults.add(injection);
  }

  /** Orders what becomes of the next creation or update. */
  plan(outcome: PlannedOutcome): void {
    this.sagemaker.outcomes.push({ ...outcome });
  }

  set durations(durations: Partial<Durations>) {
    this.sagemaker.durations = { ...this.sagemaker.durations, ...durations };
  }

  /** The first so many looks of each operation at a thing made from now on find nothing. */
  lag(lag: Partial<Record<Kind, number>>): void {
    Object.assign(this.sagemaker.lag, lag);
  }

  /** Forgets all calls and takes back all orders; what there is stays. */
  forget(): void {
    this.neighbours.check(this.calls);
    this.calls.length = 0;
    this.#faults.clear();
    this.sagemaker.outcomes.length = 0;
  }

  /** What is in the account but for what other people keep there. */
  get ours(): Pick<SageMakerState, 'models' | 'configs' | 'endpoints'> &
    Pick<AlarmState, 'alarms'> &
    Pick<ScalingState, 'targets'> {
    const own = <Value>(map: ReadonlyMap<string, Value>) => this.neighbours.without(map);
    const { models, configs, endpoints } = this.sagemaker;
    const [{ alarms }, { targets }] = [this.alarms, this.scaling];
    return {
      models: own(models),
      configs: own(configs),
      endpoints: own(endpoints),
      alarms: own(alarms),
      targets: own(targets),
    };
  }

  /** The names of the calls, such as `sagemaker:CreateModel`, in order. */
  names(only: 'all' | 'mutations' = 'all'): string[] {
    return this.calls.filter(({ action }) => only === 'all' || !isRead(action)).map(({ name }) => name);
  }

  tagsOf(kind: Kind, name: string): Record<string, string> {
    const tags = this.sagemaker.tags.get(arnOf(this.sagemaker, kind, name)) ?? [];
    return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  }

  /** What somebody else's tool does: takes all tags off a thing. */
  stripTags(kind: Kind, name: string): void {
    this.sagemaker.tags.set(arnOf(this.sagemaker, kind, name), []);
  }

  addBucket(name: string, region = this.world.region): void {
    this.s3.buckets.set(name, { region, objects: new Map() });
  }

  /** Puts an object into a bucket, which is made where there is none. @returns its s3 URI */
  async putObject(bucket: string, key: string, body: Buffer | string): Promise<string> {
    if (!this.s3.buckets.has(bucket)) this.addBucket(bucket);
    await store(this.s3, bucket, key, Buffer.from(body));
    return `s3://${bucket}/${key}`;
  }

  /** Puts an image into ECR. @returns its URI by tag, and its digest */
  pushImage(
    repository: string,
    tag: string,
    options: { mediaType?: string; account?: string; content?: string; image?: ImageContents } = {},
  ): { uri: string; digest: string } {
    const digest = pushImage(this.ecr, repository, tag, options);
    const registry = `${options.account ?? this.world.account}.dkr.ecr.${this.world.region}.amazonaws.com`;
    return { uri: `${registry}/${repository}:${tag}`, digest };
  }

  /** @returns the role's ARN */
  addRole(name: string, trusts: readonly string[] = ['sagemaker.amazonaws.com']): string {
    const arn = `arn:${this.world.partition}:iam::${this.world.account}:role/${name}`;
    this.roles.set(name.split('/').at(-1) ?? name, { arn, trusts });
    return arn;
  }

  setAlarm(name: string, state: StateValue, reason = 'set by the test'): void {
    setAlarm(this.alarms, name, state, reason);
  }

  /** What autoscaling, or somebody at the console, does: the count is another one, at once. */
  scaleTo(endpoint: string, variant: string, count: number): void {
    const found = this.#variant(endpoint, variant);
    if (found === undefined) throw new Error(`no variant ${variant} of an endpoint ${endpoint}`);
    found.count = count;
    found.desiredCount = count;
  }

  /** For states that come from AWS itself, such as SystemUpdating and OutOfService. */
  setStatus(endpoint: string, status: EndpointStatus): void {
    const found = this.sagemaker.endpoints.get(endpoint.toLowerCase());
    if (found === undefined) throw new Error(`no endpoint ${endpoint}`);
    found.status = status;
  }

  log(group: string, stream: string, lines: readonly string[]): void {
    writeLog(this.logs, group, stream, lines);
  }

  addModelPackage(arn: string, description: Partial<DescribeModelPackageOutput>): void {
    this.sagemaker.packages.set(arn, {
      ModelPackageName: arn.split('/')[1],
      ModelPackageArn: arn,
      CreationTime: this.time.now(),
      ModelPackageStatus: 'Completed',
      ModelPackageStatusDetails: { ValidationStatuses: [] },
      ...description,
    });
  }

  #variant(endpoint: string, variant: string): Variant | undefined {
    const found = this.sagemaker.endpoints.get(endpoint.toLowerCase());
    return found?.variants.find(({ name }) => name === variant);
  }

  #others(checkModels: boolean): SageMakerState['others'] {
    return {
      alarmState: (name) => this.alarms.alarms.get(name)?.StateValue ?? null,
      tripAlarm: (name) => this.setAlarm(name, 'ALARM', 'Threshold Crossed'),
      resolveImage: (image) => resolveUri(this.ecr, image),
      isScaled: (endpoint, variant) => this.scaling.targets.has(scalingKey(endpoint, variant)),
      deregister: (endpoint, variant) => removeTarget(this.scaling, scalingKey(endpoint, variant)),
      quota: (type) => this.quotas.endpointInstances.get(type),
      log: (group, stream, lines) => writeLog(this.logs, group, stream, lines),
      modelProblem: (input: CreateModelInput) =>
        checkModels
          ? modelProblem(input, { ecr: this.ecr, s3: this.s3, roles: this.roles, words: this.world.words })
          : null,
    };
  }

  #scalingState(): ScalingState {
    return {
      world: this.world,
      targets: new Map(),
      policies: new Map(),
      actions: new Map(),
      linked: false,
      countOf: (endpoint, variant) => this.#variant(endpoint, variant)?.desiredCount,
      setCount: (endpoint, variant, count) => this.scaleTo(endpoint, variant, count),
      provisionedOf: (name, qualifier) => this.lambda.functions.get(name)?.provisioned.get(qualifier),
      alarms: {
        put: (AlarmName) => {
          const AlarmArn = alarmArn(this.world, AlarmName);
          this.alarms.alarms.set(AlarmName, { AlarmName, AlarmArn, StateValue: 'OK' });
          return AlarmArn;
        },
        remove: (name) => void this.alarms.alarms.delete(name),
      },
    };
  }
}
