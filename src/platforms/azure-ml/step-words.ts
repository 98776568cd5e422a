/** The steps as a plan lists them, each with its calls. `carryOut` makes no other call that changes something. */
import { SAYS_OF_SHARES, type Words } from '../../deployment/plan-steps.ts';
import type { Step, StepKind } from '../../deployment/verdict.ts';
import type { Plan } from '../../documents/plan.ts';
import { assetsOf } from './assets.ts';
import { TAG } from './ledger.ts';
import { deploymentOf } from './names.ts';
import type { Seen } from './reads.ts';
import { specOf } from './spec.ts';

/** @param assets kinds of assets of the plan that exist already */
export function wordsFor(plan: Plan, seen: Seen, assets: ReadonlySet<string>): Words {
  const making = makingCalls(plan, seen, assets);
  return {
    calls: ({ kind, of }: Step) =>
      kind === 'make-version' ? making : (CALLS[kind]?.(of, plan.endpoint) ?? []),
    says: {
      ...SAYS_OF_SHARES,
      'start-candidate': (of) => `The deployment at 0 % is marked as the candidate ${of}.`,
      'set-scaling': (_, endpoint) =>
        `Versions of ${endpoint} whose time is over (keep-warm-minutes) are removed.`,
      'drop-candidate': (of) => `The mark of the candidate ${of} is removed.`,
    },
  };
}

type Calls = (of: string, endpoint: string) => readonly string[];

const putEndpoint: Calls = (_, endpoint) => [`PUT endpoint ${endpoint}`];

const CALLS: Readonly<Partial<Record<StepKind, Calls>>> = {
  'retire-version': (of) => [
    'DELETE its autoscaleSettings',
    'PUT endpoint',
    `DELETE deployment ${deploymentOf(of)}`,
  ],
  'start-candidate': putEndpoint,
  'keep-candidate': putEndpoint,
  'drop-candidate': putEndpoint,
  open: putEndpoint,
  shift: putEndpoint,
  'abort-shift': putEndpoint,
  unmark: putEndpoint,
  note: putEndpoint,
  'set-count': (of) => [`PUT deployment ${deploymentOf(of)}`],
  'set-scaling': () => ['DELETE deployment'],
  ask: () => ['POST, to the deployment'],
};

function makingCalls(plan: Plan, { endpoint }: Seen, assets: ReadonlySet<string>): readonly string[] {
  const { model, environment } = assetsOf(plan);
  const isOurs = endpoint?.tags?.[TAG.endpoint] === plan.endpoint;
  return [
    ...[model, environment]
      .filter(({ kind }) => !assets.has(kind))
      .map(({ kind, name, version }) => `PUT ${kind}/${name}/versions/${version}`),
    ...(isOurs ? [] : [`PUT endpoint ${plan.endpoint}`]),
    `PUT deployment ${deploymentOf(plan.version)}`,
    ...(specOf(plan.desired).scale === undefined ? [] : [`PUT its autoscaleSettings`]),
  ];
}
