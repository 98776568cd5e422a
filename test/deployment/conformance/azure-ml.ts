/** Azure ML's driver on the stand-in for Resource Manager. */
import type { CloudSettings } from '../../../src/core/plan/cloud-settings.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Facets } from '../../../src/deployment/observed.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { sayScale, scaleIn } from '../../../src/platforms/azure-ml/autoscale.ts';
import { versionOf } from '../../../src/platforms/azure-ml/names.ts';
import { AzureMlOperation } from '../../../src/platforms/azure-ml/operation.ts';
import type { AutoscaleSetting } from '../../../src/platforms/azure-ml/resources.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../../platforms/target-suite.ts';
import type { Ways } from './model.ts';
import { OnVersions } from './beside.ts';
import { asking, between, facetsOf, planOfServing, plansOf, scalingOf } from './driver.ts';
import { Names } from './names.ts';
import type { Subject } from './sequences.ts';

import { OF_SHARES } from './lambda.ts';

export const KINDS: readonly StepKind[] = [...OF_SHARES, 'set-scaling', 'restore-scaling'];

/** How the plans scale their versions; the others are not scaled. */
const SETTINGS: Readonly<Partial<Record<ModelName, CloudSettings>>> = {
  one: between(2, 8),
  three: { ...between(1, 3), scaleTarget: 80 },
};
const SCALED: ReadonlyMap<string, string> = new Map([
  ['v1', '2 to 8 instances, aiming at 60 % of CPU'],
  ['v3', '1 to 3 instances, aiming at 80 % of CPU'],
]);

const WAYS: Ways = {
  // A step is over when its effect is seen.
  atOnce: true,
  candidate: 'broken',
  isSerial: false,
  isShared: true,
  isTagged: false,
  closesAll: true,
  emptiesAll: false,
  failsWhenMade: true,
  ends: 'removed',
  activates: { served: true },
  beside: () => new OnVersions(SCALED, ['make-version']),
};
/** Longer than anything may stay unseen. */
const LATER_MS = 10 * 60_000;

export async function prepare(): Promise<() => Promise<Subject>> {
  const bed = await makeAzureMlBed();
  const plans = await plansOf(asking(bed, (model) => ({ keepWarmMinutes: 0, ...SETTINGS[model] })));
  await bed.dispose();
  return async () => new OnFake(await makeAzureMlBed(), plans);
}

class OnFake implements Subject {
  readonly ways = WAYS;
  readonly start = NOTHING;
  readonly #bed: AzureMlBed;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #names: Names;

  constructor(bed: AzureMlBed, plans: ReadonlyMap<string, Plan>) {
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

  /** All settings of Azure Monitor, by what they scale: none is left of a version that is gone. */
  beside(): Promise<readonly string[]> {
    const all = [...this.#bed.azure.world.settings.values()] as unknown as readonly AutoscaleSetting[];
    const lines = all.map((setting) => {
      const scale = scaleIn(setting);
      const deployment = setting.properties.targetResourceUri?.split('/').at(-1) ?? '';
      const version = this.#names.version(versionOf(deployment));
      return `${version}: ${scale === null ? 'nothing' : sayScale(scale)}`;
    });
    return Promise.resolve(lines);
  }

  async perform(step: Step): Promise<void> {
    this.#bed.ports.clock.advance(1000);
    const asked = this.#names.theirs(step);
    const operation = this.#open(this.#subjectOf(step));
    for (let calls = 0; calls < 10; calls++) {
      const { is } = await operation.perform(asked, { now: 0, facets: {} });
      if (is !== 'again') return;
    }
    throw new Error(`${step.kind} has no end.`);
  }

  settle(): Promise<void> {
    this.#bed.ports.clock.advance(LATER_MS);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.#bed.dispose();
  }

  #open(subject: Asked): AzureMlOperation {
    return new AzureMlOperation(subject, this.#bed.options);
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
