/** What the sequences do with the driver of every platform. */
import type { Facet, Facets } from '../../../src/deployment/observed.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Operation } from '../../../src/deployment/port.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import type { TargetBed } from '../../platforms/target-suite.ts';
import { MODELS } from './names.ts';

const FACETS: readonly Facet[] = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users'];

/** Plans of all versions, made once: what a driver makes of a step does not depend on when it was planned. */
export async function plansOf({
  target,
  request,
}: Pick<TargetBed, 'target' | 'request'>): Promise<ReadonlyMap<string, Plan>> {
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
