/** The steps as a plan lists them, each with its calls. `carryOut` makes no other call that changes something. */
import { SAYS_OF_SHARES, type Words } from '../../deployment/plan-steps.ts';
import type { Step, StepKind } from '../../deployment/verdict.ts';
import { deployedAs } from './serving.ts';
import type { EndpointResource } from './resources.ts';

/** @param found the endpoint; null if there is none */
export function wordsFor(found: EndpointResource | null): Words {
  const isThere = found !== null;
  const placed = (of: string) => (isThere && deployedAs(of, found) !== null ? [] : ['endpoints.deployModel']);
  const calls: Readonly<Partial<Record<StepKind, (of: string) => readonly string[]>>> = {
    ...CALLS,
    open: (of) => [...(isThere ? [] : ['endpoints.create']), ...placed(of), 'endpoints.patch'],
    shift: (of) => [...placed(of), 'endpoints.patch'],
  };
  return {
    calls: ({ kind, of }: Step) => calls[kind]?.(of) ?? [],
    says: {
      ...SAYS_OF_SHARES,
      'set-scaling': (_, endpoint) => `Versions that ${endpoint} gives no requests lose their replicas.`,
    },
  };
}

const CALLS: Readonly<Partial<Record<StepKind, (of: string) => readonly string[]>>> = {
  'make-version': () => ['models.upload'],
  'retire-version': () => [
    'endpoints.undeployModel if it is deployed',
    'endpoints.patch if it has served',
    'models.deleteVersion',
  ],
  'start-candidate': () => ['endpoints.create', 'endpoints.deployModel'],
  'keep-candidate': () => ['endpoints.patch'],
  'drop-candidate': () => ['endpoints.undeployModel', 'endpoints.delete'],
  'abort-shift': () => ['endpoints.patch'],
  unmark: () => ['endpoints.patch'],
  ask: () => ['endpoints.rawPredict'],
  'set-scaling': () => ['endpoints.undeployModel'],
  note: () => ['models.patch or endpoints.patch'],
};
