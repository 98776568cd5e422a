/** Runs deploy-endpoint against a local target in this process. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../../../../src/actions/deploy-endpoint/run.ts';
import type { Inputs } from '../../../../src/actions/deploy-endpoint/inputs.ts';
import type { LeftBehind } from '../../../../src/actions/deploy-endpoint/left-behind.ts';
import type { ReadCommits } from '../../../../src/actions/deploy-endpoint/news.ts';
import { spec } from '../../../../src/actions/deploy-endpoint/spec.ts';
import type { Plan } from '../../../../src/documents/plan.ts';
import type { RunContext } from '../../../../src/core/ports.ts';
import { packagedRelease } from '../../../../src/core/release/packaged-release.ts';
import type { ReleaseRecord } from '../../../../src/documents/release-record.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import { openStore, openUrl } from '../../../../src/stores/open-store.ts';
import { fakePorts, type FakePorts } from '../../../fakes/ports.ts';
import { makeLocalBed, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

type Output = OutputsOf<typeof spec>;

export interface Ran {
  readonly ports: FakePorts<Output>;
  readonly outputs: Partial<Record<Output, string>>;
  readonly summary: string;
  /** What was thrown; null where nothing was. */
  readonly error: Error | null;
}

export interface RunOptions {
  readonly context?: Partial<RunContext>;
  readonly target?: (target: DeploymentTarget) => DeploymentTarget;
  readonly ports?: FakePorts<Output>;
  readonly promoteFrom?: string;
  readonly commits?: ReadCommits;
  /** Of the image. */
  readonly labels?: ReadonlyMap<string, string>;
  readonly origins?: ReadonlyMap<string, string>;
}

export class Bench {
  readonly bed: LocalBed;
  readonly workspace: string;
  readonly storeUrl: string;
  /** What runs noted for their post steps. */
  readonly remembered: (LeftBehind | 'ended')[] = [];

  constructor(bed: LocalBed) {
    this.bed = bed;
    this.workspace = join(bed.root, '..');
    this.storeUrl = `${pathToFileURL(join(this.workspace, 'store')).href}/`;
  }

  static async open(): Promise<Bench> {
    return new Bench(await makeLocalBed());
  }

  /** @throws where the inputs do not parse. */
  inputs(values: Readonly<Record<string, string>>): Inputs {
    const given: Record<string, string> = { target: 'local', 'endpoint-name': ENDPOINT, ...values };
    const { inputs, problems } = parseInputs(spec, (name) => {
      const text = given[name];
      return text === undefined ? null : { text, origin: '' };
    });
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return inputs;
  }

  async run(values: Readonly<Record<string, string>>, options: RunOptions = {}): Promise<Ran> {
    const context = { workspace: this.workspace, temp: join(this.workspace, 'temp'), ...options.context };
    const ports = options.ports ?? fakePorts<Output>();
    const wrap = options.target ?? ((target) => target);
    const error = await run(this.inputs(values), {
      ...ports,
      context: { ...ports.context, ...context },
      openStore,
      openUrl: (location) => openUrl(location, this.workspace),
      imageDigest: () => Promise.resolve(null),
      imageLabels: () => Promise.resolve(options.labels ?? new Map()),
      keepImage: () => Promise.resolve('needless'),
      modelPackage: () => Promise.reject(new Error('The local target knows no model packages.')),
      commits: options.commits ?? null,
      promoteFrom: options.promoteFrom ?? null,
      origins: options.origins ?? new Map(),
      remember: {
        began: (left) => void this.remembered.push(left),
        ended: () => void this.remembered.push('ended'),
      },
      openTarget: () => Promise.resolve(wrap(this.bed.target)),
    }).then(
      () => null,
      (thrown: unknown) => thrown as Error,
    );
    return { ports, outputs: ports.outputs, summary: ports.summaries.join('\n\n'), error };
  }

  model(name: ModelName): { 'model-data-url': string } {
    return { 'model-data-url': this.bed.archives[name].path };
  }

  /** Writes a release record of a model into the store. */
  async release(
    name: ModelName,
    reference: ReleaseRecord['reference'] = null,
  ): Promise<{ digest: string; path: string }> {
    const { path, digest } = this.bed.archives[name];
    const model = {
      digest,
      url: pathToFileURL(path).href,
      sha256: 'a'.repeat(64),
      bytes: 1,
      framework: 'onnx',
      frameworkVersion: null,
      signature: null,
    };
    const { context, clock } = this.bed.ports;
    const store = await openStore(this.storeUrl);
    const record = await store.record(packagedRelease(model, reference, context, clock.now()));
    return { digest: record, path: join(this.workspace, 'store/releases', `${record}.json`) };
  }

  async plan(values: Readonly<Record<string, string>>): Promise<Plan> {
    const { outputs, error } = await this.run({ ...values, command: 'plan' });
    if (error !== null) throw error;
    return JSON.parse(await readFile(outputs['plan-path'] ?? '', 'utf8')) as Plan;
  }

  async file(name: string, text: string): Promise<string> {
    const path = join(this.workspace, name);
    await writeFile(path, text);
    return path;
  }

  async record(path: string | undefined): Promise<ReleaseRecord> {
    return JSON.parse(await readFile(path ?? '', 'utf8')) as ReleaseRecord;
  }
}
