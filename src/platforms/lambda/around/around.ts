/** Everything around a function together: what is due next, after a deployment, after a way back, and before it goes. */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { Plan } from '../../../documents/plan.ts';
import { LIVE } from '../names.ts';
import type { LambdaTargetOptions } from '../options.ts';
import type { Reads } from '../reads.ts';
import type { Version } from '../versions.ts';
import { nextOfDoor, removalOfDoor } from './door.ts';
import type { Beside, Due } from './due.ts';
import { nextOfVersion, provisionOf, readProvisions, removal, type Provisions } from './provisioned.ts';
import { aroundOf, type Around, type Provision } from './wanted.ts';
import { nextOfWarmUp, removalOfWarmUp } from './warm-up.ts';

/** Null where nothing serves. */
export async function besideOf(
  endpoint: string,
  reads: Reads,
  options: LambdaTargetOptions,
  made: Map<string, string>,
): Promise<Beside | null> {
  const [fn, live] = [await reads.fn(), await reads.live()];
  return fn === null || live === null ? null : { endpoint, options, reads, fn, live, made };
}

/**
 * The next call that makes everything as the plan says; null where it is. Who is to get nothing any more comes first, and
 * who may call from outside last.
 */
export async function nextAround(
  wanted: Around,
  beside: Beside,
  versions: readonly Version[],
): Promise<Due | null> {
  const { endpoint, reads, options, live } = beside;
  const provisions = await readProvisions(endpoint, reads, options);
  const { FunctionVersion: serving = '' } = live;
  return (
    (await nextOfVersion(serving, wanted.provisioned ?? null, provisions)) ??
    (await nextOfUnused(provisions, reads, versions)) ??
    (await nextOfWarmUp(wanted.warmUp, beside)) ??
    (await nextOfDoor(wanted.door, beside))
  );
}

/** Whether anything is left to set when the planned version serves; what it is given before that is part of making it. */
export async function isDueAfter(
  plan: Plan,
  versions: readonly Version[],
  reads: Reads,
  options: LambdaTargetOptions,
): Promise<boolean> {
  if (plan.changes.some(({ field }) => field === 'api' || field === 'warm-up')) return true;
  const wanted = aroundOf(plan.desired).provisioned ?? null;
  const provisions = await readProvisions(plan.endpoint, reads, options);
  const number = versions.find(({ id }) => id === plan.version)?.number ?? '';
  const has = await provisionOf(number, provisions);
  const isScaled = JSON.stringify(wanted?.scaling) === JSON.stringify(has?.scaling);
  if (!isScaled || (wanted === null && has !== null)) return true;
  const { configs } = provisions;
  const others = (await reads.aliases()).filter(({ Name }) => Name !== LIVE).flatMap(namedBy);
  const kept = versions.filter(({ made, ...known }) => made !== null && configs.has(known.number));
  return kept.some((known) => known.number !== number && !others.includes(known.number));
}

/**
 * Without a plan, provisioned concurrency follows the alias: what a version has that served, and that no alias names any
 * more, goes to what serves. Null where nothing is to follow.
 */
export async function nextToFollow(beside: Beside, versions: readonly Version[]): Promise<Due | null> {
  const { endpoint, reads, options, live } = beside;
  const provisions = await readProvisions(endpoint, reads, options);
  const unused = await unusedOf(provisions, reads, versions);
  if (unused.length === 0) return null;
  const { FunctionVersion: serving = '', RoutingConfig } = live;
  // While two versions share the requests, neither has come to its end.
  if (Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) return null;
  const left = unused.find(({ turn }) => turn !== Infinity)?.number;
  const given = left === undefined ? null : await provisionOf(left, provisions);
  const wanted = together(await provisionOf(serving, provisions), given);
  const due = wanted === null ? null : await nextOfVersion(serving, wanted, provisions);
  return due ?? nextOfUnused(provisions, reads, versions);
}

/** What serves keeps its own number; how it is scaled it takes over where it has nothing of its own. */
function together(own: Provision | null, given: Provision | null): Provision | null {
  if (own === null || own.scaling !== undefined || given?.scaling === undefined) return own ?? given;
  return { ...own, scaling: given.scaling };
}

async function nextOfUnused(
  provisions: Provisions,
  reads: Pick<Reads, 'aliases'>,
  versions: readonly Version[],
): Promise<Due | null> {
  const [first] = await unusedOf(provisions, reads, versions);
  return first === undefined ? null : removal(first.number, provisions);
}

/** Versions of ours that keep environments started, and that no alias names. */
export async function unusedOf(
  { configs }: Provisions,
  reads: Pick<Reads, 'aliases'>,
  versions: readonly Version[],
): Promise<readonly Version[]> {
  if (configs.size === 0) return [];
  const named = (await reads.aliases()).flatMap(namedBy);
  return versions.filter(
    ({ number, made }) => made !== null && configs.has(number) && !named.includes(number),
  );
}

/** The versions that an alias gives requests to. */
export function namedBy({ FunctionVersion = '', RoutingConfig }: AliasConfiguration): readonly string[] {
  return [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})];
}

/** The next call before the function itself may go; null where nothing of it would be left. */
export async function removalAround(beside: Beside): Promise<Due | null> {
  const { endpoint, reads, options } = beside;
  const due = (await removalOfDoor(beside)) ?? (await removalOfWarmUp(beside));
  if (due !== null) return due;
  // What is provisioned goes with the function, and its scaling would stay.
  const provisions = await readProvisions(endpoint, reads, options);
  const [number] = [...provisions.targets.keys()];
  return number === undefined ? null : removal(number, provisions);
}
