/** The steps as a plan lists them, each with its calls. `carryOut` makes no other call that changes something. */
import { canonicalJson } from '../../core/canonical-json.ts';
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import { SAYS_OF_SHARES, type Words } from '../../deployment/plan-steps.ts';
import type { Step, StepKind } from '../../deployment/verdict.ts';
import type { Plan } from '../../documents/plan.ts';
import { aroundOf } from './around/wanted.ts';
import { knownVersions, type Seen } from './describe.ts';
import { lacksTags } from './make-version.ts';
import { differing, environmentOf, specOf } from './spec.ts';

/** @param key of the digests of the environment's values; null if they have none */
export function wordsFor(plan: Plan, seen: Seen, key: string | null): Words {
  const making = makingCalls(plan, seen, key);
  return {
    calls: ({ kind, of }: Step) => (kind === 'make-version' ? making : (CALLS[kind]?.(of) ?? [])),
    says: {
      ...SAYS_OF_SHARES,
      'set-scaling': (_, endpoint) => sayAround(plan, endpoint),
    },
  };
}

const CALLS: Readonly<Partial<Record<StepKind, (of: string) => readonly string[]>>> = {
  'retire-version': (of) => [`DeleteFunction, of the version ${of} alone`],
  'start-candidate': (of) => [`CreateAlias ${of}`],
  'keep-candidate': (of) => [`UpdateAlias ${of}`],
  'drop-candidate': (of) => [`DeleteAlias ${of}`],
  open: () => ['CreateAlias live'],
  shift: () => ['UpdateAlias live'],
  'abort-shift': () => ['UpdateAlias live'],
  unmark: () => ['UpdateAlias live'],
  ask: () => ['Invoke'],
  note: () => ['TagResource'],
};

/** First, the differences between the work area and the plan are removed. */
function makingCalls(plan: Plan, seen: Seen, key: string | null): readonly string[] {
  const { version, desired } = plan;
  const { provisioned } = aroundOf(desired);
  const provide = provisioned === undefined ? [] : ['PutProvisionedConcurrencyConfig'];
  if (knownVersions(seen).some(({ id }) => id === version)) return provide;
  const { fn } = seen;
  if (fn === null) return ['CreateFunction', 'PublishVersion', ...provide];
  const { Configuration = {} } = fn;
  const { imageUri, settings } = specOf(desired);
  const { Architectures: _, ...wanted } = settings;
  const environment = environmentDigests([...environmentOf(Configuration)], key);
  const isSet =
    Object.keys(differing(wanted, Configuration)).length === 0 &&
    canonicalJson(environment) === canonicalJson(desired.environment);
  return [
    ...(lacksTags(plan, fn) ? ['TagResource'] : []),
    ...(Configuration.CodeSha256 === imageUri.split('@sha256:')[1] ? [] : ['UpdateFunctionCode']),
    ...(isSet ? [] : ['UpdateFunctionConfiguration']),
    'PublishVersion',
    ...provide,
  ];
}

/**
 * What belongs to no version: the API or URL, the warm-up, how environments are scaled, and what older versions no
 * longer keep.
 */
function sayAround({ changes }: Plan, endpoint: string): string {
  const fields = changes.map(({ field }) => field).filter((field) => AROUND.includes(field));
  if (fields.length > 0) return `What is around ${endpoint} is set: ${fields.join(', ')}.`;
  return `The provisioned concurrency that versions of ${endpoint} are to keep no more is ended.`;
}

const AROUND = ['provisioned-concurrency', 'warm-up', 'api'];
