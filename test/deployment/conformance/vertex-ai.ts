/** Vertex AI's driver on the fake of Google's APIs. */
import type { CloudSettings } from '../../../src/core/plan/cloud-settings.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import { basisOf, valueOf, type Facets } from '../../../src/deployment/observed.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { versionOf } from '../../../src/platforms/vertex-ai/names.ts';
import { VertexOperation } from '../../../src/platforms/vertex-ai/operation.ts';
import { Resources } from '../../../src/platforms/vertex-ai/resources.ts';
import { makeVertexBed, type VertexBed } from '../../platforms/vertex-bed.ts';
import { ENDPOINT, type ModelName } from '../../platforms/target-suite.ts';
import { OnVersions } from './beside.ts';
import { asking, between, facetsOf, planOfServing, plansOf, scalingOf } from './driver.ts';
import type { Ways } from './model.ts';
import { Names } from './names.ts';
import type { Subject } from './sequences.ts';
import { OF_SHARES } from './lambda.ts';

export const KINDS: readonly StepKind[] = [...OF_SHARES, 'set-scaling', 'restore-scaling'];

/** How many replicas the plans ask for: one that autoscales, and one that does not. */
const SETTINGS: Readonly<Partial<Record<ModelName, CloudSettings>>> = {
  one: between(1, 3),
  two: { instanceCount: 2 },
};
const REPLICAS: ReadonlyMap<string, string> = new Map([
  ['v1', '1 to 3'],
  ['v2', '2 to 2'],
  ['v3', '1 to 1'],
]);

const WAYS: Ways = {
  atOnce: true,
  candidate: 'broken',
  isSerial: false,
  isShared: true,
  isTagged: true,
  closesAll: false,
  emptiesAll: false,
  forgetsServed: true,
  ends: 'replicas',
  activates: { served: true },
  beside: () => new OnVersions(REPLICAS, ['open', 'shift']),
};

const SECOND = 1000;
/** Quick, so that a sequence is over before anything is old; what is late is for the exploration. */
const QUICK = {
  takes: {
    CreateEndpoint: SECOND,
    DeployModel: SECOND,
    UndeployModel: SECOND,
    UploadModel: SECOND,
    Delete: SECOND,
  },
  lagMs: 0,
  rate: 1000,
  quota: 1000,
  neighbours: 'none',
} as const;

export async function prepare(): Promise<() => Promise<Subject>> {
  const bed = makeVertexBed({ pollMs: SECOND }, QUICK);
  const plans = await plansOf(asking(bed, (model) => ({ keepWarmMinutes: 0, ...SETTINGS[model] })));
  await bed.dispose();
  return () => Promise.resolve(new OnFake(makeVertexBed({ pollMs: SECOND }, QUICK), plans));
}

class OnFake implements Subject {
  readonly ways = WAYS;
  readonly start = NOTHING;
  readonly #bed: VertexBed;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #names: Names;

  constructor(bed: VertexBed, plans: ReadonlyMap<string, Plan>) {
    this.#bed = bed;
    this.#plans = plans;
    this.#names = new Names(plans);
  }

  async look(): Promise<Facets> {
    const operation = this.#open({ endpoint: ENDPOINT, plan: null, command: 'rollback' });
    const reaping = this.#open({ endpoint: ENDPOINT, plan: null, command: 'reap' });
    const seen = { ...(await facetsOf(operation)), scaling: await scalingOf(reaping) };
    return this.#names.ours(seen);
  }

  /** The replicas on the endpoint. */
  async beside(): Promise<readonly string[]> {
    const { rest, place, hosts } = this.#bed.options;
    const found = await new Resources(rest, place, hosts).endpoint(ENDPOINT);
    return (found?.deployedModels ?? []).map((deployed) => {
      const { minReplicaCount: min, maxReplicaCount: max } = deployed.dedicatedResources ?? {};
      return `${this.#names.version(versionOf(deployed))}: ${min} to ${max}`;
    });
  }

  async perform(step: Step): Promise<void> {
    this.#bed.ports.clock.advance(SECOND);
    let asked = this.#names.theirs(step);
    const operation = this.#open(this.#subjectOf(step));
    for (let calls = 0; calls < 20; calls++) {
      const { is } = await operation.perform(asked, { now: 0, facets: {} });
      if (is !== 'again') return this.#wait(3 * SECOND);
      // The engine decides on what it sees then: a deployment without requests has changed the etag.
      const known = await operation.look('serving');
      const serving = valueOf({ now: 0, facets: { serving: known } }, 'serving');
      if (asked.basis !== undefined && serving !== undefined) asked = { ...asked, basis: basisOf(serving) };
    }
    throw new Error(`${step.kind} has no end.`);
  }

  settle(): Promise<void> {
    return this.#wait(10 * SECOND);
  }

  #wait(ms: number): Promise<void> {
    this.#bed.ports.clock.advance(ms);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.#bed.dispose();
  }

  #open(subject: Asked): VertexOperation {
    return new VertexOperation(subject, this.#bed.options);
  }

  /** The command that takes such a step, with the plan of its version. */
  #subjectOf(step: Step): Asked {
    const { kind, of, with: version, note } = step;
    if (kind === 'set-scaling')
      return { endpoint: ENDPOINT, plan: planOfServing(step, this.#plans), command: 'deploy' };
    const plan = this.#plans.get(version ?? of.replace(/^c-/, '')) ?? null;
    const isOfNone = note === 'withdrawn' || ['close', 'retire-version', 'restore-scaling'].includes(kind);
    const command: Command = kind === 'close' ? 'teardown' : isOfNone ? 'rollback' : 'deploy';
    return { endpoint: ENDPOINT, plan: isOfNone ? null : plan, command };
  }
}
