/** What the sequences do with the driver of every platform. */
import type { Facet, Facets } from '../../../src/deployment/observed.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Operation } from '../../../src/deployment/port.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import type { CloudSettings } from '../../../src/core/plan/cloud-settings.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import type { DeploymentRequest } from '../../../src/core/targets.ts';
import type { ModelName, TargetBed } from '../../platforms/target-suite.ts';
import { MODELS } from './names.ts';

const FACETS: readonly Facet[] = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users'];

type Planning = Pick<TargetBed, 'target' | 'request'>;

/** @param settings for each model */
export function asking(
  bed: Pick<TargetBed, 'target'> & Requesting,
  settings: (model: ModelName) => CloudSettings,
): Planning {
  return { target: bed.target, request: (model) => bed.requestWith(model, settings(model)) };
}

interface Requesting {
  requestWith(model: ModelName, settings: CloudSettings): DeploymentRequest;
}

/** The plan of the version that serves, as a step of scaling was decided on it. */
export function planOfServing({ basis }: Step, plans: ReadonlyMap<string, Plan>): Plan | null {
  return plans.get(basis?.version ?? '') ?? null;
}

export function between(minCapacity: number, maxCapacity: number): Pick<CloudSettings, 'scaling'> {
  const unset = { invocationsPerInstance: null, scaleInCooldown: null, scaleOutCooldown: null };
  return { scaling: { minCapacity, maxCapacity, ...unset } };
}

/** Whether something is due is asked by who may get rid of it. */
export async function scalingOf(operation: Pick<Operation, 'look'>): Promise<Facets['scaling']> {
  const known = await operation.look('scaling');
  return 'value' in known ? known.value : 'other';
}

/** Plans of all versions, made once: what a driver makes of a step does not depend on when it was planned. */
export async function plansOf({ target, request }: Planning): Promise<ReadonlyMap<string, Plan>> {
  const plans = new Map<string, Plan>();
  for (const [name, model] of Object.entries(MODELS)) plans.set(name, await target.plan(request(model)));
  return plans;
}

/** Everything that a platform can look at; what may not be looked at is the reason. */
export async function facetsOf(operation: Pick<Operation, 'look'>): Promise<Facets> {
  const facets: Partial<Record<Facet, unknown>> = {};
  for (const facet of FACETS) {
    const known = await operation.look(facet);
    facets[facet] = 'value' in known ? known.value : known.denied;
  }
  return { ...NOTHING, ...facets } as Facets;
}
